//! Which of the files that come in together tells about which clip: MaoXian's `index.json`, a
//! Textbundle's `info.json`.
//!
//! Start at [`Tellers::of`]. Paths alone are looked at, all before any file is read, as the file may
//! come before its clip or after it. What it tells is [`Beside`]'s to read, in the room of one clip.

use std::collections::{BTreeMap, BTreeSet};

use crate::clip::metadata::{Beside, MAOXIAN, TEXTBUNDLE};
use crate::library::path::{Sorted, name, sort};

/// The files that tell about clips, by their places in the list of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tellers {
    of_clip: BTreeMap<usize, usize>,
    all: BTreeSet<usize>,
}

/// A longer file is not read, in bytes: MaoXian lists all pictures of a clip in it, a line for each.
const MOST_BYTES: u64 = 64 * 1024;

/// What is in a folder that has a file of one of the two names.
#[derive(Default)]
struct Folder {
    clips: usize,
    maoxian: Option<usize>,
    textbundle: Option<usize>,
}

impl Tellers {
    /// Finds them among these files, each with its path and length. The file tells about the clip
    /// that has the name for it, or about the only one of its folder.
    #[must_use]
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, u64)> + Clone) -> Self {
        let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
        for (at, (path, size)) in files.clone().enumerate().filter(|(_, (_, size))| *size <= MOST_BYTES) {
            let is_in_place = || sort(path, size) == Sorted::Sidecar;
            match name(path) {
                MAOXIAN if is_in_place() => folders.entry(folder(path)).or_default().maoxian = Some(at),
                TEXTBUNDLE if is_in_place() => folders.entry(folder(path)).or_default().textbundle = Some(at),
                _ => {}
            }
        }
        let mut clips = Vec::new();
        if !folders.is_empty() {
            for (at, (path, size)) in files.enumerate() {
                if let Some(folder) = folders.get_mut(folder(path))
                    && sort(path, size) == Sorted::Clip
                {
                    folder.clips += 1;
                    clips.push((at, path));
                }
            }
        }
        let mut tellers = Self::default();
        for (at, path) in clips {
            let Some(folder) = folders.get(folder(path)) else { continue };
            let is_called = |stem: &str| name(path).rsplit_once('.').is_some_and(|(own, _)| own == stem);
            let tells = |stem: &str| folder.clips == 1 || is_called(stem);
            let maoxian = folder.maoxian.filter(|_| tells("index"));
            if let Some(teller) = maoxian.or(folder.textbundle.filter(|_| tells("text"))) {
                tellers.of_clip.insert(at, teller);
                tellers.all.insert(teller);
            }
        }
        tellers
    }

    /// Which file tells about that clip.
    #[must_use]
    pub fn beside(&self, clip: usize) -> Option<usize> {
        self.of_clip.get(&clip).copied()
    }

    /// Whether that file tells about a clip, and so is read with it.
    #[must_use]
    pub fn contain(&self, file: usize) -> bool {
        self.all.contains(&file)
    }
}

/// What the file at that path tells.
#[must_use]
pub fn read(path: &str, bytes: &[u8]) -> Option<Beside> {
    Beside::read(name(path), bytes)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
