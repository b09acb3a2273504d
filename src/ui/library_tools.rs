//! What stands above the rows of the library: stations, kept views, order, what was begun, and what
//! can be done with the clips that are chosen.

use crate::clip::order;
use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use super::{listing, removing, words};
use crate::browser::language;
use crate::library::list::{By, Facets, Sort, View};
use crate::library::{Row, Triage};
use crate::session::Command;

/// All · Inbox · Reading · Done · Archive, each with how many clips it has, and the kept views.
#[component]
pub fn Stations(counted: Memo<Facets>) -> impl IntoView {
    let reader = Reader::get();
    let filters = reader.list.filters;
    let clips =
        move |name: &str| counted.with(|all| all.status.iter().find(|c| c.value == name).map_or(0, |c| c.clips));
    let total = move || counted.with(|all| all.status.iter().map(|count| count.clips).sum::<u32>());
    let station = move |station: Option<Triage>| {
        let name = station.map_or("", Triage::name);
        let is_on = move || filters.with(|f| station.map_or(f.status.is_empty(), |s| f.status.contains(s.name())));
        let choose = move |_| {
            filters.update(|f| {
                f.status.clear();
                f.status.extend(station.map(|s| s.name().to_owned()));
            });
        };
        view! {
            <button type="button" class="station" data-station=name aria-pressed=move || is_on().to_string() on:click=choose>
                {station.map_or(say!(library_tools.all), words::triage)}
                <span class="facet-count">{move || language::number(f64::from(if station.is_some() { clips(name) } else { total() }))}</span>
            </button>
        }
    };
    view! {
        <div class="stations" role="group" aria-label=say!(library_tools.stations)>
            {station(None)}
            {Triage::ALL.map(|triage| station(Some(triage))).collect_view()}
            <Views />
        </div>
    }
}

/// The views that the person kept.
#[component]
fn Views() -> impl IntoView {
    let reader = Reader::get();
    let views = Memo::new(move |_| reader.session.with(|session| session.views.clone()));
    view! {
        <For each=move || views.get() key=|view| format!("{view:?}") let:view>
            <KeptView view />
        </For>
    }
}

#[component]
fn KeptView(view: View) -> impl IntoView {
    let reader = Reader::get();
    let name = view.name.clone();
    let label = say!(library_tools.forget, name = name);
    let forget = {
        let name = name.clone();
        move |_| reader.send(Command::ForgetView(name.clone()))
    };
    view! {
        <span class="kept-view">
            <button type="button" class="station" on:click=move |_| listing::show_view(reader, &view)>{name}</button>
            <button type="button" class="icon-button" aria-label=label on:click=forget>"×"</button>
        </span>
    }
}

const ORDERS: [By; 7] = [By::Added, By::Saved, By::Published, By::Title, By::Site, By::Length, By::Progress];

/// The order of the list, and the keeping of a view.
#[component]
pub fn Tools() -> impl IntoView {
    let reader = Reader::get();
    let sort = reader.list.sort;
    let naming = RwSignal::new(false);
    let by = move |event| {
        let chosen = event_target_value(&event);
        let found = ORDERS.into_iter().find(|by| words::sorted_by(*by) == chosen);
        sort.update(|sort| {
            if let Some(by) = found {
                // Names run from A, all else from the newest or the most.
                *sort = Sort { by, descending: !matches!(by, By::Title | By::Site) };
            }
        });
    };
    let options = ORDERS.map(|by| {
        let name = words::sorted_by(by);
        view! { <option value=name selected=move || sort.with(|sort| sort.by == by)>{name}</option> }
    });
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(name) = reader.told(crate::browser::page::value("view-name")) {
            listing::save_view(reader, &name);
        }
        naming.set(false);
    };
    view! {
        <div class="tools">
            <label>{say!(library_tools.sort_by)} " " <select id="sort" on:change=by>{options.into_iter().collect_view()}</select></label>
            <button
                type="button"
                class="icon-button"
                aria-label=say!(library_tools.turn_round)
                aria-pressed=move || (!sort.with(|sort| sort.descending)).to_string()
                on:click=move |_| sort.update(|sort| sort.descending = !sort.descending)
            >
                {move || if sort.with(|sort| sort.descending) { "↓" } else { "↑" }}
            </button>
            <Show
                when=move || naming.get()
                fallback=move || view! {
                    <button type="button" class="link-button" on:click=move |_| naming.set(true)>{say!(library_tools.keep_view)}</button>
                }
            >
                <form class="view-form" on:submit=keep>
                    <input id="view-name" aria-label=say!(library_tools.view_name) placeholder=say!(library_tools.name) autocomplete="off" />
                    <button type="submit" class="link-button">{say!(library_tools.keep)}</button>
                </form>
            </Show>
        </div>
    }
}

