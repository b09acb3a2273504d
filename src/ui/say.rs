//! What the interface says, in the person's language. The words of each language stand in one file,
//! `locales/TAG.json`; `locales/README.md` tells how one is added, and its terms.
//!
//! A new sentence gets a key in the section of its component, in every language, and is said by
//! [`say!`]: `say!(empty.title)`, or with what it names, `say!(removing.one, title = title)`. A key that is
//! not there does not compile; `tests/it/languages.rs` finds one that is nowhere said or lacks something in
//! some language, and words that stand in a component. `n` is the number that plurals go by: a text may have
//! a form for each, `one: {n} clip | other: {n} clips`. What the other rooms say in English comes out of
//! [`sentence`].
//!
//! The language is the same from the start of the page to its end; another choice loads it anew.

use std::cell::Cell;
use std::fmt::Display;

use leptos_i18n::Locale as _;

use crate::browser::{BrowserError, language, page};
use crate::session::language::best;

mod rooms;

/// What `locales/` holds, a method for each key.
#[expect(deprecated, reason = "the build script that is to take its place brings all of ICU into every build")]
mod texts {
    leptos_i18n::load_locales!();
}
pub use rooms::sentence;
pub use texts::i18n::Locale;

thread_local! {
    static LOCALE: Cell<Locale> = const { Cell::new(Locale::en) };
}

/// A text by its key: as it stands, or with its gaps filled.
macro_rules! say {
    ($($key:ident).+) => { leptos_i18n::td_string!($crate::ui::say::locale(), $($key).+) };
    ($($key:ident).+, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::say::fill($crate::ui::say::say!($($key).+), &[$((stringify!($name), &$value)),+])
    };
}
pub(super) use say;

/// The language of the page.
pub fn locale() -> Locale {
    LOCALE.get()
}

/// Whether its lines run from right to left, and the page with them.
pub fn is_mirrored() -> bool {
    say!(language.direction) == "rtl"
}

/// The languages of the app, each with its own name.
pub fn languages() -> Vec<(&'static str, &'static str)> {
    let named = |locale: &Locale| (locale.as_str(), leptos_i18n::td_string!(*locale, language.name));
    Locale::get_all().iter().map(named).collect()
}

/// Takes the language that was chosen, else the one that the browser asks for, for all that is said
/// from now on.
///
/// # Errors
/// When the page can't be told what it is written in.
pub fn begin(chosen: &str) -> Result<(), BrowserError> {
    let tags: Vec<&str> = Locale::get_all().iter().map(|locale| locale.as_str()).collect();
    let wanted = if chosen.is_empty() { language::preferred() } else { vec![chosen.to_owned()] };
    let tag = best(&wanted, &tags);
    LOCALE.set(Locale::get_all().iter().copied().find(|locale| locale.as_str() == tag).unwrap_or_default());
    language::write_in(tag);
    page::set_root_attribute("lang", tag)?;
    page::set_root_attribute("dir", say!(language.direction))
}

/// Puts values into the gaps of a text. One that is called `n` is written as the language writes numbers,
/// and chooses among the text's forms.
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let mut told = text;
    if let Some((_, n)) = values.iter_mut().find(|(name, _)| *name == "n")
        && let Ok(number) = n.parse::<f64>()
    {
        told = form(text, number);
        *n = language::number(number);
    }
    let mut filled = String::with_capacity(told.len() + 16);
    // A value may look like a gap, so each is put in once, from left to right.
    while let Some((before, (name, after))) =
        told.split_once('{').and_then(|(b, rest)| Some((b, rest.split_once('}')?)))
    {
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        told = after;
    }
    filled.push_str(told);
    filled
}

/// The form of a text that goes with a number; the last one when the text has none for it.
fn form(text: &str, number: f64) -> &str {
    if !text.contains(" | ") {
        return text;
    }
    let wanted = language::plural(number);
    let mut forms = text.split(" | ").filter_map(|form| form.split_once(": "));
    let last = forms.clone().last();
    forms.find(|(name, _)| *name == wanted).or(last).map_or(text, |(_, form)| form)
}
