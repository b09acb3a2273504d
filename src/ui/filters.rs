//! The filters beside the list: for each thing that is known of clips, its values and how many clips
//! have them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::context::{Reader, Room};
use super::say::say;
use crate::browser::language;
use crate::library::list::{Count, Facets, Filters as Chosen};

/// How many values of a facet are shown before somebody asks for more.
const FEW: usize = 8;

type Name = fn() -> &'static str;
type Set = fn(&mut Chosen) -> &mut BTreeSet<String>;
type Counts = fn(&Facets) -> &Vec<Count>;

/// The facets: name, what is chosen of it, its values.
const FACETS: [(Name, Set, Counts); 5] = [
    (|| say!(filters.site), |chosen| &mut chosen.site, |facets| &facets.site),
    (|| say!(filters.tag), |chosen| &mut chosen.tag, |facets| &facets.tag),
    (|| say!(filters.author), |chosen| &mut chosen.author, |facets| &facets.author),
    (|| say!(filters.year), |chosen| &mut chosen.year, |facets| &facets.year),
    (|| say!(filters.language), |chosen| &mut chosen.language, |facets| &facets.language),
];

/// The column of filters; on a phone it folds away.
#[component]
pub fn Filters(counted: Memo<Facets>) -> impl IntoView {
    let reader = Reader::get();
    let filters = reader.list.filters;
    let is_set = move || {
        filters.with(|filters| {
            let without_status = Chosen { status: BTreeSet::new(), ..filters.clone() };
            !without_status.is_empty()
        })
    };
    let clear =
        move |_| filters.update(|filters| *filters = Chosen { status: filters.status.clone(), ..Chosen::default() });
    view! {
        <details class="filters" open=move || reader.room.get() != Room::Narrow>
            <summary>{say!(filters.title)}</summary>
            <div class="facets">
                <Show when=is_set>
                    <button type="button" class="link-button" on:click=clear>{say!(filters.clear)}</button>
                </Show>
                {FACETS.map(|(name, set, counts)| view! { <Facet name=name() set counts counted /> }).collect_view()}
                <Flags counted />
            </div>
        </details>
    }
}

#[component]
fn Facet(name: &'static str, set: Set, counts: Counts, counted: Memo<Facets>) -> impl IntoView {
    let reader = Reader::get();
    let all = RwSignal::new(false);
    let values = Memo::new(move |_| counted.with(|facets| counts(facets).clone()));
    let chosen = move |value: &str| reader.list.filters.with(|filters| set(&mut filters.clone()).contains(value));
    let shown = move || {
        let few = if all.get() { usize::MAX } else { FEW };
        values.with(|values| {
            values
                .iter()
                .enumerate()
                .filter(|(at, count)| *at < few || chosen(&count.value))
                .map(|(_, c)| c.clone())
                .collect::<Vec<_>>()
        })
    };
    let more = move || values.with(Vec::len).saturating_sub(FEW);
    view! {
        <Show when=move || values.with(|values| !values.is_empty())>
            <fieldset class="facet">
                <legend>{name}</legend>
                <For each=shown key=|count| (count.value.clone(), count.clips) let:count>
                    <Value set count />
                </For>
                <Show when=move || more() != 0>
                    <button type="button" class="link-button" on:click=move |_| all.update(|all| *all = !*all)>
                        {move || if all.get() { say!(filters.fewer).to_owned() } else { say!(filters.more, n = more()) }}
                    </button>
                </Show>
            </fieldset>
        </Show>
    }
}

#[component]
fn Value(set: Set, count: Count) -> impl IntoView {
    let reader = Reader::get();
    let value = StoredValue::new(count.value.clone());
    let is_chosen =
        move || reader.list.filters.with(|filters| value.with_value(|value| set(&mut filters.clone()).contains(value)));
    let toggle = move |_| {
        reader.list.filters.update(|filters| {
            let chosen = set(filters);
            if !value.with_value(|value| chosen.remove(value)) {
                chosen.insert(value.get_value());
            }
        });
    };
    view! {
        <label class="facet-value">
            <input type="checkbox" prop:checked=is_chosen on:change=toggle />
            <span class="facet-name" dir="auto">{count.value}</span>
            <span class="facet-count">{language::number(f64::from(count.clips))}</span>
        </label>
    }
}

/// The two questions that are answered by yes.
#[component]
fn Flags(counted: Memo<Facets>) -> impl IntoView {
    let reader = Reader::get();
    let filters = reader.list.filters;
    let flag = move |name: &'static str, clips: fn(&Facets) -> u32, of: fn(&mut Chosen) -> &mut bool| {
        let some = move || counted.with(clips) > 0;
        view! {
            <Show when=some>
                <label class="facet-value">
                    <input
                        type="checkbox"
                        prop:checked=move || filters.with(|filters| *of(&mut filters.clone()))
                        on:change=move |_| filters.update(|filters| { let flag = of(filters); *flag = !*flag; })
                    />
                    <span class="facet-name">{name}</span>
                    <span class="facet-count">{move || language::number(f64::from(counted.with(clips)))}</span>
                </label>
            </Show>
        }
    };
    view! {
        {flag(say!(filters.with_highlights), |facets| facets.with_highlights, |filters| &mut filters.has_highlights)}
        {flag(say!(filters.with_problems), |facets| facets.with_problems, |filters| &mut filters.has_problems)}
    }
}
