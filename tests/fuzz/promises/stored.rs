//! Every stored record: any text is read or rejected, and what was read, written and read again is
//! the same.

use std::fmt::Debug;

use clip_viewer::library::highlight::Highlights;
use clip_viewer::library::linked::Linked;
use clip_viewer::library::{Entry, Library};
use clip_viewer::session::saved::{KeptText, Saved};
use clip_viewer::session::{ClipState, Session};

/// Reads the input as each of the records.
pub fn keep(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    comes_back::<Session>(&text);
    comes_back::<Entry>(&text);
    comes_back::<KeptText>(&text);
    comes_back::<Linked>(&text);
    comes_back::<Highlights>(&text);
    if let Some(state) = comes_back::<ClipState>(&text) {
        assert!((0.0..=1.0).contains(&state.progress), "{}", state.progress);
        assert!((0.0..=1.0).contains(&state.position.within), "{}", state.position.within);
    }
    // The list is written in another order than it has, so it is compared row by row.
    let Some((library, again)) = read_twice::<Library>(&text) else { return };
    assert_eq!(library.len(), again.len());
    for row in library.rows() {
        assert_eq!(again.get(&row.entry.id), Some(row));
        assert!((0.0..=1.0).contains(&row.standing.progress), "{}", row.standing.progress);
    }
}

fn comes_back<T: Saved + PartialEq + Debug>(text: &str) -> Option<T> {
    let (read, again) = read_twice::<T>(text)?;
    assert_eq!(read, again);
    Some(read)
}

/// The record, and the same after it was written and read; `None` when it is rejected, with a reason.
fn read_twice<T: Saved + Debug>(text: &str) -> Option<(T, T)> {
    let read = match T::read(text) {
        Ok(read) => read,
        Err(rejected) => {
            assert!(!rejected.to_string().is_empty(), "rejected without a reason");
            return None;
        }
    };
    let written = read.write().unwrap_or_else(|error| panic!("{read:?} can't be written: {error}"));
    let again = T::read(&written).unwrap_or_else(|error| panic!("{written} can't be read: {error}"));
    Some((read, again))
}
