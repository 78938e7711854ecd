//! Figures, not gates: run in a release build with `--ignored --nocapture measure`.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use kagi_domain::{
    audit::{Action, AuditFilter},
    ids::UserId,
    model::{
        category::{Category, CategoryFilter},
        entry::{Entry, EntryFilter, Environment},
    },
    paging::{PageLimit, PageRequest},
    ports::Catalog,
    text::Prose,
};
use kagi_tests::contract::storage::Bench;
use tokio::time::Instant;

use crate::place::Place;

/// Parallel disclosures; how many, in which time.
async fn disclosures(bench: &Bench, person: UserId, entries: &[Entry], clients: usize) -> (usize, Duration) {
    let ids: Arc<Vec<_>> = Arc::new(entries.iter().map(|entry| entry.id).collect());
    let each = 20_000 / clients;
    let start = Instant::now();
    bench
        .parallel(clients, |bench, client| {
            let ids = ids.clone();
            async move {
                let owner = Bench::owner(person);
                for turn in 0..each {
                    let id = ids[(client * 31 + turn) % ids.len()];
                    let cell = bench.storage.disclose_entry(&owner, id, bench.record(person)).await.unwrap();
                    assert!(cell.is_some());
                }
            }
        })
        .await;
    (each * clients, start.elapsed())
}

/// A vault of this many entries in twenty categories and fifty-odd projects each.
async fn fill(bench: &Bench, person: UserId, count: usize) -> (Vec<Category>, Vec<Entry>) {
    let owner = Bench::owner(person);
    let mut categories = Vec::new();
    for number in 0..20 {
        categories.push(bench.category(person, &format!("Category {number}")).await);
    }
    let mut entries = Vec::new();
    let mut unit = bench.unit().await;
    for number in 0..count {
        let category = &categories[number % categories.len()];
        let project = format!("Project {}", number / categories.len() / 4);
        let entry = Entry {
            environment: Environment::ALL[number / categories.len() % 4],
            description: Prose::parse(&format!("The key number {number} of a vault with many keys in it"))
                .unwrap(),
            expires_at: (number % 500 == 0).then(|| bench.now()),
            ..bench.draft_entry(category, &project)
        };
        unit.entries().insert(&owner, &entry, &bench.version(1)).await.unwrap();
        entries.push(entry);
        if number % 5000 == 4999 {
            bench.commit(unit, person).await;
            unit = bench.unit().await;
        }
    }
    bench.commit(unit, person).await;
    (categories, entries)
}

/// The median and the 99th percentile of an operation in microseconds.
async fn time<T>(mut operation: impl AsyncFnMut(usize) -> T) -> (u128, u128) {
    let mut times = Vec::new();
    for turn in 0..200 {
        let start = Instant::now();
        operation(turn).await;
        times.push(start.elapsed().as_micros());
    }
    times.sort_unstable();
    (times[100], times[197])
}

async fn reads(bench: &Bench, person: UserId, count: usize) -> BTreeMap<&'static str, (u128, u128)> {
    let (categories, entries) = fill(bench, person, count).await;
    let owner = Bench::owner(person);
    let catalog: &dyn Catalog = bench.storage.catalog();
    let page = PageRequest { limit: PageLimit::new(50).unwrap(), after: None };
    let deep = |id: kagi_domain::ids::EntryId| PageRequest {
        limit: PageLimit::new(50).unwrap(),
        after: Some(kagi_domain::paging::Cursor::Id(id.as_uuid())),
    };
    // As many as the small vault has, so that both fill their page.
    let five = PageRequest { limit: PageLimit::new(5).unwrap(), after: None };
    let list = async |filter: EntryFilter| catalog.entries(&owner, &filter, &five).await.unwrap();
    let search = |text: &str| EntryFilter { search: Some(text.to_owned()), ..EntryFilter::default() };
    let mut figures = BTreeMap::new();
    let entry = |turn: usize| &entries[turn * 7919 % entries.len()];
    figures.insert("get one", time(async |turn| catalog.entry(&owner, entry(turn).id).await.unwrap()).await);
    figures.insert(
        "list 50",
        time(async |_| catalog.entries(&owner, &EntryFilter::default(), &page).await.unwrap()).await,
    );
    figures.insert(
        "list 50, deep",
        time(async |turn| {
            let page = deep(entries[entries.len() / 2 + turn % 20].id);
            catalog.entries(&owner, &EntryFilter::default(), &page).await.unwrap()
        })
        .await,
    );
    figures.insert(
        "list 5 of category",
        time(async |turn| {
            let category = Some(categories[turn % 20].id);
            list(EntryFilter { category, ..EntryFilter::default() }).await
        })
        .await,
    );
    figures.insert(
        "list 5 of category and environment",
        time(async |turn| {
            let category = Some(categories[turn % 20].id);
            let environment = Some(Environment::Local);
            list(EntryFilter { category, environment, ..EntryFilter::default() }).await
        })
        .await,
    );
    figures.insert(
        "list 5 of project",
        time(async |turn| {
            let project = Some(entry(turn).project.clone());
            list(EntryFilter { project, ..EntryFilter::default() }).await
        })
        .await,
    );
    figures.insert(
        "list 5 of environment",
        time(async |_| {
            list(EntryFilter { environment: Some(Environment::Staging), ..EntryFilter::default() }).await
        })
        .await,
    );
    figures.insert(
        "list expiring",
        time(async |_| {
            list(EntryFilter { expires_before: Some(bench.now()), ..EntryFilter::default() }).await
        })
        .await,
    );
    figures.insert("search, nothing found", time(async |_| list(search("no such text")).await).await);
    figures.insert("search, 5 found", time(async |_| list(search("many keys")).await).await);
    figures.insert("search, by category", time(async |_| list(search("category 7")).await).await);
    figures.insert(
        "categories",
        time(async |_| catalog.categories(&owner, &CategoryFilter::default(), &page).await.unwrap()).await,
    );
    figures.insert("project names", time(async |_| catalog.project_names(&owner).await.unwrap()).await);
    figures.insert(
        "disclose",
        time(async |turn| {
            bench.storage.disclose_entry(&owner, entry(turn).id, bench.record(person)).await.unwrap()
        })
        .await,
    );
    whole(bench, person, &categories, &entries, &mut figures).await;
    figures
}

