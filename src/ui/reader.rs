//! The reader: outline, clip and metadata, side by side or as sheets.

use leptos::prelude::*;

use super::clip_body::ClipBody;
use super::clip_head::ClipHead;
use super::context::{Furnished, Place, Reader, Room, Sheet, Shown};
use super::metadata_sidebar::MetadataSidebar;
use super::outline_nav::OutlineNav;
use super::{bars, later};
use crate::browser::upright::watch_wheel;
use crate::engine::ClipView;

/// The place where a clip is read. It stays in the page while another place is shown, so that
/// coming back costs nothing.
#[component]
pub fn ReaderPlace() -> impl IntoView {
    let reader = Reader::get();
    let clip = NodeRef::<leptos::html::Article>::new();
    clip.on_load(move |_| {
        reader.told(watch_wheel("clip"));
    });
    let phase = move || match reader.shown.get() {
        Shown::Nothing | Shown::Loading { .. } => "loading",
        Shown::Ready { .. } => "ready",
        Shown::Failed { .. } => "failed",
    };
    let arrives = move || phase() == "ready" && reader.furnished.get() != Furnished::All;
    let clutter = move || {
        if reader.state.with(|s| s.clutter_shown) { "shown" } else { "folded" }
    };
    let headings = move || {
        if reader.state.with(|s| s.headings_only) { "own" } else { "all" }
    };
    let sheet = move || {
        let over = matches!(reader.sheet.get(), Some(Sheet::Outline | Sheet::Info));
        over && reader.place.get() == Place::Reader
    };
    view! {
        <div
            class="reader"
            hidden=move || reader.place.get() != Place::Reader
            data-outline=move || bars::outline_shown(reader).to_string()
            data-metadata=move || bars::info_shown(reader).to_string()
        >
            <OutlineNav />
            <main class="page" inert=sheet>
                <article
                    id="clip"
                    node_ref=clip
                    tabindex="-1"
                    lang=move || language(reader)
                    dir="auto"
                    data-state=phase
                    data-clutter=clutter
                    data-headings=headings
                    data-upright=move || upright(reader).then_some("true")
                    aria-busy=move || (phase() == "loading" || arrives()).to_string()
                >
                    <ClipHead />
                    <ClipBody />
                    {later::slot(|later| (later.clip_end)())}
                </article>
                {later::slot(|later| (later.mark_tools)())}
            </main>
            <MetadataSidebar />
            <div class="backdrop" hidden=move || !sheet() on:click=move |_| reader.sheet.set(None)></div>
        </div>
    }
}

/// The clip's language, which chooses its letters; empty when it is not known.
fn language(reader: Reader) -> String {
    reader.view().and_then(|view| named_language(&view)).unwrap_or_default()
}

/// Whether lines can stand upright in that language.
pub fn may_stand_upright(reader: Reader) -> bool {
    ["zh", "ja", "ko"].iter().any(|primary| language(reader).starts_with(primary))
}

/// Whether the clip's lines stand upright; reactive.
pub fn upright(reader: Reader) -> bool {
    reader.session.with(|session| session.settings.upright) && may_stand_upright(reader)
}

/// As it is now; empty when it is not known.
pub fn language_untracked(reader: Reader) -> String {
    untrack(|| language(reader))
}

fn named_language(view: &ClipView) -> Option<String> {
    use crate::clip::metadata::Key;
    view.metadata.first(Key::Language).map(str::to_owned)
}

/// Whether a panel is a sheet over the text at this width; reactive.
pub fn is_sheet(reader: Reader, sheet: Sheet) -> bool {
    match reader.room.get() {
        Room::Wide => false,
        Room::Medium => sheet == Sheet::Info,
        Room::Narrow => true,
    }
}
