//! The metadata: the file's own keys in its own order and groups, what was inferred, what is
//! wrong, and the block as it stands.

use std::sync::Arc;

use leptos::prelude::*;

use super::bars::SheetHead;
use super::clip_report::ClipReport;
use super::context::{Furnished, Reader, Sheet};
use super::edit_form;
use super::marks_panel::PanelTabs;
use super::reader::is_sheet;
use super::say::{self, say};
use super::{later, words};
use crate::browser::language;
use crate::clip::front_matter::{Entry, Group, Value};
use crate::clip::metadata::{Field, Key, Origin, date};
use crate::clip::{Diagnostic, Severity};
use crate::engine::ClipView;

/// How deep nested values are shown as lists; deeper ones stand as one line.
const SHOWN_DEPTH: usize = 4;

/// The sidebar of the open clip.
#[component]
pub fn MetadataSidebar() -> impl IntoView {
    let reader = Reader::get();
    view! {
        <aside
            id="metadata"
            class="panel metadata"
            aria-label=say!(bars.info)
            data-sheet=move || is_sheet(reader, Sheet::Info).then_some("true")
        >
            <h2 class="visually-hidden">{move || if reader.marks.in_panel.get() { say!(marks.all) } else { say!(bars.info) }}</h2>
            <SheetHead><PanelTabs /></SheetHead>
            <Show when=move || reader.marks.in_panel.get()>{later::view(|later| (later.marks_panel)())}</Show>
            <div hidden=move || reader.marks.in_panel.get()>
                {later::slot(|later| (later.edit_metadata)())}
                {move || reader.furniture(Furnished::All).map(|view| view! {
                    <Problems diagnostics=view.diagnostics.clone() />
                    <div hidden=move || edit_form::is_open(reader)><Values view=view.clone() /></div>
                    <ClipReport view=view.clone() />
                    {later::slot(|later| (later.clean_copy)())}
                    <Raw text=view.front_matter.raw.clone() />
                })}
            </div>
        </aside>
    }
}

