//! The highlights of the open clip: made, changed, removed, found again when the clip comes, kept.
//!
//! The database is the truth; what is here is written there at once, and merged with what other tabs
//! wrote. How they are drawn is [`crate::browser::highlights`]', how they are made by hand is
//! [`super::mark_tools`]'.

mod kept;
pub mod sharing;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

pub use kept::{keep, load_all, renew};

use super::context::{Place, Reader, Sheet, Tone};
use super::say::{self, say};
use super::{bars, later, moves};
use crate::browser::highlights::{self as page_marks, Mark, Selected, Spot};
use crate::browser::{clipboard, clock, history, ranges, store};
use crate::library::ClipId;
use crate::library::highlight::{Colour, Highlight, HighlightId, Highlights, Source};
use crate::session::saved::Saved;
use crate::session::{Command, Route};

/// Where the open clip's highlights stand in its text.
pub type Places = BTreeMap<HighlightId, Range<usize>>;

/// The card of one highlight.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Which one.
    pub id: HighlightId,
    /// Where it is on the page, when it is.
    pub spot: Option<Spot>,
    /// Whether its note is to be written at once.
    pub writes: bool,
}

/// What is known of highlights. Copying it copies handles.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// Those of the open clip.
    pub here: RwSignal<Highlights>,
    /// Where they stand, as far as they were found.
    pub places: RwSignal<Places>,
    /// Whether all of them were looked for: what has no place then has none.
    pub settled: RwSignal<bool>,
    /// What is selected, while the tools are offered for it.
    pub selected: RwSignal<Option<Selected>>,
    /// The card that is open.
    pub card: RwSignal<Option<Card>>,
    /// What is written into the card's note.
    pub draft: RwSignal<Option<(HighlightId, String)>>,
    /// Whether the panel beside the text shows them.
    pub in_panel: RwSignal<bool>,
    /// Those of all clips, once somebody asked for them.
    pub all: RwSignal<Option<Arc<BTreeMap<ClipId, Highlights>>>>,
    /// The one that is gone to as soon as it has a place.
    go_next: StoredValue<Option<(ClipId, HighlightId)>>,
    /// The one that was removed last.
    removed: StoredValue<Option<(ClipId, HighlightId)>>,
    /// What was kept, or could not be, since the page was opened.
    known: StoredValue<BTreeMap<ClipId, Highlights>>,
    /// Counts the clips: what was begun for one before is not finished.
    turn: StoredValue<u32>,
    told_no_marks: StoredValue<bool>,
}

impl Marks {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self {
            here: RwSignal::new(Highlights::default()),
            places: RwSignal::new(Places::new()),
            settled: RwSignal::new(false),
            selected: RwSignal::new(None),
            card: RwSignal::new(None),
            draft: RwSignal::new(None),
            in_panel: RwSignal::new(false),
            all: RwSignal::new(None),
            go_next: StoredValue::new(None),
            removed: StoredValue::new(None),
            known: StoredValue::new(BTreeMap::new()),
            turn: StoredValue::new(0),
            told_no_marks: StoredValue::new(false),
        }
    }
}

/// A clip takes the page: its highlights are fetched.
pub fn begin(reader: Reader, id: &ClipId) {
    let marks = reader.marks;
    commit_note(reader);
    page_marks::forget();
    marks.selected.set(None);
    marks.card.set(None);
    marks.places.set(Places::new());
    marks.settled.set(false);
    let turn = marks.turn.try_update_value(|turn| {
        *turn += 1;
        *turn
    });
    marks.here.set(marks.known.with_value(|known| known.get(id).cloned()).unwrap_or_default());
    let named = history::fragment().unwrap_or_default();
    if let Some(highlight) = named.strip_prefix(FRAGMENT).and_then(HighlightId::parse)
        && moves::leads_to(reader, &Route::parse(&history::query().unwrap_or_default()), id)
    {
        marks.go_next.set_value(Some((id.clone(), highlight)));
    }
    let id = id.clone();
    spawn_local(async move {
        let kept = store::highlights(&id).await.ok().flatten();
        let Some(kept) = kept else { return };
        match Highlights::read(&kept) {
            Ok(kept) if marks.turn.get_value() == turn.unwrap_or_default() => take_over(reader, &kept),
            Ok(_) => {}
            Err(why) => reader.tell(Tone::Problem, say!(marks.unreadable, why = say::sentence(&why.to_string()))),
        }
    });
}

