//! The few drawings of the interface, as strokes in the colour of the text.

use leptos::prelude::*;

/// A drawing on a field of 24 by 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Rows of a list.
    Library,
    /// Indented rows.
    Outline,
    /// Two letters.
    Text,
    /// An i in a circle.
    Info,
    /// A sheet with lines and a pen.
    Note,
    /// Two sheets.
    Copy,
    /// A wedge that points back.
    Back,
    /// A wedge that points on.
    On,
    /// A lens with a cross.
    Zoom,
    /// An arrow that points down to a line.
    Save,
    /// A wedge that is closed.
    Play,
    /// Two upright strokes.
    Pause,
    /// Two crossed strokes.
    Close,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Library => "M4 5h4v14H4zM10 5h4v14h-4zM16.2 5.6l3.4-.9 2.2 13.5-3.4.7z",
            Self::Outline => "M4 6h16M8 12h12M8 18h12M4 12h.01M4 18h.01",
            Self::Text => {
                "M2.500 18 7.500 6l5 12M4.200 14h6.600M21.500 11.500V18M21.500 14.750a3 3.250 0 1 0-6 0 3 3.250 0 0 0 6 0z"
            }
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.800h.01",
            Self::Note => "M5 4h14v10l-5 5H5zM14 19v-5h5M8.500 8.500h7M8.500 12h4",
            Self::Copy => "M9 9h10v11H9zM15 9V4H5v11h4",
            Self::Back => "m14 6-6 6 6 6",
            Self::On => "m10 6 6 6-6 6",
            Self::Zoom => {
                "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20 20M10.500 7.500v6M7.500 10.500h6"
            }
            Self::Save => "M12 4v11M7 10.500l5 5 5-5M5 20h14",
            Self::Play => "M8 5.500v13l10-6.500z",
            Self::Pause => "M9 5v14M15 5v14",
            Self::Close => "M6 6l12 12M18 6 6 18",
        }
    }
}

/// Draws it; hidden from assistive technology, as the button has a name.
pub fn draw(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