/// What looks at a vault as a whole.
async fn whole(
    bench: &Bench,
    person: UserId,
    categories: &[Category],
    entries: &[Entry],
    figures: &mut BTreeMap<&'static str, (u128, u128)>,
) {
    let (owner, limited) = (Bench::owner(person), Bench::limited(person, &["Project 1", "Project 2"]));
    let catalog: &dyn Catalog = bench.storage.catalog();
    let (ten, fifty) = (PageLimit::new(10).unwrap(), PageLimit::new(50).unwrap());
    figures.insert("totals", time(async |_| catalog.totals(&owner).await.unwrap()).await);
    figures.insert("totals, limited", time(async |_| catalog.totals(&limited).await.unwrap()).await);
    figures.insert(
        "expiring 10",
        time(async |_| catalog.expiring(&owner, bench.now(), ten).await.unwrap()).await,
    );
    figures.insert(
        "walk 50, deep",
        time(async |turn| {
            let after = Some((categories[11].id, entries[turn * 7919 % entries.len()].id));
            catalog.entries_by_category(&owner, after, fifty).await.unwrap()
        })
        .await,
    );
    figures.insert(
        "trail of a rare action",
        time(async |_| {
            let filter = AuditFilter { action: Some(Action::SignIn), ..AuditFilter::default() };
            catalog.audit_events(&owner, &filter, &PageRequest { limit: fifty, after: None }).await.unwrap()
        })
        .await,
    );
}

async fn measure(place: Place) {
    let bench = Bench::new(Arc::new(place));
    let (small, large) = (bench.person("small").await, bench.person("large").await);
    let few = reads(&bench, small, 100).await;
    let many = reads(&bench, large, 100_000).await;
    for (name, (median, p99)) in &many {
        let (base, _) = few[name];
        println!("{name:40} {base:>8} µs in 100   {median:>8} µs in 100,000   p99 {p99:>8} µs");
    }
    throughput(&bench).await;
}

/// Reveals' share of storage by the number of clients.
async fn throughput(bench: &Bench) {
    let person = bench.person("revealer").await;
    let (_, entries) = fill(bench, person, 1000).await;
    for clients in [1, 32] {
        let (count, span) = disclosures(bench, person, &entries, clients).await;
        println!("{clients:>4} clients: {:.0} disclosures/s", count as f64 / span.as_secs_f64());
    }
}

#[test]
#[ignore = "needs seconds: measures"]
fn measure_disclosures_sqlite() {
    run(async { throughput(&Bench::new(Arc::new(Place::sqlite().await))).await });
}

#[test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL, and seconds: measures"]
fn measure_disclosures_postgres() {
    run(async { throughput(&Bench::new(Arc::new(Place::postgres().await))).await });
}

#[test]
#[ignore = "needs minutes: measures"]
fn measure_sqlite() {
    run(async { measure(Place::sqlite().await).await });
}

#[test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL, and minutes: measures"]
fn measure_postgres() {
    run(async { measure(Place::postgres().await).await });
}

fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.unwrap().block_on(work);
}
