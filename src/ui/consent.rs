//! Whose pictures on other sites are loaded: asked for each clip, for a host, or for all, and taken back
//! as easily.

use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use super::words;
use crate::browser::remote::{self, Allowed};
use crate::session::{ClipCommand, Command, Consent, Settings};

/// What may be loaded in the open clip.
#[must_use]
pub fn allowed(reader: Reader) -> Allowed {
    Allowed {
        all: reader.state.with_untracked(|state| state.remote_pictures),
        consent: reader.session.with_untracked(|session| session.settings.pictures.clone()),
    }
}

/// Loads in the open clip what may be loaded now, and takes back what may not any more.
pub fn apply(reader: Reader) {
    let Some(body) = reader.body.get_untracked() else { return };
    reader.told(remote::apply_consent(&body, &allowed(reader), words::labels()));
    let unseen = remote::unseen_pictures(&body);
    reader
        .opening
        .update_value(|opening| opening.shelf.on_page.iter_mut().for_each(|clip| clip.unseen = unseen.clone()));
    reader.unseen_pictures.set(unseen);
}

fn change(reader: Reader, change: impl FnOnce(&mut Consent)) {
    let mut settings: Settings = reader.session.with_untracked(|session| session.settings.clone());
    change(&mut settings.pictures);
    reader.send(Command::Set(settings));
    apply(reader);
}

/// For this clip, for the host that has most of its pictures, or for all.
pub fn for_clip(reader: Reader, yes: bool) {
    reader.send_clip(ClipCommand::AllowRemotePictures(yes));
    apply(reader);
}

/// What loads the pictures of the open clip is taken back, whatever it is.
fn stop(reader: Reader) {
    let body = reader.body.get_untracked();
    let hosts = body.map(|body| remote::hosts(&body)).unwrap_or_default();
    reader.send_clip(ClipCommand::AllowRemotePictures(false));
    change(reader, |consent| {
        consent.always = false;
        consent.hosts.retain(|host| !hosts.contains(host));
    });
}

/// "12 pictures wait on example.org · load · always from there · always from everywhere", and once they
/// are loaded, that they come from elsewhere, and the way back.
#[component]
pub fn PictureLine() -> impl IntoView {
    let reader = Reader::get();
    move || {
        let unseen = reader.unseen_pictures.get();
        let (count, host) = (unseen.waiting(), unseen.host().unwrap_or_default().to_owned());
        let link = |words: String, act: Box<dyn Fn()>| {
            view! { <button type="button" class="link-button" on:click=move |_| act()>{words}</button> }
        };
        if count > 0 {
            let from_host = host.clone();
            let of_host = move || {
                let host = from_host.clone();
                change(reader, |consent| consent.hosts.extend([host]));
            };
            return view! {
                <p class="quiet-line picture-line">
                    {say!(consent.waiting, n = count, host = host)}
                    {link(say!(consent.load).to_owned(), Box::new(move || for_clip(reader, true)))}
                    {link(say!(consent.always_from, host = host), Box::new(of_host))}
                    {link(say!(consent.always).to_owned(), Box::new(move || change(reader, |consent| consent.always = true)))}
                </p>
            }
            .into_any();
        }
        if unseen.loaded > 0 {
            let told = say!(consent.loaded, n = unseen.loaded);
            return view! {
                <p class="quiet-line picture-line">{told} {link(say!(consent.stop).to_owned(), Box::new(move || stop(reader)))}</p>
            }
            .into_any();
        }
        ().into_any()
    }
}

/// The choice for all clips, among the settings, and the hosts that are trusted.
#[component]
pub fn PictureSettings() -> impl IntoView {
    let reader = Reader::get();
    let pictures = Memo::new(move |_| reader.session.with(|session| session.settings.pictures.clone()));
    let always = move |event| {
        let yes = event_target_checked(&event);
        change(reader, |consent| consent.always = yes);
    };
    let hosts = move || pictures.with(|consent| consent.hosts.iter().cloned().collect::<Vec<String>>());
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=move || pictures.with(|consent| consent.always) on:change=always />
            <span>{say!(consent.without_asking)}</span>
        </label>
        <Show when=move || pictures.with(|consent| !consent.hosts.is_empty())>
            <ul class="trusted-hosts" aria-label=say!(consent.trusted)>
                <For each=hosts key=Clone::clone let:host>
                    <li>
                        <span>{host.clone()}</span>
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=say!(consent.ask_again, host = host)
                            on:click=move |_| change(reader, |consent| consent.hosts.retain(|one| *one != host))
                        >
                            "×"
                        </button>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
