//! The adapter against the contract suite and against what is its own: migrations, connections,
//! the trail's writer.
//!
//! Cases on PostgreSQL need a server in `KAGI_TEST_POSTGRES_URL` (an address of a database from
//! which others may be made); each makes a database of its own there and drops it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::allow_attributes,
    reason = "tests may panic and print, and not every lint fires"
)]

mod measure;
mod migrations;
mod place;
mod trail;

mod sqlite {
    use crate::place::Place;

    async fn fresh() -> Place {
        Place::sqlite().await
    }

    kagi_tests::storage_contract!(fresh);
}

mod postgres {
    use crate::place::Place;

    async fn fresh() -> Place {
        Place::postgres().await
    }

    kagi_tests::storage_contract!(fresh, #[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]);
}
