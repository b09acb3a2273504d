//! The library: what is looked for on top, filters beside, rows below. Only the rows in sight are in
//! the page.

use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::prelude::*;

use super::clip_row::{self, HEIGHT_PX, HEIGHT_WITH_SNIPPET_PX};
use super::context::{Place, Reader};
use super::empty::OpenButtons;
use super::filters::Filters;
use super::highlights_page::HighlightsLink;
use super::library_tools::{ChosenBar, Continue, Stations, Tools};
use super::linked::LinkedFolder;
use super::published::VisitLink;
use super::say::{self, say};
use super::{backing_up, effects, importing, listing};
use crate::browser::rows::{self, RowView};
use crate::browser::{clock, page, viewport};
use crate::library::Row;
use crate::library::list::facets;

/// How many rows stand in the page above and below those in sight.
const BEYOND: usize = 8;

/// The place of the library.
#[component]
pub fn LibraryList() -> impl IntoView {
    let reader = Reader::get();
    let shown = Memo::new(move |_| listing::shown(reader));
    let counted =
        Memo::new(move |_| reader.library.with(|library| reader.list.filters.with(|f| facets(library.rows(), f))));
    let rested = RwSignal::new(false);
    clock::after_paint(move || {
        rested.try_set(true);
    });
    let some = Memo::new(move |_| reader.library.with(|library| !library.is_empty()));
    listing::measure_room(reader);
    let total = move || say!(count.clips, n = shown.with(Vec::len));
    view! {
        <main class="library">
            <header class="library-head">
                <h1>{say!(library_list.title)}</h1>
                <div class="library-ways">
                    <OpenButtons sample=false />
                    <Show when=move || some.get()>
                        <HighlightsLink />
                        <button type="button" class="link-button" on:click=move |_| backing_up::back_up(reader)>{say!(library_list.back_up)}</button>
                    </Show>
                </div>
            </header>
            <VisitLink />
            <LinkedFolder />
            <Show when=move || some.get()>
                <SearchBox />
                <Stations counted />
                <div class="library-columns">
                    // The rows come first.
                    <div class="filters-column"><Show when=move || rested.get()><Filters counted /></Show></div>
                    <section class="library-main" aria-label=say!(library_list.clips)>
                        <Continue />
                        <div class="library-line">
                            <p class="quiet" role="status">{total}</p>
                            <Tools />
                        </div>
                        <ChosenBar shown />
                        <Rows shown />
                    </section>
                </div>
            </Show>
            <Show when=move || !some.get()>
                <p class="quiet">{say!(library_list.none)}</p>
            </Show>
            <p class="quiet room" hidden=move || reader.list.room.with(Option::is_none)>{move || reader.list.room.get().map(|room| say::sentence(&room))}</p>
        </main>
    }
}

/// The picker of whole folders, which the *Open folder* buttons press.
#[component]
pub fn FolderInput() -> impl IntoView {
    let reader = Reader::get();
    view! {
        <input
            id="open-folder"
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            {..custom_attribute("webkitdirectory", "")}
            aria-label=say!(library_list.open_folder)
            on:change=move |event| importing::take_in(reader, crate::browser::file::picked(&event))
        />
    }
}

#[component]
fn SearchBox() -> impl IntoView {
    let reader = Reader::get();
    let words = reader.list.words;
    view! {
        <input
            id="search"
            class="search"
            type="search"
            placeholder=say!(library_list.search)
            aria-label=say!(library_list.search_label)
            autocomplete="off"
            spellcheck="false"
            prop:value=words
            on:focus=move |_| listing::prepare(reader)
            on:input=move |event| listing::look_for(reader, event_target_value(&event))
            on:keydown=move |event| {
                if event.key() == "ArrowDown" {
                    event.prevent_default();
                    reader.told(page::focus_among("#library a", page::Step::First));
                }
            }
        />
    }
}

