//! What waits for the first words of a clip: the tab's title and the address, with which a browser's own window
//! has work, and what is written down, for which the page stands still. It is done once those words are
//! painted, two frames later at most, or as soon as it is clear that none come, or that the person leaves.

use leptos::prelude::*;

use super::context::Reader;
use crate::browser::{history, page};

/// What waits.
#[derive(Default)]
pub struct Waiting {
    /// Whether the first words of the clip are still to be painted.
    waits: bool,
    /// The title that the page has then.
    title: Option<String>,
    /// All else, in the order in which it came.
    acts: Vec<Box<dyn FnOnce()>>,
}

/// A clip takes the page: what is no part of its first words waits for them.
pub fn wait(reader: Reader) {
    reader.waiting.update_value(|waiting| waiting.waits = true);
}

/// Does something once nothing is waited for.
pub fn then(reader: Reader, act: impl FnOnce() + 'static) {
    if reader.waiting.with_value(|waiting| waiting.waits) {
        reader.waiting.update_value(|waiting| waiting.acts.push(Box::new(act)));
    } else {
        act();
    }
}

/// The page has another title.
pub fn set_title(reader: Reader, title: String) {
    if reader.waiting.with_value(|waiting| waiting.waits) {
        reader.waiting.update_value(|waiting| waiting.title = Some(title));
    } else {
        reader.told(page::set_title(&title));
    }
}

/// The page has another address. Whoever asks for that meanwhile, or changes it again, finds it changed.
pub fn set_address(reader: Reader, change: impl FnOnce() + 'static) {
    if reader.waiting.with_value(|waiting| waiting.waits) {
        history::put_off(change);
    } else {
        change();
    }
}

/// The first words are painted, or won't come: what waits for them is done.
pub fn go_on(reader: Reader) {
    let Some(Waiting { title, acts, .. }) = reader.waiting.try_update_value(std::mem::take) else { return };
    if let Some(title) = title {
        reader.told(page::set_title(&title));
    }
    history::catch_up();
    for act in acts {
        act();
    }
}