/// What begins the fragment of an address that leads to a highlight.
const FRAGMENT: &str = "highlight-";

/// The address of a highlight.
#[must_use]
pub fn address(clip: &ClipId, highlight: &HighlightId) -> String {
    format!("{}#{FRAGMENT}{}", moves::address(&Route::Clip(clip.clone())), highlight.as_str())
}

/// Another copy of the open clip's highlights came: what it knows better is taken over.
fn take_over(reader: Reader, kept: &Highlights) {
    let changed = reader.marks.here.try_update(|here| here.merge(kept)) == Some(true);
    if changed {
        place(reader);
        if reader.marks.settled.get_untracked() || reader.moving.with_value(|moving| !moving.is_arriving()) {
            later::with(reader, move |later| (later.settle_marks)(reader));
        }
    }
}

/// One more chunk of the clip stands in the page.
pub fn chunk_arrived(reader: Reader, index: usize) {
    if reader.marks.here.with_untracked(|here| here.count() > 0)
        && let Some(body) = reader.body.get_untracked()
    {
        page_marks::read(&body, Some(index));
        place(reader);
    }
}

/// All of the clip stands in the page: what has no place by now is looked for everywhere.
pub fn all_arrived(reader: Reader) {
    if reader.marks.here.with_untracked(|here| here.count() > 0) {
        later::with(reader, move |later| (later.settle_marks)(reader));
    } else {
        reader.marks.settled.set(true);
    }
}

/// Gives those their place that stand where they stood.
fn place(reader: Reader) {
    let Some(body) = reader.body.get_untracked() else { return };
    page_marks::read(&body, None);
    let (here, mut places) = (reader.marks.here.get_untracked(), reader.marks.places.get_untracked());
    let read = page_marks::letters_read();
    let waits = |one: &&Highlight| !places.contains_key(&one.id) && one.place.end as usize <= read;
    let waiting: Vec<&Highlight> = here.live().filter(waits).collect();
    let found = page_marks::where_they_stood(&waiting.iter().map(|one| &one.place).collect::<Vec<_>>());
    places.extend(waiting.iter().zip(found).filter_map(|(one, found)| Some((one.id.clone(), found?))));
    reader.marks.places.set(places);
    draw(reader);
}

/// Looks for those that are not where they were, in turns.
pub fn settle(reader: Reader) {
    let turn = reader.marks.turn.get_value();
    spawn_local(async move {
        let Some(body) = reader.body.get_untracked() else { return };
        page_marks::read_in_turns(&body).await;
        if reader.marks.turn.get_value() != turn {
            return;
        }
        place(reader);
        let here = reader.marks.here.get_untracked();
        let placed = reader.marks.places.get_untracked();
        let lost: Vec<&Highlight> = here.live().filter(|one| !placed.contains_key(&one.id)).collect();
        let mut search = page_marks::search(&lost.iter().map(|one| &one.place).collect::<Vec<_>>());
        loop {
            clock::turn().await;
            if reader.marks.turn.get_value() != turn {
                return;
            }
            let Some(found) = page_marks::go_on(&mut search) else { break };
            reader.marks.places.update(|places| {
                places.extend(found.into_iter().filter_map(|(at, range)| Some((lost.get(at)?.id.clone(), range))));
            });
        }
        draw(reader);
        reader.marks.settled.set(true);
        go_on(reader);
    });
}

/// Draws what has a place, and goes to the one that is waited for.
fn draw(reader: Reader) {
    let places = reader.marks.places.get_untracked();
    let drawn: Vec<Mark> = reader.marks.here.with_untracked(|here| {
        let placed = here.live().filter_map(|one| Some((one, places.get(&one.id)?.clone())));
        placed.map(|(one, range)| Mark { range, colour: one.colour, noted: !one.note.trim().is_empty() }).collect()
    });
    if !drawn.is_empty() && !ranges::can_draw() && !reader.marks.told_no_marks.get_value() {
        reader.marks.told_no_marks.set_value(true);
        reader.tell(Tone::Problem, say!(marks.can_not_draw));
    }
    page_marks::draw(&drawn);
    go_on(reader);
}

