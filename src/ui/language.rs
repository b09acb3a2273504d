//! The choice of the page's language.

use leptos::prelude::*;

use super::context::{Reader, Tone};
use super::importing;
use super::say::{languages, say};
use crate::browser::page;
use crate::session::{Command, Settings};

/// A language by its tag and its own name, and before them the one that the browser asks for.
#[must_use]
pub fn choices() -> Vec<(&'static str, &'static str)> {
    let automatic = ("", say!(language.automatic));
    std::iter::once(automatic).chain(languages()).collect()
}

/// Has the page in that language from now on; an empty tag leaves the choice to the browser. What was said
/// already is not said again: the page is loaded anew, and everything stands where it stood.
pub fn choose(reader: Reader, tag: &str) {
    let settings = reader.session.with_untracked(|session| session.settings.clone());
    if settings.language == tag {
        return;
    }
    reader.send(Command::Set(Settings { language: tag.to_owned(), ..settings }));
    if importing::is_underway(reader) {
        reader.tell(Tone::Done, say!(language.later));
    } else {
        reader.told(page::load_anew());
    }
}

/// The choice, among the settings.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let reader = Reader::get();
    let chosen = reader.session.with_untracked(|session| session.settings.language.clone());
    let options = choices().into_iter().map(|(tag, name)| {
        // A name is read in its own language.
        let lang = (!tag.is_empty()).then_some(tag);
        view! { <option value=tag lang=lang selected=tag == chosen>{name}</option> }
    });
    view! {
        <label class="choice">
            <span>{say!(language.label)}</span>
            <select id="language" on:change=move |event| choose(reader, &event_target_value(&event))>
                {options.collect_view()}
            </select>
        </label>
    }
}
