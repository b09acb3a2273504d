//! The app: state made once, the three places, and what lies over them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::aids::ShownAids;
use super::bars::{BottomBar, TopBar};
use super::clip_body::LeadsTo;
use super::context::{Place, Reader, Sheet};
use super::drop_zone::DropOverlay;
use super::empty::Empty;
use super::find_bar::FindBar;
use super::highlights_page::HighlightsPage;
use super::keys::KeysHelp;
use super::library_list::LibraryList;
use super::lightbox::Lightbox;
use super::mark_tools::MarkCard;
use super::notes::Note;
use super::palette::Palette;
use super::problems::Notices;
use super::published::PublishedList;
use super::reader::ReaderPlace;
use super::say::say;
use super::text_settings::TextSettings;
use super::{aids, arriving, effects, gestures, importing, keeping, keys, linked, opening};
use crate::browser::librarian::Librarian;
use crate::browser::worker::Engine;
use crate::browser::{boot, clock, language, page};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let reader = Reader::new();
    provide_context(reader);
    reader.told(page::remove_shell());
    let engine = Engine::new(boot::start_worker, move |news| arriving::hear(reader, news));
    reader.engine.set_value(Some(engine.clone()));
    if opening::begins_with_clip(reader) {
        engine.wake();
    }
    let librarian = Librarian::new(boot::start_librarian, move |word| importing::hear(reader, word));
    reader.librarian.set_value(Some(librarian));
    effects::install(reader);
    keys::listen(reader);
    gestures::listen(reader);
    clock::next_frame(move || begin(reader));
    let place = move || reader.place.get();
    view! {
        <a class="skip-link" href="#main" on:click=move |event| skip(reader, &event)>{say!(app.skip)}</a>
        <TopBar />
        <Notices />
        <FindBar />
        <div id="main" tabindex="-1">
            <ReaderPlace />
            {move || (place() == Place::Empty).then(|| view! { <Empty /> })}
            {move || (place() == Place::Library).then(|| view! { <LibraryList /> })}
            {move || (place() == Place::Highlights).then(|| view! { <HighlightsPage /> })}
            {move || (place() == Place::Published).then(|| view! { <PublishedList /> })}
        </div>
        <BottomBar />
        <LeadsTo />
        <ShownAids />
        <MarkCard />
        {move || (reader.sheet.get() == Some(Sheet::Text)).then(|| view! { <TextSettings /> })}
        {move || (reader.sheet.get() == Some(Sheet::Keys)).then(|| view! { <KeysHelp /> })}
        {move || (reader.sheet.get() == Some(Sheet::Palette)).then(|| view! { <Palette /> })}
        {move || (reader.sheet.get() == Some(Sheet::Picture)).then(|| view! { <Lightbox /> })}
        {move || (reader.sheet.get() == Some(Sheet::Note)).then(|| view! { <Note /> })}
        <DropOverlay />
    }
}

/// How long the page rests after its start before the worker of the library starts, too.
const REST: std::time::Duration = std::time::Duration::from_millis(1500);

/// Once the page stands: what was dropped meanwhile, else what the address names.
fn begin(reader: Reader) {
    let early = reader.told(boot::take_over()).unwrap_or_default();
    if early.is_empty() {
        opening::start(reader);
    }
    for drop in early {
        importing::take_in(reader, drop);
    }
    page::mark("app:ready");
    // On few cores, a worker that starts would hold the first picture of the page up.
    clock::after_paint(move || reader.engine.with_value(|engine| engine.iter().for_each(Engine::wake)));
    set_timeout(move || reader.librarian.with_value(|librarian| librarian.iter().for_each(Librarian::wake)), REST);
    spawn_local(async move {
        keeping::load(reader).await;
        importing::held_texts(reader);
        linked::load(reader).await;
    });
    // Loads what writing dates and numbers needs, so that the first clip does not wait for it.
    clock::when_idle(language::warm_up);
    // A browser looks for its voices when it is asked for them, and has them later.
    clock::when_idle(aids::look_for_voices);
}

/// The skip link moves the focus itself, as the fragment of the address belongs to the clip.
fn skip(reader: Reader, event: &leptos::ev::MouseEvent) {
    event.prevent_default();
    let id = if reader.place.get_untracked() == Place::Reader { "clip" } else { "main" };
    reader.told(page::focus(id));
}
