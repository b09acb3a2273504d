//! Finding among MANY clips by what is written in them: the query, the index, the hits, the marks.
//!
//! Text is folded once ([`mod@fold`]): one folded character for each of the source, so that a place
//! in the folded text is a place in the text. A query ([`Query::parse`]) is looked for by scanning
//! ([`mod@matches`]), the same way in Chinese and in English, and no inverted index is kept: at the
//! speed of `memmem` a library is read faster than a key is typed. Start at [`Search`].
//!
//! Nothing here may know where a clip's text is stored or which thread it runs in.

pub mod fold;
pub mod index;
mod letters;
pub mod matches;
pub mod query;
pub mod run;
pub mod snippet;

pub use fold::{fold, fold_into};
pub use index::{Described, Document, Index};
pub use matches::{Finder, find_in};
pub use query::{Field, FieldTerm, Query, Term};
pub use run::{Hit, Progress, Search};
pub use snippet::{Part, Snippet, marks, snippet};
