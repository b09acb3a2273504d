//! The reader as a page: it arranges what the other rooms know, and decides nothing else.
//!
//! One file a component; the state they share is [`context::Reader`], what leaves the page on a
//! change is in [`effects`]. Start at [`app`].

mod aids;
mod app;
mod arriving;
mod backing_up;
mod bars;
mod clean_copy;
mod clip_body;
mod clip_end;
mod clip_head;
mod clip_report;
mod clip_row;
mod consent;
mod context;
mod drop_zone;
mod edit_form;
mod editing;
mod effects;
mod empty;
mod encoding;
mod filters;
mod find_bar;
mod first_words;
mod gestures;
mod highlights_page;
mod hosted;
mod icons;
mod import_panel;
mod importing;
mod keeping;
mod keys;
mod language;
mod later;
mod library_list;
mod library_tools;
mod lightbox;
mod linked;
mod listing;
mod mark_tools;
mod marks;
mod marks_panel;
mod metadata_sidebar;
mod moves;
mod notes;
mod opening;
mod outline_nav;
mod palette;
mod pictures;
mod problems;
mod published;
mod reader;
mod rehearsal;
mod removing;
mod say;
mod sections;
mod shelf;
mod text_settings;
mod turns;
mod typeset;
mod words;

/// Puts the app into the page.
pub fn mount() {
    leptos::mount::mount_to_body(app::App);
}