#[component]
fn Problems(diagnostics: Vec<Diagnostic>) -> impl IntoView {
    (!diagnostics.is_empty()).then(|| {
        view! {
            <section class="clip-problems" aria-label=say!(metadata.problems)>
                <ul>{diagnostics.into_iter().map(|d| view! { <Problem diagnostic=d /> }).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Problem(diagnostic: Diagnostic) -> impl IntoView {
    let severity = match diagnostic.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = diagnostic.span.map(|s| say!(metadata.place, line = s.line, column = s.column));
    view! {
        <li data-severity=severity>
            <span class="place">{place}</span>
            {say::sentence(&diagnostic.message)}
            {diagnostic.hint.map(|hint| view! { <span class="hint">{say!(language.between)}{say::sentence(&hint)}</span> })}
        </li>
    }
}

#[component]
fn Values(view: Arc<ClipView>) -> impl IntoView {
    let inferred: Vec<Field> = view.metadata.fields.iter().filter(|f| f.origin.is_inferred()).cloned().collect();
    let metadata = &view.metadata;
    // A key that the file has but leaves empty is shown once, with what was inferred for it.
    let groups = view.front_matter.groups.iter().cloned().map(|mut group: Group| {
        group.entries.retain(|e| !(e.value == Value::Empty && metadata.fills(&e.key)));
        group
    });
    view! {
        {groups.map(|group| view! { <FileGroup group /> }).collect_view()}
        {(!inferred.is_empty()).then(|| view! {
            <h3 class="group-label">{say!(metadata.found)}</h3>
            <dl>{inferred.into_iter().map(|field| view! { <Inferred field /> }).collect_view()}</dl>
        })}
    }
}

#[component]
fn FileGroup(group: Group) -> impl IntoView {
    (!group.entries.is_empty()).then(|| {
        view! {
            {group.label.map(|label| view! { <h3 class="group-label">{label}</h3> })}
            <dl>{group.entries.into_iter().map(|entry| view! { <FileEntry entry /> }).collect_view()}</dl>
        }
    })
}

#[component]
fn FileEntry(entry: Entry) -> impl IntoView {
    let raw = entry.raw.then_some("true");
    let key = entry.key.clone();
    view! {
        <div class="row">
            <dt>{entry.key}</dt>
            <dd data-key=key data-raw=raw>{shown(entry.value, 0)}</dd>
        </div>
    }
}

#[component]
fn Inferred(field: Field) -> impl IntoView {
    let origin = origin(&field.origin);
    let link = field.key == Key::SourceUrl;
    let date = matches!(field.key, Key::Published | Key::Saved);
    let values = field.values.into_iter().map(move |value| match (link, date) {
        (true, _) => shown(Value::Link(value), 0),
        (_, true) => shown(Value::Date(value), 0),
        _ => shown(Value::Text(value), 0),
    });
    view! {
        <div class="row">
            <dt>{words::key(field.key)}</dt>
            <dd data-key=field.key.name() data-inferred="true" >
                {values.collect_view()}
                <span class="origin">{origin}</span>
            </dd>
        </div>
    }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::FrontMatter { key } => say!(metadata.from_key, key = key),
        Origin::Beside { file } => say!(metadata.from_beside, file = file),
        Origin::Body { line } => say!(metadata.from_line, line = line),
        Origin::Address => say!(metadata.from_address).to_owned(),
        Origin::FileName => say!(metadata.from_file_name).to_owned(),
        Origin::AssetStamp => say!(metadata.from_pictures).to_owned(),
        Origin::Text => say!(metadata.from_text).to_owned(),
    }
}

fn shown(value: Value, depth: usize) -> AnyView {
    match value {
        Value::Empty => view! { <span class="empty-value">{say!(metadata.empty)}</span> }.into_any(),
        Value::Text(text) | Value::Number(text) => {
            view! { <span class="text-value" dir="auto">{text}</span> }.into_any()
        }
        Value::Bool(yes) => {
            view! { <span>{if yes { say!(metadata.yes) } else { say!(metadata.no) }}</span> }.into_any()
        }
        Value::Date(text) => {
            let iso = date::iso(&text).unwrap_or_else(|| text.clone());
            let local = language::date(&iso).unwrap_or_else(|| text.clone());
            view! { <time datetime=iso title=text>{local}</time> }.into_any()
        }
        Value::Link(href) => linked(href),
        Value::List(_) | Value::Map(_) if depth >= SHOWN_DEPTH => view! { <span class="quiet">"…"</span> }.into_any(),
        Value::List(values) => {
            let scalar = values.iter().all(|v| !matches!(v, Value::List(_) | Value::Map(_)));
            let class = if scalar { "chips" } else { "nested" };
            let items = values.into_iter().map(|v| view! { <li>{shown(v, depth + 1)}</li> }).collect_view();
            view! { <ul class=class>{items}</ul> }.into_any()
        }
        Value::Map(pairs) => {
            let rows = pairs.into_iter().map(|(key, v)| {
                view! { <div class="row"><dt>{key}</dt><dd>{shown(v, depth + 1)}</dd></div> }
            });
            view! { <dl class="nested">{rows.collect_view()}</dl> }.into_any()
        }
    }
}

/// A link when the address is one that may be followed, else its text.
fn linked(href: String) -> AnyView {
    let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let bare = href.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let text = bare.trim_end_matches('/').to_owned();
    if !safe {
        return view! { <span>{href}</span> }.into_any();
    }
    view! {
        <a href=href.clone() title=href target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">{text}</a>
    }
    .into_any()
}

#[component]
fn Raw(text: String) -> impl IntoView {
    (!text.is_empty()).then(|| {
        view! {
            <details class="raw">
                <summary>{say!(metadata.raw)}</summary>
                <pre tabindex="0">{text}</pre>
            </details>
        }
    })
}
