//! What the other rooms say. They know no languages and speak English; their sentences are known here by
//! their form, and said again in the language of the page.

use super::{Locale, locale};
use crate::session::language::said_again;

/// A sentence of another room in the language of the page; as it is when it is not known here.
pub fn sentence(english: &str) -> String {
    let again = (locale() != Locale::en).then(|| {
        let forms: Vec<(&str, &str)> = forms(Locale::en).into_iter().zip(forms(locale())).collect();
        said_again(english, &forms)
    });
    again.flatten().unwrap_or_else(|| english.to_owned())
}

macro_rules! forms {
    ($locale:ident: $($key:ident)+) => { vec![$(leptos_i18n::td_string!($locale, rooms.$key)),+] };
}

/// The forms of all sentences, in the same order for every language.
fn forms(locale: Locale) -> Vec<&'static str> {
    forms![locale:
        add_a_row add_to_the_history add_to_the_page change_the_history change_the_page fill_a_row find_a_row
        find_the_chunk find_the_heading go_back go_forward keep_places_in_the label_a_button label_a_picture label_what_is_folded
        lay_the_page_out link_a_folder load_a_picture load_the_page_anew make_a_row make_an_element move_a_row
        move_the_focus name_a_part_of place_a_row press_a_button put_the_page_aside reach_the_document
        reach_the_history reach_the_other_tabs reach_the_root_element reach_the_window reach_the_worker
        reach_the_workers_scope read_the_address read_the_field read_the_file read_the_history read_the_text
        send_to_the_worker start_the_worker start_the_worker_of take_a_picture_back take_over_from_boot
        take_the_new_build keep_the_app_in frame_a_formula label_code start_the_worker_for start_the_worker_for_formulas
        read_the_clipboard write_to_the_clipboard save_the_file read_the_folder read_a_piece_of write_the_file
        find_the_file load_a_file_of watch_the_windows_size this_browser_does_not it_is_too_long answered
        this_browser_does_not_let the_browsers_storage_for what_is_kept_here the_browser_could_not a_record_of_this
        the_session the_list_of_clips it_was_called_off it_is_damaged it_was_written_by there_never_was_a
        a_highlight_has_no an_entry_has_no its_text_is_not used_of_in_this less_than_mb something_is_nested_more
        emphasis_and_the_like a_paragraph_code_or there_are_more_than there_are_more_than_links
        there_are_more_than_pieces there_are_more_than_headings the_file_holds_no save_the_page_again
        the_encoding_is_not choose_another_encoding_the some_bytes_are_not choose_another_encoding_if this_is_not_text
        open_the_markdown_file the_file_does_not a_png_picture a_jpeg_picture a_gif_picture a_webp_picture
        a_pdf_document a_pdf a_zip_archive a_gzip_archive a_zip_archive_2 a_rar_archive a_compressed_file a_database
        a_program a_binary_file a_webassembly_module the_front_matter_has put_a_line_like the_json_of_the
        each_line_is_read the_front_matter_has_more the_raw_view_shows more_lines_of_the put_the_value_in
        this_key_is_indented remove_the_spaces_before this_line_is_no give_it_a_key the_key_is_indented
        the_colon_after_the write_and_a_space the_value_holds_a remove_it a_templates_placeholder_was give_the_key_its
        a_tab_indents_this replace_the_tab_by a_value_cannot_start the_value_holds_a_colon yaml_cannot_read_this
        check_quotes_and_indentation put_the_whole_value the_text_goes_on the_quote_is_never close_it_at_the
        a_backslash_in_double use_single_quotes_or double_the_quote_inside a_quote_inside_the this_line_is_no_key
        give_it_a_key_and toml_cannot_read_this put_text_in_double too_many_values it_is_too_long_or it_is_not_a
        the_front_matter_was each_key_is_read the_key_stands_here keep_one_of_them yaml_takes_what_follows
        is_an_empty_archive is_not_a_zip is_an_incomplete_or has_two_lists_of is_not_opened_its has_files_archives_of
        unpacks_to_mb_archives in_is_damaged_and could_not_be_read is_password_protected_unpack
        is_compressed_with_which a_method_of_the has_mb_files_of would_grow_to_mb is_a_link_to is_an_archive_inside
        and_one_more_are and_more_are_archives the_list_of_the there_are_several_files has_more_than_mb
        the_archive_is_full the_archive_could_not this_backup_was_made of_the_backup_is ought_to_be_in
        what_was_done_with the_highlights_of_are there_were_more_problems files_did_not_fit is_not_kept_in
        no_more_than_files none_of_these_clips looks_for_its_picture the_picture_is_not a_clip_is_not
        is_not_kept_in_this keeps_the_status_that the_file_is_encoded the_new_value_of the_front_matter_is
        a_title_block_of the_value_of_stands cannot_be_a_key with_the_new_value the_address_names_no is_no_path_beside
        leads_out_of_this cant_be_the_path is_not_hosted_beside the_host_answered_when the_host_sent_the
        could_not_be_loaded was_written_by_a is_not_the_index published_clips is_a_folder_open is_empty_there_is
        has_mb_clips_of is_not_a_text a_file_has_no points_outside_the_folder has_a_name_that is_not_a_clip
        is_empty_whatever_its is_no_picture_that a_web_page an_e_book a_video a_sound_recording a_font
        a_text_document_of a_table a_presentation a_picture_that_browsers an_archive_that_is a_style_sheet
        a_program_text a_file_for_programs a_file_of_another a_file_of_an
    ]
}
