//! The command palette: every command by its words, the headings of the open clip, and the clips of
//! the library by their titles.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Place, Reader, Sheet};
use super::say::say;
use super::{backing_up, clean_copy, keys, language, listing, moves, opening};
use crate::browser::page;
use crate::engine::errand::Form;
use crate::library::ClipId;
use crate::library::search::fold;
use crate::session::Route;

/// So many headings and clips are offered.
const MOST: usize = 8;

/// What a line of the palette does.
#[derive(Debug, Clone)]
enum Act {
    Do(fn(Reader)),
    Jump(String),
    Open(ClipId),
    Speak(&'static str),
}

/// A line of the palette.
#[derive(Debug, Clone)]
struct Line {
    words: String,
    /// What kind it is, or its key.
    hint: &'static str,
    act: Act,
}

/// A command that has no key, and its words.
type Command = (fn() -> &'static str, fn(Reader));

const MORE: [Command; 11] = [
    (|| say!(palette.open_files), |r| press(r, "open-files")),
    (|| say!(palette.open_folder), |r| press(r, "open-folder")),
    (|| say!(palette.open_copied), opening::paste),
    (|| say!(palette.open_sample), opening::open_sample),
    (|| say!(palette.back_up), backing_up::back_up),
    (|| say!(clean_copy.as_markdown), |r| clean_copy::save(r, Form::Markdown)),
    (|| say!(clean_copy.as_page), |r| clean_copy::save(r, Form::Page)),
    (|| say!(clean_copy.as_text), |r| clean_copy::save(r, Form::Text)),
    (|| say!(palette.highlights), |r| moves::go(r, &Route::Highlights)),
    (|| say!(palette.text_settings), |r| r.sheet.set(Some(Sheet::Text))),
    (|| say!(palette.keys), |r| r.sheet.set(Some(Sheet::Keys))),
];

/// The palette, which the sheet of that name opens.
#[component]
pub fn Palette() -> impl IntoView {
    let reader = Reader::get();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let lines = Memo::new_with_compare(move |_| found(reader, &typed.get()), |_, _| true);
    let run = move |place: usize| {
        if let Some(line) = lines.with_untracked(|lines| lines.get(place).cloned()) {
            reader.sheet.set(None);
            act(reader, &line.act);
        }
    };
    let steer = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let last = lines.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => run(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        page::reveal(&option_id(at.get_untracked()));
    };
    let line = move |(place, line): (usize, Line)| {
        view! {
            <li id=option_id(place) role="option" aria-selected=move || (at.get() == place).to_string()
                on:click=move |_| run(place)>
                <span dir="auto">{line.words}</span>
                <span class="quiet">{line.hint}</span>
            </li>
        }
    };
    view! {
        <div class="backdrop" on:click=move |_| reader.sheet.set(None)></div>
        <section class="popover palette" role="dialog" aria-label=say!(palette.title)>
            <input
                id=Sheet::Palette.id()
                type="text"
                class="search"
                role="combobox"
                aria-label=say!(palette.label)
                placeholder=say!(palette.placeholder)
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-activedescendant=move || option_id(at.get())
                autocomplete="off"
                spellcheck="false"
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=steer
            />
            <ul id="palette-lines" role="listbox" aria-label=say!(palette.found)>
                {move || lines.get().into_iter().enumerate().map(line).collect_view()}
            </ul>
            <p class="quiet" role="status" hidden=move || !lines.with(Vec::is_empty)>{say!(palette.nothing)}</p>
        </section>
    }
}

fn press(reader: Reader, id: &str) {
    reader.told(page::click(id));
}

fn option_id(place: usize) -> String {
    format!("palette-{place}")
}

fn act(reader: Reader, act: &Act) {
    match act {
        Act::Do(act) => act(reader),
        Act::Jump(id) => moves::jump(reader, id),
        Act::Open(id) => listing::open(reader, id),
        Act::Speak(tag) => language::choose(reader, tag),
    }
}

/// What has all the words that were typed; reactive.
fn found(reader: Reader, typed: &str) -> Vec<Line> {
    let typed = fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    // A letter or two are the beginning of a word; more, or a Chinese one, may stand anywhere.
    let has = |text: &str, word: &str| {
        let found = text.contains(word);
        found && (word.len() > 2 || text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word)))
    };
    let has_all = |text: &str| {
        let text = fold(text);
        words.iter().all(|word| has(&text, word))
    };
    let is_here = |place: keys::Where| place.is_here(reader);
    let keyed = keys::KEYS.iter().filter(|key| is_here(key.place));
    let keyed = keyed.map(|key| Line { words: (key.words)().to_owned(), hint: key.key, act: Act::Do(key.act) });
    let more = MORE.iter().map(|(words, act)| Line { words: words().to_owned(), hint: "", act: Act::Do(*act) });
    let mut lines: Vec<Line> = keyed.chain(more).filter(|line| has_all(&line.words)).collect();
    lines.extend(languages().filter(|line| has_all(&format!("{} {}", line.words, line.hint))));
    if words.is_empty() {
        return lines;
    }
    if let Some(view) = reader.view().filter(|_| reader.place.get() == Place::Reader) {
        let headings = view.outline.headings.iter().filter(|heading| !heading.title && has_all(&heading.text));
        lines.extend(headings.take(MOST).map(|heading| Line {
            words: heading.text.clone(),
            hint: say!(palette.heading),
            act: Act::Jump(heading.id.clone()),
        }));
    }
    reader.library.with(|library| {
        let clips = library.rows().iter().filter(|row| has_all(&row.entry.title));
        lines.extend(clips.take(MOST).map(|row| Line {
            words: row.entry.title.clone(),
            hint: say!(palette.clip),
            act: Act::Open(row.entry.id.clone()),
        }));
    });
    lines
}

/// The choice of the page's language. Somebody who can't read the present one finds it in English, too.
fn languages() -> impl Iterator<Item = Line> {
    let hint = if say!(language.label) == "Language" { "" } else { "Language" };
    let line = move |(tag, name): (&'static str, &'static str)| Line {
        words: say!(palette.language, name = name),
        hint,
        act: Act::Speak(tag),
    };
    language::choices().into_iter().map(line)
}