/// Goes to the highlight that is waited for, once it has a place.
fn go_on(reader: Reader) {
    let Some((clip, id)) = reader.marks.go_next.get_value() else { return };
    if reader.open_id().as_ref() != Some(&clip) {
        return;
    }
    if let Some(range) = reader.marks.places.with_untracked(|places| places.get(&id).cloned()) {
        reader.marks.go_next.set_value(None);
        moves::give_way(reader);
        clock::next_frame(move || show(&range));
    } else if reader.marks.settled.get_untracked() {
        reader.marks.go_next.set_value(None);
        reader.marks.in_panel.set(true);
        reader.tell(Tone::Done, say!(marks.not_found));
    }
}

fn show(range: &Range<usize>) {
    page_marks::go_to(range);
    page_marks::draw_current(Some(range));
}

/// Goes to a highlight of the open clip.
pub fn go_to(reader: Reader, id: &HighlightId) {
    if let Some(range) = reader.marks.places.with_untracked(|places| places.get(id).cloned()) {
        reader.sheet.set(None::<Sheet>);
        moves::give_way(reader);
        clock::next_frame(move || show(&range));
    }
}

/// Opens a clip at one of its highlights.
pub fn open(reader: Reader, clip: &ClipId, id: &HighlightId) {
    reader.marks.go_next.set_value(Some((clip.clone(), id.clone())));
    let is_open = reader.open_id().as_ref() == Some(clip);
    moves::go(reader, &Route::Clip(clip.clone()));
    if is_open {
        clock::next_frame(move || go_on(reader));
    }
}

/// The highlights changed: they are drawn, counted and kept.
fn changed(reader: Reader) {
    draw(reader);
    let Some(id) = reader.open_id() else { return };
    let here = reader.marks.here.get_untracked();
    keep(reader, id, here);
}

/// Looks what is selected; the tools are offered for it.
pub fn selection_changed(reader: Reader) {
    let selected = reader.body.get_untracked().filter(|_| reader.place.get_untracked() == Place::Reader);
    let selected = selected.and_then(|body| page_marks::selected(&body));
    if reader.marks.selected.with_untracked(|before| *before != selected) {
        if selected.is_some() {
            close_card(reader);
        }
        reader.marks.selected.set(selected);
    }
}

/// The shortest highlight that a place lies in.
fn around(reader: Reader, range: &Range<usize>) -> Option<HighlightId> {
    reader.marks.places.with_untracked(|places| {
        let around = places.iter().filter(|(_, place)| place.start <= range.start && place.end >= range.end);
        around.min_by_key(|(_, place)| place.len()).map(|(id, _)| id.clone())
    })
}

/// Marks what is selected, or gives another colour to the highlight that it lies in. Returns which one.
pub fn mark(reader: Reader, colour: Colour) -> Option<HighlightId> {
    let body = reader.body.get_untracked()?;
    let Selected { range, .. } = page_marks::selected(&body)?;
    reader.open_id()?;
    if colour != reader.session.with_untracked(|session| session.marking.colour) {
        reader.send(Command::MarkIn(colour));
    }
    page_marks::deselect();
    reader.marks.selected.set(None);
    if let Some(id) = around(reader, &range) {
        recolour(reader, &id, colour);
        return Some(id);
    }
    let made = Highlight::new(page_marks::selectors(range.clone()), colour, clock::now_ms());
    let id = made.id.clone();
    reader.marks.places.update(|places| places.extend([(id.clone(), range)]));
    reader.marks.here.update(|here| here.put(made));
    changed(reader);
    Some(id)
}

/// `h`: marks what is selected in the colour used last. Within a highlight of that colour it removes
/// it, within another one it changes the colour.
pub fn toggle(reader: Reader) {
    let selected = reader.body.get_untracked().and_then(|body| page_marks::selected(&body));
    let Some(Selected { range, .. }) = selected else {
        return reader.tell(Tone::Done, say!(marks.select_first));
    };
    let colour = reader.session.with_untracked(|session| session.marking.colour);
    let same = around(reader, &range)
        .filter(|id| reader.marks.here.with_untracked(|here| here.get(id).is_some_and(|one| one.colour == colour)));
    match same {
        Some(id) => {
            page_marks::deselect();
            reader.marks.selected.set(None);
            remove(reader, &id);
        }
        None => drop(mark(reader, colour)),
    }
}

/// Gives a highlight another colour.
pub fn recolour(reader: Reader, id: &HighlightId, colour: Colour) {
    if colour != reader.session.with_untracked(|session| session.marking.colour) {
        reader.send(Command::MarkIn(colour));
    }
    change(reader, id, |one| one.colour = colour);
}

