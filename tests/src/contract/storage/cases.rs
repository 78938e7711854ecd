//! The list of cases. A test holds it to the functions that there are.

/// Makes one test of each case of the storage suite; see [`contract::storage`](crate::contract::storage).
#[macro_export]
macro_rules! storage_contract {
    ($fresh:ident $(, #[$attribute:meta])* $(,)?) => {
        $crate::__storage_cases! { $fresh, [$(#[$attribute])*],
            account {
                a_profile_tells_whether_there_is_a_password
                a_new_name_is_of_one_person
                own_sessions_are_listed_while_they_live
                paging_sessions_gives_each_once
                a_session_is_ended_by_its_person_only
                all_other_sessions_end
            }
            auditing {
                events_come_newest_first_and_whole
                paging_events_of_one_moment_gives_each_once
                a_list_keeps_to_its_action
                a_list_keeps_to_its_time
                a_clock_that_was_set_back_hides_nothing
                anothers_events_never_appear
                reading_the_trail_leaves_no_event
            }
            categories {
                a_category_is_kept_whole
                an_update_replaces_all_but_id_and_creation_time
                an_update_of_another_revision_conflicts
                a_hold_checks_the_revision_and_changes_nothing
                names_are_unique_folded_within_an_owner
                an_update_cannot_take_a_name
                a_removal_takes_entries_and_versions
                usage_counts_entries_and_fields
                usage_follows_the_current_values
            }
            credentials {
                a_person_is_kept_whole
                an_address_has_one_person
                a_password_is_replaced
                nobody_is_changed
                a_disabled_person_is_shown_so
                an_access_key_is_found_until_removed
                a_removed_key_is_never_found_again
                a_look_up_beside_a_removal_revives_nothing
                a_session_is_found_until_removed
                a_renewed_session_has_one_token
                all_sessions_of_a_person_go
                stale_sessions_go
                a_noted_use_shows_up
                many_noted_uses_are_kept_up_with
            }
            disclosing {
                the_current_cell_comes_with_its_facts
                a_newer_version_than_the_current_is_told_of
                metadata_does_not_touch_the_cell
                a_missing_entry_leaves_no_event
                several_cells_come_together_or_none
                many_at_once_get_their_own
                a_disclosure_beside_a_removal_is_whole
                a_caller_that_leaves_disturbs_nobody
            }
            entries {
                an_entry_is_kept_whole
                an_update_replaces_all_but_id_category_and_creation_time
                an_update_of_another_revision_conflicts
                places_are_unique_folded
                an_update_cannot_take_a_place
                the_oldest_versions_are_forgotten
                a_version_is_never_replaced
                a_removal_takes_the_versions
                an_entry_needs_its_category
            }
            env_files {
                a_file_is_kept_whole
                an_update_replaces_size_version_and_time
                types_are_unique_within_a_project
                a_file_out_of_reach_is_not_there
                parallel_saves_lose_nothing
                a_save_beside_a_wipe_goes_with_it
            }
            env_lists {
                projects_come_newest_first_page_by_page
                a_file_leads_to_its_project
                search_covers_name_and_description
                projects_files_and_cells_are_counted
                projects_go_with_the_vault_and_with_the_person
            }
            env_projects {
                a_project_is_kept_whole
                an_update_replaces_all_but_files_and_creation_time
                names_are_unique_folded_within_an_owner
                a_removal_takes_files_and_versions
                a_project_out_of_reach_is_not_there
                a_taken_id_replaces_nothing
            }
            env_versions {
                versions_come_newest_first_page_by_page
                versions_are_kept_forgotten_and_removed
                any_version_comes_with_its_facts
            }
            identities {
                an_identity_opens_its_account
                identities_are_exact
                an_identity_is_linked_once
                one_of_parallel_links_wins
                an_identity_is_taken_away
            }
            installing {
                an_empty_database_is_empty
                the_first_key_check_stays
                parallel_key_checks_agree
                cells_are_counted_by_key
                a_set_up_is_claimed_once
                parallel_claims_have_one_winner
            }
            leaving {
                a_wipe_takes_the_vault_and_nothing_else
                a_wipe_that_is_dropped_takes_nothing
                a_removed_person_leaves_the_trail_and_the_set_up
                nothing_is_put_in_for_nobody
                what_is_made_beside_a_wipe_is_whole
                a_wipe_waits_for_whoever_changes_a_value
                what_is_made_beside_a_removal_goes_with_it
            }
            listing {
                categories_come_by_folded_name
                project_names_come_once_by_folded_name
                entries_and_keys_come_newest_first
                a_page_ends_at_its_limit
                paging_categories_gives_each_once
                paging_entries_gives_each_once
                paging_access_keys_gives_each_once
                paging_keeps_to_the_filter
                a_listing_counts_the_entries
                an_access_key_is_listed_whole
            }
            overview {
                an_empty_vault_has_zeros
                totals_count_by_kind
                totals_keep_to_the_limit
                what_expires_comes_by_its_expiry
                what_expires_keeps_to_the_limit
            }
            projects {
                a_unit_finds_only_what_is_within
                an_entry_beyond_cannot_be_changed
                an_entry_cannot_go_beyond
                within_the_limit_all_works
                within_the_limit_revisions_count
                usage_tells_what_is_beyond
                the_catalogue_keeps_to_the_limit
                an_empty_limit_reaches_nothing
                a_cell_beyond_is_not_disclosed
                a_limit_does_not_reach_another_person
            }
            purging {
                a_removed_version_is_gone
                the_current_version_stays
                a_version_that_becomes_current_stays
                gaps_do_not_count_as_kept
                a_disclosure_beside_a_purge_is_whole
            }
            racing {
                one_of_parallel_updates_wins
                retried_updates_are_done_exactly_once
                one_of_parallel_twins_wins
                one_of_parallel_removals_wins
                holds_do_not_conflict_with_holds
                a_hold_and_an_update_exclude_each_other
                a_hold_and_a_removal_exclude_each_other
                no_session_outlives_the_password_it_began_with
            }
            recovery_codes {
                the_first_unused_code_comes_with_its_facts
                a_code_is_handed_out_again_by_its_index
                without_a_code_nothing_is_marked_or_recorded
                parallel_callers_get_each_code_once
                parallel_callers_of_one_code_mark_it_once
                a_code_that_was_taken_back_is_the_first_again
                new_codes_beside_disclosures_are_marked_only_themselves
                a_set_that_was_found_is_held
                a_disclosure_dropped_anywhere_is_whole
            }
            recovery_lists {
                sets_come_newest_first_page_by_page
                search_covers_service_and_label
                the_lowest_sets_come_first
            }
            recovery_sets {
                a_set_is_kept_whole
                an_update_replaces_all_but_codes_and_creation_time
                an_update_of_another_revision_conflicts
                new_codes_replace_all_and_none_is_used
                a_use_is_taken_back
                a_removal_takes_the_codes
                a_dropped_unit_leaves_sets_alone
                anothers_set_is_out_of_reach
                a_project_limit_does_not_concern_sets
                cells_of_codes_are_counted_by_key
            }
            sealing {
                own_cells_are_counted_by_key_and_purpose
                cells_beyond_reach_are_not_counted
            }
            searching {
                a_search_is_literal
                a_search_is_folded
                category_search_covers_name_description_and_variables
                entry_search_covers_the_category
                filters_combine
            }
            sharing {
                entries_are_their_owners
                cells_are_their_owners
                access_keys_are_their_own
                sessions_are_their_own
                a_removed_key_is_gone_among_many
            }
            tenants {
                a_unit_finds_only_the_owners_rows
                anothers_category_cannot_be_changed
                anothers_entry_cannot_be_changed
                an_entry_cannot_enter_anothers_category
                a_taken_id_replaces_nothing
                anothers_access_key_cannot_be_removed
                the_catalogue_shows_only_the_owners_rows
                anothers_cursor_leads_nowhere_else
                anothers_cell_is_not_disclosed
                equal_names_do_not_meet
            }
            throttling {
                parallel_strikes_are_counted_one_by_one
                buckets_are_independent
                old_strikes_are_forgotten
                strikes_of_one_moment_all_count
                a_pardon_takes_one_strike_back
                a_cleared_bucket_starts_anew
            }
            transactions {
                a_dropped_unit_leaves_nothing
                a_unit_reads_its_own_changes
                a_commit_keeps_the_change_and_its_events
                a_record_alone_is_kept_whole
                the_trail_is_ordered_by_time
                dropped_units_cost_no_connection
                a_future_dropped_anywhere_leaves_all_or_nothing
                a_commit_after_a_refusal_is_honest
                units_in_parallel_lose_nothing
                records_in_parallel_lose_nothing
                a_commit_is_seen_at_once
                it_answers
            }
            versions {
                versions_come_newest_first_and_whole
                a_page_of_versions_ends_at_its_limit
                paging_versions_gives_each_once
                any_version_comes_with_its_facts
                a_missing_version_leaves_no_event
                versions_out_of_reach_are_not_there
                many_at_once_get_their_own_version
                parallel_saves_and_restores_lose_nothing
            }
            walking {
                categories_come_by_id
                entries_come_by_category
                a_walk_gives_each_once
                a_walk_keeps_to_the_limit
                anothers_rows_are_not_met
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __storage_cases {
    ($fresh:ident, $attributes:tt, $($part:ident { $($case:ident)+ })+) => {
        $(mod $part {
            use super::*;
            $($crate::__storage_case! { $fresh, $attributes, $part, $case })+
        })+
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __storage_case {
    ($fresh:ident, [$($attribute:tt)*], $part:ident, $case:ident) => {
        #[test]
        $($attribute)*
        fn $case() {
            $crate::contract::storage::run($fresh, $crate::contract::storage::$part::$case);
        }
    };
}
