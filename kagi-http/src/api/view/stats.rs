//! The vault at a glance.

use kagi_domain::model::overview::Overview;

use super::EntryView;
use crate::{api::answer::View, schema::view};

view! {
    /// The vault at a glance. For an access key that is limited to projects only their entries count.
    pub(crate) struct StatsView as "Stats" {
        /// How many categories there are.
        total_categories: u64 = "totalCategories",
        /// How many entries.
        total_entries: u64 = "totalEntries",
        /// How many recovery sets.
        total_two_factor_sets: u64 = "totalTwoFactorSets",
        /// How many env projects.
        total_env_projects: u64 = "totalEnvProjects",
        /// How many env files.
        total_env_files: u64 = "totalEnvFiles",
        /// How many categories there are of each type, in a fixed order, zeros included.
        key_type_breakdown: Vec<KeyTypeCountView> = "keyTypeBreakdown",
        /// How many entries there are in each environment, in a fixed order, zeros included.
        environment_breakdown: Vec<EnvironmentCountView> = "environmentBreakdown",
        /// The five newest entries.
        recent_entries: Vec<EntryView> = "recentEntries",
        /// At most ten entries that are expired or expire within 30 days, the earliest expiry first.
        expiring_entries: Vec<EntryView> = "expiringEntries",
    }
}

view! {
    /// How many categories are of a type.
    struct KeyTypeCountView as "KeyTypeCount" {
        /// `simple` or `group`.
        key_type: &'static str = "type",
        /// How many.
        count: u64 = "count",
    }
}

view! {
    /// How many entries are in an environment.
    struct EnvironmentCountView as "EnvironmentCount" {
        /// `production`, `staging`, `development` or `local`.
        environment: &'static str = "environment",
        /// How many.
        count: u64 = "count",
    }
}

impl View for StatsView {
    fn room(&self) -> usize {
        1024 * (self.recent_entries.len() + self.expiring_entries.len() + 1)
    }
}

impl From<Overview> for StatsView {
    fn from(Overview { totals, recent, expiring }: Overview) -> Self {
        let of_type = |(kind, count): (kagi_domain::model::category::KeyType, u64)| KeyTypeCountView {
            key_type: kind.as_str(),
            count,
        };
        let in_environment = |(environment, count): (kagi_domain::model::entry::Environment, u64)| {
            EnvironmentCountView { environment: environment.as_str(), count }
        };
        Self {
            total_categories: totals.categories.sum(),
            total_entries: totals.entries.sum(),
            total_two_factor_sets: totals.recovery_sets,
            total_env_projects: totals.env_projects,
            total_env_files: totals.env_files,
            key_type_breakdown: totals.categories.each().map(of_type).into(),
            environment_breakdown: totals.entries.each().map(in_environment).into(),
            recent_entries: recent.into_iter().map(EntryView::from).collect(),
            expiring_entries: expiring.into_iter().map(EntryView::from).collect(),
        }
    }
}
