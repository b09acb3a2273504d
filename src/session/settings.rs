//! How the page looks, the bounds of each choice, and what it may ask of other sites.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The colours of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system asks.
    #[default]
    Auto,
    /// Dark ink on pale paper.
    Light,
    /// Brown ink on cream.
    Sepia,
    /// Pale ink on slate.
    Dark,
    /// Pale ink on black, for screens that switch black pixels off.
    Black,
}

impl Theme {
    /// All themes, in the order of the switch.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Light, Self::Sepia, Self::Dark, Self::Black];

    /// The theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let after = Self::ALL.iter().skip_while(|t| **t != self).nth(1);
        after.copied().unwrap_or_default()
    }

    /// The theme's name in `data-theme`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
            Self::Black => "black",
        }
    }
}

/// The family of the body's letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Font {
    /// With serifs.
    #[default]
    Serif,
    /// Without.
    Sans,
}

/// How lines end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Alignment {
    /// Ragged.
    #[default]
    Start,
    /// Flush.
    Justify,
}

/// How the page looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Family.
    pub font: Font,
    /// Size of the body's letters, in CSS pixels.
    pub size_px: u8,
    /// Height of a line, in hundredths of the usual height for the language.
    pub line_height_percent: u16,
    /// Length of a line, in hundredths of the usual one.
    pub width_percent: u16,
    /// Space between paragraphs, in hundredths of the usual one.
    pub paragraph_percent: u16,
    /// How lines end.
    pub alignment: Alignment,
    /// Whether paragraphs of Chinese and Japanese begin with two empty squares.
    pub cjk_indent: bool,
    /// Whether the lines of Chinese, Japanese and Korean stand upright, one left of the other.
    pub upright: bool,
    /// Whose pictures are loaded without asking.
    pub pictures: Consent,
    /// The language of the page (a BCP 47 tag); empty when the browser's is taken.
    pub language: String,
}

/// From which other sites pictures are loaded without asking: loading one tells its host that
/// somebody reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consent {
    /// From all of them.
    pub always: bool,
    /// From these hosts.
    pub hosts: BTreeSet<String>,
}

impl Consent {
    /// Whether pictures of that host may be loaded.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        self.always || self.hosts.contains(host)
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.always && self.hosts.is_empty()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            font: Font::Serif,
            size_px: 19,
            line_height_percent: 100,
            width_percent: 100,
            paragraph_percent: 100,
            alignment: Alignment::Start,
            cjk_indent: false,
            upright: false,
            pictures: Consent::default(),
            language: String::new(),
        }
    }
}

impl Settings {
    /// Smallest and largest size, in CSS pixels.
    pub const SIZES_PX: (u8, u8) = (14, 30);
    /// Tightest and loosest lines, in hundredths of the usual height.
    pub const LINE_HEIGHTS: (u16, u16) = (80, 140);
    /// Shortest and longest lines, in hundredths of the usual length.
    pub const WIDTHS: (u16, u16) = (70, 150);

    /// Least and most space between paragraphs, in hundredths of the usual one.
    pub const PARAGRAPHS: (u16, u16) = (0, 250);

    /// The same settings with every number inside its bounds, and a language that can be one.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.size_px = self.size_px.clamp(Self::SIZES_PX.0, Self::SIZES_PX.1);
        self.line_height_percent = self.line_height_percent.clamp(Self::LINE_HEIGHTS.0, Self::LINE_HEIGHTS.1);
        self.width_percent = self.width_percent.clamp(Self::WIDTHS.0, Self::WIDTHS.1);
        self.paragraph_percent = self.paragraph_percent.clamp(Self::PARAGRAPHS.0, Self::PARAGRAPHS.1);
        if self.language.len() > 35 || !self.language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.language.clear();
        }
        self
    }
}
