//! What the app promises, one check a promise.

mod aids;
mod arriving;
mod bodies;
mod comforts;
mod crash;
mod editing;
mod ending;
mod everyone;
mod gestures;
mod highlights;
mod hosted;
mod hostile;
mod install;
mod keeping;
mod languages;
mod lasting;
mod library;
mod linked;
mod look;
mod offline;
mod opening;
mod parts;
mod reading;
mod sections;
mod state;
mod typeset;
mod understanding;
mod upright;

use std::future::Future;
use std::pin::Pin;

use e2e::{Outcome, Page, Refusal};

type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One check.
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Whether the browser refuses storage during it.
    pub refusal: Refusal,
    /// Whether it leaves more behind than can be cleared: no other check runs in its browser.
    pub alone: bool,
    /// What it does.
    pub run: for<'a> fn(&'a Page<'a>) -> Running<'a>,
}

macro_rules! checks {
    ($($module:ident :: $name:ident $(refusing $refusal:ident)? $($alone:literal)?),* $(,)?) => {
        /// All checks, in the order in which they run.
        pub const ALL: &[Check] = &[$(Check {
            name: stringify!($name),
            refusal: checks!(@refusal $($refusal)?),
            alone: checks!(@alone $($refusal)? $($alone)?),
            run: |page| Box::pin($module::$name(page)),
        }),*];
    };
    (@alone) => { false };
    (@alone $why:tt) => { true };
    (@refusal) => { Refusal::None };
    (@refusal $refusal:ident) => { Refusal::$refusal };
}

