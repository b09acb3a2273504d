//! What a file beside a clip tells about it: MaoXian's `index.json` and a Textbundle's `info.json`.
//!
//! Start at [`Beside::read`]. MaoXian writes a text without front matter and puts title, address,
//! tags and day into the file beside it; its `category` is a folder of its own, and means nothing
//! here, as little as in front matter. A Textbundle (textbundle.org, version 2) may name the file
//! that it was made from, which counts when that is a page of the web. What else is called so is
//! none of theirs and tells nothing. Which file stands beside which clip is not decided here.

use serde::{Deserialize, Serialize};

use super::{Dialect, Key, Metadata, Origin, stated};
use crate::front_matter::{self, Value};

/// What a file beside a clip states of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The name of that file.
    pub file: String,
    /// What it states, in the form of [`super::Field`]'s values.
    pub fields: Vec<(Key, Vec<String>)>,
}

/// What MaoXian calls its file.
pub const MAOXIAN: &str = "index.json";
/// What a Textbundle calls its file.
pub const TEXTBUNDLE: &str = "info.json";

impl Beside {
    /// Reads a file of that name. `None` when it is damaged, is something else, or tells nothing.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let pairs = front_matter::json_object(text.trim_start_matches('\u{feff}'))?;
        let object = Object(&pairs);
        let stated: &[(Key, &str)] = match file {
            MAOXIAN if object.is_of_maoxian() => {
                &[(Key::Title, "title"), (Key::SourceUrl, "link"), (Key::Saved, "created_at"), (Key::Tags, "tags")]
            }
            TEXTBUNDLE if matches!(object.get("version"), Some(Value::Number(_))) => &[(Key::SourceUrl, "sourceURL")],
            _ => return None,
        };
        let fields = stated.iter().filter_map(|(key, name)| {
            let values = stated::values(*key, object.get(name)?, Dialect::MaoXian);
            (!values.is_empty()).then_some((*key, values))
        });
        let fields: Vec<_> = fields.collect();
        (!fields.is_empty()).then(|| Self { file: file.to_owned(), fields })
    }

    /// What of it counted when the clip was read with it: what the clip does not state itself.
    #[must_use]
    pub fn counting(mut self, metadata: &Metadata) -> Option<Self> {
        let counts = |key: Key| metadata.get(key).is_some_and(|field| matches!(field.origin, Origin::Beside { .. }));
        self.fields.retain(|(key, _)| counts(*key));
        (!self.fields.is_empty()).then_some(self)
    }

    /// Where its values come from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin::Beside { file: self.file.clone() }
    }
}

/// The object that the file is.
struct Object<'a>(&'a [(String, Value)]);

impl Object<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether MaoXian wrote it for a clip that is Markdown: it saves pages as HTML, too.
    fn is_of_maoxian(&self) -> bool {
        let is_markdown = self.get("format").and_then(Value::as_text).is_none_or(|format| format == "md");
        is_markdown && self.get("clipId").is_some() && matches!(self.get("link"), Some(Value::Link(_)))
    }
}
