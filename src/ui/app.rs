//! The app: state made once, the three places, and what lies over them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bars::{BottomBar, TopBar};
use super::clip_body::LeadsTo;
use super::context::{Place, Reader, Sheet};
use super::drop_zone::DropOverlay;
use super::empty::Empty;
use super::problems::Notices;
use super::reader::ReaderPlace;
use super::say::say;
use super::{arriving, effects, importing, keeping, keys, later, opening, turns};
use crate::browser::librarian::Librarian;
use crate::browser::worker::Engine;
use crate::browser::{boot, clock, fonts, language, page};

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
    let librarian =
        Librarian::new(boot::start_librarian, move |word| later::with(reader, move |later| (later.hear)(reader, word)));
    reader.librarian.set_value(Some(librarian));
    effects::install(reader);
    keys::listen(reader);
    // What is drawn reactively stands by then. A first frame may take a browser long, and nothing here waits for it.
    clock::soon(move || begin(reader));
    let place = move || reader.place.get();
    view! {
        <a class="skip-link" href="#main" on:click=move |event| skip(reader, &event)>{say!(app.skip)}</a>
        <TopBar />
        <Notices />
        {later::slot(|later| (later.find_bar)())}
        <div id="main" tabindex="-1">
            <ReaderPlace />
            {move || (place() == Place::Empty).then(|| view! { <Empty /> })}
            {move || (place() == Place::Library).then(|| later::view(|later| (later.library_list)()))}
            {move || (place() == Place::Highlights).then(|| later::view(|later| (later.highlights_page)()))}
            {move || (place() == Place::Published).then(|| later::view(|later| (later.published_list)()))}
        </div>
        <BottomBar />
        <LeadsTo />
        {later::slot(|later| (later.aids)())}
        {later::slot(|later| (later.mark_card)())}
        {move || (reader.sheet.get() == Some(Sheet::Text)).then(|| later::view(|later| (later.text_settings)()))}
        {move || (reader.sheet.get() == Some(Sheet::Keys)).then(|| later::view(|later| (later.keys_help)()))}
        {move || (reader.sheet.get() == Some(Sheet::Palette)).then(|| later::view(|later| (later.palette)()))}
        {move || (reader.sheet.get() == Some(Sheet::Picture)).then(|| later::view(|later| (later.lightbox)()))}
        {move || (reader.sheet.get() == Some(Sheet::Note)).then(|| later::view(|later| (later.note)()))}
        <DropOverlay />
    }
}

/// How long the page rests after its start before its later part is loaded: the worker that reads clips is first.
const SHORT_REST: std::time::Duration = std::time::Duration::from_millis(500);
/// How long it rests before the app is kept in the browser.
const LONG_REST: std::time::Duration = std::time::Duration::from_millis(2000);

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
    clock::after_paint(move || {
        reader.engine.with_value(|engine| engine.iter().for_each(Engine::wake));
        turns::at_rest(reader, SHORT_REST, move || later::begin(reader));
    });
    // A hand that moves will soon press something.
    reader.told(page::on_first_motion(move || later::begin(reader)));
    turns::at_rest(reader, LONG_REST, move || {
        reader.told(boot::keep_offline());
    });
    spawn_local(async move {
        keeping::load(reader).await;
        importing::held_texts(reader);
    });
    // What writing dates and numbers needs, and the fonts of a clip: the first clip should not wait for them.
    clock::when_idle(move || {
        language::warm_up();
        if !turns::is_underway(reader) {
            // A clip without it waits for a moment.
            drop(fonts::look_up());
        }
    });
}

/// The skip link moves the focus itself, as the fragment of the address belongs to the clip.
fn skip(reader: Reader, event: &leptos::ev::MouseEvent) {
    event.prevent_default();
    let id = if reader.place.get_untracked() == Place::Reader { "clip" } else { "main" };
    reader.told(page::focus(id));
}