fn change(reader: Reader, id: &HighlightId, change: impl FnOnce(&mut Highlight)) {
    reader.marks.here.update(|here| here.change(id, clock::now_ms(), change));
    changed(reader);
}

/// Removes a highlight of the open clip; the notice offers to bring it back.
pub fn remove(reader: Reader, id: &HighlightId) {
    let Some(clip) = reader.open_id() else { return };
    reader.marks.card.set(None);
    reader.marks.draft.set(None);
    reader.marks.here.update(|here| here.remove(id, clock::now_ms()));
    reader.marks.places.update(|places| places.retain(|placed, _| placed != id));
    page_marks::draw_current(None);
    changed(reader);
    reader.marks.removed.set_value(Some((clip, id.clone())));
    reader.tell(Tone::UndoMark, say!(marks.removed));
}

/// Brings the highlight back that was removed last.
pub fn undo(reader: Reader) {
    let removed = reader.marks.removed.try_update_value(std::mem::take).flatten();
    let Some((clip, id)) = removed else { return };
    if reader.open_id().as_ref() == Some(&clip) {
        reader.marks.here.update(|here| here.bring_back(&id, clock::now_ms()));
        settle(reader);
        return changed(reader);
    }
    let mut known = reader.marks.known.with_value(|known| known.get(&clip).cloned()).unwrap_or_default();
    known.bring_back(&id, clock::now_ms());
    keep(reader, clip, known);
}

/// Opens the card of a highlight.
pub fn open_card(reader: Reader, id: &HighlightId, writes: bool) {
    commit_note(reader);
    let spot = reader.marks.places.with_untracked(|places| places.get(id).and_then(page_marks::spot_of));
    reader.marks.selected.set(None);
    reader.marks.card.set(Some(Card { id: id.clone(), spot, writes }));
}

/// Closes the card; what was written into it is kept.
pub fn close_card(reader: Reader) {
    commit_note(reader);
    if reader.marks.card.with_untracked(Option::is_some) {
        reader.marks.card.set(None);
    }
}

/// Keeps what was written into the card's note.
pub fn commit_note(reader: Reader) {
    let Some((id, note)) = reader.marks.draft.get_untracked() else { return };
    reader.marks.draft.set(None);
    let before = reader.marks.here.with_untracked(|here| here.get(&id).map(|one| one.note.clone()));
    if before.is_some_and(|before| before != note) {
        change(reader, &id, |one| one.note = note.trim_end().to_owned());
    }
}

/// A click in the text: on a highlight, its card opens. Returns whether it was on one.
pub fn clicked(reader: Reader, x: f64, y: f64) -> bool {
    let places = reader.marks.places.get_untracked();
    let (ids, ranges): (Vec<HighlightId>, Vec<Range<usize>>) = places.into_iter().unzip();
    let is_selecting = reader.body.get_untracked().is_some_and(|body| page_marks::selected(&body).is_some());
    if ranges.is_empty() || is_selecting {
        return false;
    }
    let id = page_marks::clicked(x, y, &ranges).and_then(|which| ids.get(which));
    match id {
        Some(id) => open_card(reader, id, false),
        None => close_card(reader),
    }
    id.is_some()
}

/// Where the open clip comes from.
fn source(reader: Reader) -> Source {
    let entry = reader
        .open_id()
        .and_then(|id| reader.library.with_untracked(|library| library.get(&id).map(|row| Source::from(&*row.entry))));
    entry.unwrap_or_default()
}

/// Copies a quote with where it comes from.
pub fn copy(reader: Reader, quote: &str) {
    let cited = source(reader).cited(quote);
    spawn_local(async move {
        if reader.told(clipboard::write_text(&cited).await).is_some() {
            reader.tell(Tone::Done, say!(marks.copied));
        }
    });
}

/// Copies what is selected.
pub fn copy_selected(reader: Reader) {
    let selected = reader.body.get_untracked().and_then(|body| page_marks::selected(&body));
    if let Some(Selected { range, .. }) = selected {
        copy(reader, &page_marks::selectors(range).exact);
    }
}

/// Shows the highlights of the open clip beside its text, or the info there.
pub fn toggle_panel(reader: Reader) {
    let is_shown = untrack(|| bars::info_shown(reader));
    let in_panel = reader.marks.in_panel.get_untracked();
    reader.marks.in_panel.set(!(is_shown && in_panel));
    if !is_shown {
        bars::toggle_info(reader);
    }
}
