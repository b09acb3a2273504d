//! The clips that stand in the page or stood there just now, as elements: going back to one of
//! them costs neither reading nor laying out anew.

use std::sync::Arc;

use crate::browser::body::Taken;
use crate::browser::remote::Unseen;
use crate::engine::ClipView;
use crate::library::ClipId;

/// How many clips are kept beside the one in the page.
const MOST: usize = 3;
/// How much markup they have together at most, in bytes; elements take about ten times as much.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A clip whose chunks are elements.
#[derive(Debug, Clone)]
pub struct OnPage {
    /// Who it is.
    pub id: ClipId,
    /// What its bytes are.
    pub hash: ClipId,
    /// Its file.
    pub name: String,
    /// All but its body.
    pub view: Arc<ClipView>,
    /// Its pictures that are not to be seen.
    pub unseen: Unseen,
    /// Whether only its beginning is understood yet.
    pub provisional: bool,
    /// Whether all of its chunks are there.
    pub whole: bool,
    /// How long those are together, in bytes.
    pub body_bytes: usize,
}

impl OnPage {
    /// A clip none of whose chunks is there yet.
    #[must_use]
    pub fn new(id: ClipId, hash: ClipId, name: String, view: Arc<ClipView>, provisional: bool) -> Self {
        Self { id, hash, name, view, unseen: Unseen::default(), provisional, whole: false, body_bytes: 0 }
    }
}

/// The clip in the page, and those before it, the newest last.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The clip whose chunks stand in the page.
    pub on_page: Option<OnPage>,
    aside: Vec<(OnPage, Taken)>,
}

impl Shelf {
    fn at_hand(&self) -> impl Iterator<Item = &OnPage> {
        let whole = self.on_page.iter().filter(|clip| clip.whole);
        whole.chain(self.aside.iter().map(|(clip, _)| clip))
    }

    /// What is at hand, by its bytes.
    #[must_use]
    pub fn hashes(&self) -> Vec<ClipId> {
        self.at_hand().map(|clip| clip.hash.clone()).collect()
    }

    /// Who has these bytes and is at hand.
    #[must_use]
    pub fn with_hash(&self, hash: &ClipId) -> Option<ClipId> {
        self.at_hand().find(|clip| clip.hash == *hash).map(|clip| clip.id.clone())
    }

    /// What is known of that clip, when it is at hand.
    #[must_use]
    pub fn view(&self, id: &ClipId) -> Option<Arc<ClipView>> {
        self.at_hand().find(|clip| clip.id == *id).map(|clip| clip.view.clone())
    }

    /// Whether that clip is at hand.
    #[must_use]
    pub fn has(&self, id: &ClipId) -> bool {
        self.at_hand().any(|clip| clip.id == *id)
    }

    /// The page was emptied: what stood there is kept if all of it was there and it is not too long.
    pub fn put_aside(&mut self, chunks: Option<Taken>) {
        let clip = self.on_page.take().filter(|clip| clip.whole && clip.body_bytes <= MOST_BYTES);
        if let (Some(clip), Some(chunks)) = (clip, chunks) {
            self.forget(&clip.id);
            self.aside.push((clip, chunks));
            self.make_room();
        }
    }

    fn make_room(&mut self) {
        let total = |aside: &[(OnPage, Taken)]| aside.iter().map(|(clip, _)| clip.body_bytes).sum::<usize>();
        while self.aside.len() > MOST || total(&self.aside) > MOST_BYTES {
            self.aside.remove(0);
        }
    }

    /// Takes a clip off the shelf.
    pub fn fetch(&mut self, id: &ClipId) -> Option<(OnPage, Taken)> {
        let at = self.aside.iter().position(|(clip, _)| clip.id == *id)?;
        Some(self.aside.remove(at))
    }

    /// Forgets the elements of a clip that were put aside.
    pub fn forget(&mut self, id: &ClipId) {
        self.aside.retain(|(clip, _)| clip.id != *id);
    }

    /// Forgets that a clip is at hand, wherever it stands.
    pub fn remove(&mut self, id: &ClipId) {
        self.forget(id);
        if let Some(clip) = self.on_page.as_mut().filter(|clip| clip.id == *id) {
            clip.whole = false;
        }
    }
}
