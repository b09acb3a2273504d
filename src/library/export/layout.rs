//! Where clips and their pictures stand in a folder that is to open anywhere: each clip at its own
//! path, each picture where the clip's reference leads.
//!
//! Start at [`layout`]. References that climb out of the folder put all clips into a folder deeper;
//! a clip whose picture would take the place of another one goes into a folder of its own, with all
//! of its pictures.

use std::collections::BTreeMap;

use super::{Named, file_names};
use crate::library::ContentId;
use crate::library::asset::meant_path;
use crate::library::path;

/// How far a reference may climb out: clippers write `../assets/`, more is no folder of clips.
const MOST_CLIMBED: usize = 3;
/// How many folders are tried for a clip.
const MOST_FOLDERS: usize = 1000;

/// A picture that a clip means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// How the clip names it.
    pub reference: String,
    /// Where it stood when it came in.
    pub path: String,
    /// What its bytes are.
    pub picture: ContentId,
}

/// A clip that is to stand there.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// What its file can be named after.
    pub named: Named<'a>,
    /// Its pictures.
    pub pictures: &'a [Meant],
}

/// Where everything stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The path of each clip, in the order in which they were given.
    pub clips: Vec<String>,
    /// The path of each picture, and what its bytes are.
    pub pictures: Vec<(String, ContentId)>,
    /// The references of clips, by their numbers, that do not lead to their picture.
    pub astray: Vec<(usize, String)>,
}

/// Gives each file its place.
#[must_use]
pub fn layout(clips: &[Held<'_>]) -> Layout {
    let names = file_names(&clips.iter().map(|clip| clip.named).collect::<Vec<_>>());
    let climbed = clips.iter().zip(&names).flat_map(|(clip, name)| clip.pictures.iter().map(|one| led_to(name, one).1));
    let root = "clips/".repeat(climbed.filter(|climbed| *climbed <= MOST_CLIMBED).max().unwrap_or_default());
    let mut taken = Taken::default();
    let mut layout = Layout::default();
    for (number, (clip, name)) in clips.iter().zip(&names).enumerate() {
        let own = |folder: usize| if folder == 1 { format!("{root}{name}") } else { format!("{root}{folder}/{name}") };
        let fitting = (1..=MOST_FOLDERS).map(own).find(|own| {
            taken.is_free(own) && clip.pictures.iter().all(|one| place(own, one).is_none_or(|at| taken.takes(&at, one)))
        });
        let own = fitting.unwrap_or_else(|| own(1));
        taken.0.insert(own.to_lowercase(), None);
        for one in clip.pictures {
            let led = place(&own, one).filter(|at| taken.takes(at, one));
            if led.is_none() {
                layout.astray.push((number, one.reference.clone()));
            }
            // Beside the clip, it is found by its name at least.
            let beside = || path::join(path::folder(&own), path::name(&one.path)).filter(|at| taken.takes(at, one));
            let Some(at) = led.or_else(beside) else { continue };
            if taken.0.insert(at.to_lowercase(), Some(one.picture.clone())).is_none() {
                layout.pictures.push((at, one.picture.clone()));
            }
        }
        layout.clips.push(own);
    }
    layout
}

/// The paths that something stands at, in lower case; `None` for a clip.
#[derive(Default)]
struct Taken(BTreeMap<String, Option<ContentId>>);

impl Taken {
    fn is_free(&self, at: &str) -> bool {
        !self.0.contains_key(&at.to_lowercase())
    }

    /// Whether that picture can stand there, or does.
    fn takes(&self, at: &str, one: &Meant) -> bool {
        self.0.get(&at.to_lowercase()).is_none_or(|there| there.as_ref() == Some(&one.picture))
    }
}

/// Where the reference of a clip at that path leads; `None` when that can be no place.
fn place(clip: &str, one: &Meant) -> Option<String> {
    match led_to(clip, one) {
        (path, 0) => path::clean(&path).ok(),
        _ => None,
    }
}

/// Where a reference leads, and how far it climbs above the root on its way.
fn led_to(clip: &str, one: &Meant) -> (String, usize) {
    let Some(meant) = meant_path(&one.reference, &one.path) else { return (String::new(), usize::MAX) };
    let from = if meant.starts_with('/') { "" } else { path::folder(clip) };
    let (mut parts, mut climbed) = (Vec::new(), 0);
    for part in from.split('/').chain(meant.split('/')) {
        match part {
            "" | "." => {}
            ".." => climbed += usize::from(parts.pop().is_none()),
            part => parts.push(part),
        }
    }
    (parts.join("/"), climbed)
}
