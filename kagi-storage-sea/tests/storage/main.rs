//! The adapter against the contract suite and against what is its own: migrations, connections,
//! the trail's writer.
//!
//! Cases on PostgreSQL need a server in `KAGI_TEST_POSTGRES_URL` (an address of a database from
//! which others may be made); each makes a database of its own there and drops it.

#![cfg(test)]
#![expect(clippy::cast_precision_loss, reason = "rates are for people to read")]

mod measure;
mod migrations;
mod place;
mod replicas;
mod throttle;
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