/// The rows, as a grid of which only a part is in the page.
#[component]
fn Rows(shown: Memo<Vec<Row>>) -> impl IntoView {
    let reader = Reader::get();
    let height = move || if reader.list.hits.with(Option::is_some) { HEIGHT_WITH_SNIPPET_PX } else { HEIGHT_PX };
    let grid = NodeRef::<leptos::html::Div>::new();
    let window = RwSignal::new((0_usize, 30_usize));
    let measure = move || {
        // The frame that was waited for may come after the list has gone.
        let (Some(Some(element)), Some(before)) = (grid.try_get_untracked(), window.try_get_untracked()) else {
            return;
        };
        let (top, in_sight) = viewport::slice(&element);
        let height = untrack(height);
        let first = ((top / height).floor().max(0.0) as usize).saturating_sub(BEYOND);
        // In steps, so that scrolling by a row changes nothing.
        let next = (first - first % 4, (in_sight / height).ceil() as usize + 2 * BEYOND + 4);
        if before != next {
            window.set(next);
        }
    };
    let listener = window_event_listener(ev::scroll, move |_| {
        if reader.place.get_untracked() == Place::Library {
            reader.list.scrolled.set_value(viewport::scrolled());
            measure();
        }
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || {
        listener.remove();
        resized.remove();
    });
    clock::next_frame(move || {
        if grid.try_get_untracked().flatten().is_some() {
            viewport::scroll_to(reader.list.scrolled.get_value());
            measure();
        }
    });
    let drawn = StoredValue::new_local(rows::Rows::default());
    effects::draw(move || {
        let Some(element) = grid.get() else { return };
        let views = in_window(reader, shown, window.get());
        let ids = views.iter().filter(|view| view.snippet.is_empty()).map(|view| view.id.clone()).collect();
        listing::quote(reader, ids);
        reader.told(drawn.try_update_value(|drawn| drawn.draw(&element, views)).unwrap_or(Ok(())));
        clip_row::focus_waiting(reader);
    });
    let begun = StoredValue::new(None);
    let swipe = move |event: ev::PointerEvent| clip_row::swipe(reader, begun, &event);
    view! {
        <div
            id="library"
            class="rows"
            role="grid"
            tabindex="-1"
            aria-label=say!(library_list.clips)
            aria-multiselectable="true"
            aria-rowcount=move || shown.with(Vec::len).to_string()
            hidden=move || shown.with(Vec::is_empty)
            node_ref=grid
            style:--rows=move || shown.with(Vec::len).to_string()
            style:--row-height=move || format!("{}px", height())
            on:click=move |event| clip_row::click(reader, shown, &event)
            on:focusin=move |event| clip_row::focus(reader, &event)
            on:pointerdown=swipe
            on:pointermove=swipe
            on:pointerup=swipe
            on:pointercancel=swipe
            on:keydown=move |event| clip_row::steer(reader, shown, &event)
        ></div>
    }
}

/// What the rows say that are in sight or near it; reactive.
fn in_window(reader: Reader, shown: Memo<Vec<Row>>, (first, count): (usize, usize)) -> Vec<RowView> {
    let hits = reader.list.hits.get();
    let at = reader.list.at.get();
    reader.list.chosen.with(|chosen| {
        shown.with(|rows| {
            // A list that became shorter has its end in sight.
            let first = first.min(rows.len().saturating_sub(count));
            let near: Vec<(usize, &Row)> = rows.iter().enumerate().skip(first).take(count).collect();
            // Tab leads to the row that the keyboard was at, or to the first when that is far away.
            let is_near = near.iter().any(|(_, row)| at.as_ref() == Some(&row.entry.id));
            let is_at = |nth: usize, row: &Row| if is_near { at.as_ref() == Some(&row.entry.id) } else { nth == first };
            let said = |(nth, row): (usize, &Row)| {
                clip_row::said(nth, row, hits.as_deref(), chosen.contains(&row.entry.id), is_at(nth, row))
            };
            near.into_iter().map(said).collect()
        })
    })
}
