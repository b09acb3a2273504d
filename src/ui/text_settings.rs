//! How the page looks: theme, letters, lines. Every change shows at once and is kept.

use leptos::prelude::*;

use super::aids::AidButtons;
use super::bars::SheetHead;
use super::consent::PictureSettings;
use super::context::Reader;
use super::language::LanguageChoice;
use super::reader::may_stand_upright;
use super::say::say;
use super::words;
use crate::session::{Alignment, Command, Font, Settings, Theme};

/// The panel behind *Aa*.
#[component]
pub fn TextSettings() -> impl IntoView {
    let reader = Reader::get();
    let settings = Memo::new(move |_| reader.session.with(|s| s.settings.clone()));
    let change = move |change: fn(&mut Settings, u16), to: u16| {
        let mut next = settings.get_untracked();
        change(&mut next, to);
        reader.send(Command::Set(next));
    };
    view! {
        <div class="backdrop clear" on:click=move |_| reader.sheet.set(None)></div>
        <section id="text-settings" class="popover" role="dialog" aria-label=say!(bars.text_settings) tabindex="-1">
            <SheetHead><h2 class="panel-title">{say!(bars.text_settings)}</h2></SheetHead>
            <Themes settings />
            <Slider label=say!(settings.size) unit="px" bounds=(14, 30) step=1
                value=Signal::derive(move || settings.with(|s| u16::from(s.size_px)))
                on_change=move |to| change(|s, v| s.size_px = u8::try_from(v).unwrap_or(u8::MAX), to) />
            <Slider label=say!(settings.line_height) unit="%" bounds=Settings::LINE_HEIGHTS step=5
                value=Signal::derive(move || settings.with(|s| s.line_height_percent))
                on_change=move |to| change(|s, v| s.line_height_percent = v, to) />
            <Slider label=say!(settings.width) unit="%" bounds=Settings::WIDTHS step=5
                value=Signal::derive(move || settings.with(|s| s.width_percent))
                on_change=move |to| change(|s, v| s.width_percent = v, to) />
            <Slider label=say!(settings.paragraphs) unit="%" bounds=Settings::PARAGRAPHS step=10
                value=Signal::derive(move || settings.with(|s| s.paragraph_percent))
                on_change=move |to| change(|s, v| s.paragraph_percent = v, to) />
            <Switch label=say!(settings.sans)
                on=Signal::derive(move || settings.with(|s| s.font == Font::Sans))
                on_change=move |yes| change(|s, v| s.font = if v == 1 { Font::Sans } else { Font::Serif }, u16::from(yes)) />
            <Switch label=say!(settings.justified)
                on=Signal::derive(move || settings.with(|s| s.alignment == Alignment::Justify))
                on_change=move |yes| change(
                    |s, v| s.alignment = if v == 1 { Alignment::Justify } else { Alignment::Start }, u16::from(yes),
                ) />
            <Switch label=say!(settings.indented)
                on=Signal::derive(move || settings.with(|s| s.cjk_indent))
                on_change=move |yes| change(|s, v| s.cjk_indent = v == 1, u16::from(yes)) />
            <Show when=move || may_stand_upright(reader)>
                <Switch label=say!(settings.upright)
                    on=Signal::derive(move || settings.with(|s| s.upright))
                    on_change=move |yes| change(|s, v| s.upright = v == 1, u16::from(yes)) />
            </Show>
            <AidButtons />
            <PictureSettings />
            <LanguageChoice />
        </section>
    }
}

#[component]
fn Themes(settings: Memo<Settings>) -> impl IntoView {
    let reader = Reader::get();
    let choose = move |theme: Theme| {
        let next = Settings { theme, ..settings.get_untracked() };
        reader.send(Command::Set(next));
    };
    let choice = move |theme: Theme| {
        let chosen = move || settings.with(|s| s.theme == theme);
        view! {
            <label class="swatch" data-swatch=theme.name()>
                <input type="radio" name="theme" prop:checked=chosen on:change=move |_| choose(theme) />
                <span>{words::theme(theme)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="themes">
            <legend>{say!(settings.theme)}</legend>
            {Theme::ALL.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}

#[component]
fn Slider(
    label: &'static str,
    unit: &'static str,
    bounds: (u16, u16),
    step: u16,
    value: Signal<u16>,
    on_change: impl Fn(u16) + 'static,
) -> impl IntoView {
    view! {
        <label class="slider">
            <span class="slider-label">{label}</span>
            <input
                type="range"
                min=bounds.0
                max=bounds.1
                step=step
                prop:value=move || value.get().to_string()
                on:input=move |event| {
                    if let Ok(to) = event_target_value(&event).parse() {
                        on_change(to);
                    }
                }
            />
            <output>{move || format!("{}{unit}", value.get())}</output>
        </label>
    }
}

#[component]
fn Switch(label: &'static str, on: Signal<bool>, on_change: impl Fn(bool) + 'static) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=on on:change=move |event| on_change(event_target_checked(&event)) />
            <span>{label}</span>
        </label>
    }
}