/// How many clips that were begun stand on top.
const CONTINUED: usize = 3;

/// The clips that were begun and not finished, the last one first.
#[component]
pub fn Continue() -> impl IntoView {
    let reader = Reader::get();
    let begun = Memo::new(move |_| {
        let is_narrowed = reader.list.hits.with(Option::is_some) || reader.list.filters.with(|f| !f.is_empty());
        let mut rows: Vec<Row> = reader.library.with(|library| {
            let open = |row: &&Row| row.standing.is_begun() && row.triage() <= Triage::Reading;
            library.rows().iter().filter(open).cloned().collect()
        });
        order::sort_by_key(&mut rows, |row| std::cmp::Reverse(row.standing.opened_ms));
        rows.truncate(if is_narrowed { 0 } else { CONTINUED });
        rows
    });
    view! {
        <Show when=move || begun.with(|rows| !rows.is_empty())>
            <nav class="continue" aria-label=say!(library_tools.go_on)>
                <h2 class="panel-title">{say!(library_tools.go_on)}</h2>
                <ul>
                    <For each=move || begun.get() key=|row| (row.entry.id.clone(), row.standing.progress.to_bits()) let:row>
                        <Begun row />
                    </For>
                </ul>
            </nav>
        </Show>
    }
}

#[component]
fn Begun(row: Row) -> impl IntoView {
    let reader = Reader::get();
    let id = row.entry.id.clone();
    let left = f64::from(row.entry.reading_minutes) * f64::from(1.0 - row.standing.progress);
    let left = say!(library_tools.minutes_left, n = left.ceil() as u32);
    view! {
        <li>
            <button type="button" class="continue-clip" on:click=move |_| listing::open(reader, &id)>
                <span class="row-title" dir="auto">{row.entry.title.clone()}</span>
                <span class="row-details">{left}</span>
                <progress max="1" value=row.standing.progress.to_string() aria-label=say!(library_tools.read)></progress>
            </button>
        </li>
    }
}

/// What can be done with the clips that are chosen.
#[component]
pub fn ChosenBar(shown: Memo<Vec<Row>>) -> impl IntoView {
    let reader = Reader::get();
    let chosen = reader.list.chosen;
    let meant = move || chosen.get_untracked().into_iter().collect::<Vec<_>>();
    let stations = Triage::ALL.into_iter().map(|triage| {
        let move_all = move |_| {
            listing::triage(reader, &meant(), triage);
            chosen.update(|chosen| chosen.clear());
        };
        view! { <button type="button" class="link-button" on:click=move_all>{words::triage(triage)}</button> }
    });
    let all = move |_| {
        let ids = shown.with_untracked(|rows| rows.iter().map(|row| row.entry.id.clone()).collect());
        chosen.set(ids);
    };
    let remove = move |_| {
        removing::remove(reader, meant());
        chosen.update(|chosen| chosen.clear());
    };
    let some = move || chosen.with(|chosen| !chosen.is_empty());
    view! {
        <div class="chosen" role="group" aria-label=say!(library_tools.chosen_clips) hidden=move || !some()>
            <span>{move || say!(library_tools.chosen, n = chosen.with(|chosen| chosen.len()))}</span>
            {stations.collect_view()}
            <button type="button" class="link-button" on:click=move |_| listing::export(reader, &meant())>{say!(library_tools.export)}</button>
            <button type="button" class="link-button" on:click=remove>{say!(library_tools.remove)}</button>
            <button type="button" class="link-button" on:click=all>{say!(library_tools.choose_all)}</button>
            <button type="button" class="link-button" on:click=move |_| chosen.update(|chosen| chosen.clear())>{say!(library_tools.clear)}</button>
        </div>
    }
}
