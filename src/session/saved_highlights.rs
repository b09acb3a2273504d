//! The stored form of the highlights of one clip. The database has one such record for each clip that
//! has any, and a backup has it beside the clip's state.

use serde::{Deserialize, Serialize};

use super::saved::{Rejected, Saved, only_version_1};
use crate::library::highlight::{Colour, Highlight, HighlightId, Highlights, Selectors};

/// Version 1 of one highlight.
#[derive(Serialize, Deserialize)]
struct SavedHighlightV1 {
    id: String,
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    start: u32,
    end: u32,
    #[serde(default)]
    colour: Colour,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    created_ms: u64,
    changed_ms: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    removed_ms: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl From<&Highlight> for SavedHighlightV1 {
    fn from(highlight: &Highlight) -> Self {
        let Highlight { id, place, colour, note, created_ms, changed_ms, removed_ms } = highlight.clone();
        let Selectors { exact, prefix, suffix, start, end } = place;
        let id = id.as_str().to_owned();
        Self { id, exact, prefix, suffix, start, end, colour, note, created_ms, changed_ms, removed_ms }
    }
}

impl TryFrom<SavedHighlightV1> for Highlight {
    type Error = Rejected;

    fn try_from(saved: SavedHighlightV1) -> Result<Self, Rejected> {
        let SavedHighlightV1 { exact, prefix, suffix, start, end, colour, note, created_ms, changed_ms, .. } = saved;
        let id = HighlightId::parse(&saved.id);
        let id = id.ok_or_else(|| Rejected::Damaged("a highlight has no id".to_owned()))?;
        let place = Selectors { exact, prefix, suffix, start, end };
        Ok(Self { id, place, colour, note, created_ms, changed_ms, removed_ms: saved.removed_ms })
    }
}

impl Saved for Highlights {
    const VERSION: u64 = 1;

    fn data(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.all().iter().map(SavedHighlightV1::from).collect::<Vec<_>>())
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        only_version_1::<Vec<SavedHighlightV1>>(version, data)?.into_iter().map(Highlight::try_from).collect()
    }
}
