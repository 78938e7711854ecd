//! Units of work: all or nothing, with their events.

use super::Bench;
use crate::samples::simple_shape;

/// A unit that is dropped leaves nothing behind.
pub async fn a_dropped_unit_leaves_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let before = bench.trail().await;
    let category = bench.draft_category("OpenAI API", simple_shape("OPENAI_API_KEY"));
    let mut unit = bench.unit().await;
    unit.categories().insert(&owner, &category).await.unwrap();
    assert!(unit.categories().find(&owner, category.id).await.unwrap().is_some());
    drop(unit);
    assert!(bench.catalog().category(&owner, category.id).await.unwrap().is_none());
    assert_eq!(bench.trail().await, before);
    bench.stored(ada, category).await;
}