checks! {
    opening::a_picked_file_is_read,
    opening::a_dropped_file_is_read,
    opening::files_dropped_together_come_in,
    opening::a_file_dropped_before_the_app_is_ready_is_read,
    parts::what_is_asked_for_early_is_done_when_its_part_is_here,
    parts::a_hand_that_moves_has_the_later_part_come_at_once,
    parts::a_panel_that_comes_later_gets_the_focus,
    parts::a_part_that_does_not_come_is_told_and_asked_for_again,
    parts::an_import_waits_for_its_part_and_loses_nothing,
    parts::a_clip_whose_part_does_not_come_is_not_to_blame,
    parts::a_clip_waits_for_the_part_that_reads_it,
    opening::pasted_text_is_read,
    opening::the_sample_opens,
    opening::each_bad_file_gets_its_sentence,
    opening::ten_quick_drops_end_on_the_last,
    hosted::a_hosted_clip_is_shown_with_its_picture_and_keeps_its_address,
    hosted::a_hosted_path_that_leaves_is_refused_and_nothing_is_asked_for,
    hosted::a_hosted_clip_that_does_not_come_is_a_sentence,
    hosted::a_hosted_library_is_listed_searched_and_read,
    hosted::a_damaged_index_of_hosted_clips_is_a_sentence,
    arriving::a_long_clip_comes_in_order_and_whole,
    arriving::a_jump_beyond_what_has_arrived_lands,
    arriving::what_making_the_body_shows_is_told_in_the_end,
    arriving::a_deep_link_into_a_long_clip_lands,
    arriving::a_clip_that_takes_long_can_be_stopped,
    arriving::a_clip_that_is_left_before_it_came_stays_away,
    arriving::the_clip_before_comes_back_as_it_was,
    arriving::title_and_address_change_after_the_first_words,
    arriving::what_is_known_is_written_down_after_the_first_words,
    arriving::a_newer_clip_does_not_take_the_entry_of_one_whose_words_were_not_seen,
    arriving::a_page_that_paints_nothing_has_its_title_and_address,
    arriving::what_begins_by_itself_waits_for_a_clip_on_its_way,
    reading::the_outline_leads_to_headings_and_back,
    reading::the_current_section_is_marked,
    reading::branches_of_the_outline_fold,
    reading::metadata_keep_their_order_and_types,
    reading::nothing_of_a_clip_runs_or_phones_home,
    reading::a_text_may_speak_of_handlers,
    reading::remote_pictures_wait_for_consent,
    reading::everything_works_by_keyboard,
    comforts::the_palette_finds_commands_headings_and_clips,
    comforts::pictures_are_looked_at_alone,
    comforts::on_paper_there_is_the_clip_alone,
    comforts::a_clean_copy_is_saved_in_each_form,
    comforts::a_clean_copy_is_in_the_encoding_that_was_chosen,
    comforts::back_takes_away_what_lies_on_top,
    typeset::code_has_the_colours_of_its_language,
    typeset::long_code_holds_nothing_up,
    typeset::formulas_are_set_and_keep_their_source,
    sections::footnotes_open_beside_their_place,
    sections::footnotes_are_sheets_on_a_phone,
    sections::the_buttons_of_headings_take_no_line_on_a_phone,
    sections::headings_have_links_to_copy,
    sections::sections_fold_and_open_for_whatever_leads_into_them,
    sections::tables_keep_their_heads_and_pictures_their_words,
    gestures::swipes_lead_to_the_outline_and_the_metadata,
    gestures::sheets_are_pulled_down_by_their_heads,
    aids::space_between_paragraphs_is_set_and_kept,
    upright::upright_lines_are_read_from_right_to_left,
    upright::upright_lines_are_offered_where_a_language_has_them,
    aids::a_text_from_right_to_left_is_set_so,
    aids::focus_leaves_the_text_and_one_paragraph,
    aids::the_ruler_follows_the_pointer,
    aids::a_clip_is_read_out_sentence_by_sentence,
    reading::the_seed_reads_well,
    understanding::an_inferred_outline_can_be_switched_off,
    understanding::clutter_is_folded_counted_and_shown_with_one_click,
    understanding::what_the_front_matter_lacks_is_recovered_and_marked,
    highlights::what_is_selected_is_highlighted_by_a_key_and_kept,
    highlights::what_is_selected_by_pointer_gets_a_colour_and_a_note,
    highlights::highlights_outlive_a_new_version_of_the_page,
    highlights::highlights_of_all_clips_are_found_on_one_page,
    highlights::highlights_go_out_into_files_and_come_in_again,
    highlights::a_backup_brings_highlights_back,
    highlights::hundreds_of_highlights_hold_nothing_up,
    state::a_reload_returns_to_the_paragraph,
    state::a_clip_that_was_left_at_once_is_still_there,
    state::a_clip_that_was_left_comes_in_beside_others_without_a_word,
    state::the_library_keeps_clips_and_undoes_a_removal,
    state::refused_storage_does_not_stop_reading refusing Storage,
    state::full_storage_does_not_stop_reading "Firefox goes on to think that its storage is full",
    state::garbage_in_storage_is_put_aside,
    state::two_tabs_keep_their_own_clips,
    keeping::a_newer_database_is_left_as_it_is,
    keeping::a_newer_version_in_another_tab_is_not_held_up,
    keeping::clips_that_the_browser_removed_are_told_and_come_back,
    keeping::the_list_is_rebuilt_from_the_database,
    keeping::a_station_takes_no_place_away,
    keeping::a_clock_that_goes_back_undoes_nothing,
    crash::a_program_that_does_not_fit_says_so_and_gives_everything_back,
    crash::a_page_that_stops_twice_leaves_the_last_clip,
    crash::a_failure_in_the_page_is_told_at_once,
    crash::memory_that_runs_out_costs_one_clip,
    crash::a_page_without_memory_says_that_it_stopped,
    library::a_zip_comes_in_with_its_pictures,
    library::a_folder_comes_in_whole,
    library::a_dropped_folder_is_walked,
    library::pictures_dropped_later_are_found,
    library::the_same_page_again_is_brought_up_to_date,
    library::an_import_is_undone,
    library::words_are_found_and_lead_to_their_place,
    library::filters_and_stations_narrow_the_list,
    library::the_list_works_by_keyboard,
    library::thousands_of_rows_scroll,
    library::a_file_that_vanishes_is_told,
    library::a_swipe_moves_a_clip_on,
    library::tabs_see_each_others_clips,
    library::a_tab_that_dies_leaves_whole_clips_or_none,
    library::a_full_disk_is_told_and_loses_nothing,
    library::a_backup_brings_everything_back,
    library::a_clip_is_given_back_as_it_came,
    library::something_is_found_in_the_open_clip,
    ending::the_end_of_a_clip_leads_on,
    editing::metadata_are_edited_in_the_sidebar,
    editing::an_edit_is_undone,
    editing::the_form_of_the_metadata_fits_a_phone,
    hostile::payloads_are_inert_without_a_policy,
    hostile::payloads_cause_no_report_with_the_policy,
    bodies::hostile_bodies_end_and_the_next_clip_opens,
    lasting::opened_clips_leave_nothing_behind,
    linked::a_linked_folder_is_read_again_and_written_to,
    offline::the_app_starts_without_a_network "a service worker may outlast its page",
    offline::a_new_build_waits_until_it_is_asked_for "a service worker may outlast its page",
    offline::a_build_that_does_not_start_falls_back "a service worker may outlast its page",
    offline::what_other_apps_share_comes_in "a service worker may outlast its page",
    offline::the_single_file_opens_from_a_disk "a file of the disk is not cleared like the server's pages",
    install::the_manifest_is_read_whole,
    languages::chinese_is_chosen_whole_and_kept,
    languages::chinese_fits_and_everyone_can_use_it,
    languages::right_to_left_mirrors_the_page,
    languages::a_browser_that_asks_for_chinese_gets_it,
    languages::the_page_without_its_program_is_in_chinese,
    look::nothing_scrolls_sideways_on_a_phone,
    everyone::the_page_is_read_out_in_order,
    everyone::text_may_be_spaced_out,
    everyone::four_hundred_percent_leave_room_to_read,
    look::axe_finds_nothing,
    look::screenshots,
}
