//! Which of the pictures that came in a clip means by a reference.
//!
//! Start at [`choose`]: it goes down a ladder of rules, the surest first, and takes the first that
//! answers. References are written by many programs: with either slash, percent signs, queries,
//! Obsidian's bare names, hashes for names. A wrong picture is worse than none, so names that every
//! folder has (`image.png`) count only where they stand.

use super::Asset;
use super::fold::{decoded, fold};
use crate::library::ClipId;

/// Where a clip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Who it is.
    pub id: &'a ClipId,
    /// The folder of its file within its import, without a slash at its end; empty at the root.
    pub folder: &'a str,
    /// The batch that it came in with.
    pub import: u64,
}

/// The drawers in which a reference's picture may lie: its name, its name with percent signs read,
/// and the hash in it. Empty for an address of the web.
#[must_use]
pub fn keys(reference: &str) -> Vec<String> {
    let mut found = Vec::new();
    for form in Forms::of(reference).iter().flat_map(Forms::all) {
        add_keys(&mut found, form);
    }
    found
}

/// The drawers of an asset that stands at `path`.
#[must_use]
pub fn asset_keys(path: &str) -> Vec<String> {
    let mut found = Vec::new();
    add_keys(&mut found, path);
    add_keys(&mut found, &decoded(path));
    found
}

/// The path that other programs read in a reference to the asset at `path`: from the folder of the
/// clip, or from the root when it begins with a slash. `None` for an address of the web.
#[must_use]
pub fn meant_path(reference: &str, path: &str) -> Option<String> {
    let forms = Forms::of(reference)?;
    let read: Vec<String> = forms.written.iter().rev().map(|form| decoded(form).replace('\\', "/")).collect();
    let name = fold(base(&decoded(path)));
    // What looks like a query or a fragment may be a part of the name.
    let of_that_name = read.iter().find(|form| fold(base(form)) == name);
    of_that_name.or(read.first()).cloned()
}

fn add_keys(found: &mut Vec<String>, path: &str) {
    let name = fold(base(path));
    let digest = hash(&name).map(str::to_owned);
    for key in [Some(name), digest].into_iter().flatten() {
        if !key.is_empty() && !found.contains(&key) {
            found.push(key);
        }
    }
}

/// A reference as it may have been meant, the likeliest first. A name may hold `?` and `#` or end
/// there, and its percent signs may be its own.
struct Forms {
    written: Vec<String>,
    decoded: Vec<String>,
}

impl Forms {
    /// `None` for an address of the web and for what cannot be a path.
    fn of(reference: &str) -> Option<Self> {
        let path = bare(reference)?;
        let cut = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        let mut written = vec![path];
        if written.first() != Some(&cut) && !cut.is_empty() {
            written.push(cut);
        }
        let mut forms = Self { written, decoded: Vec::new() };
        for form in forms.written.iter().rev() {
            let text = decoded(form).replace('\\', "/");
            if !forms.written.contains(&text) && !forms.decoded.contains(&text) {
                forms.decoded.push(text);
            }
        }
        Some(forms)
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.written.iter().chain(&self.decoded)
    }
}

/// A reference without what is put around it, with `/` between its parts.
fn bare(reference: &str) -> Option<String> {
    let mut path = reference.trim();
    let wiki = path.strip_prefix('!').unwrap_or(path).strip_prefix("[[").and_then(|p| p.strip_suffix("]]"));
    if let Some(inner) = wiki {
        path = inner.split('|').next().unwrap_or(inner).trim_end_matches('\\').trim();
    }
    path = path.strip_prefix('<').and_then(|p| p.strip_suffix('>')).unwrap_or(path);
    let path = path.replace('\\', "/");
    let scheme = path.split_once(':').map(|(before, _)| before);
    let has_scheme = scheme.is_some_and(|s| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    let path = match (scheme, has_scheme) {
        (Some("file"), _) => path.get(5..)?.trim_start_matches('/').to_owned(),
        // The letter of a drive.
        (Some(drive), true) if drive.len() == 1 => path.get(2..)?.to_owned(),
        // A name may hold a colon, but an address of the web has no picture here.
        (Some(_), true) => return None,
        _ if path.starts_with("//") => return None,
        _ => path,
    };
    (!path.trim_matches(['/', '.']).is_empty()).then_some(path)
}

/// The path that a reference names from a folder; `None` when it leaves the root.
fn joined(folder: &str, reference: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let from = if reference.starts_with('/') { "" } else { folder };
    for part in from.split('/').chain(reference.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The last part of a path.
fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A run of 32, 40 or 64 hexadecimal digits, as MD5, SHA-1 and SHA-256 are written.
fn hash(name: &str) -> Option<&str> {
    name.split(|c: char| !c.is_ascii_hexdigit()).find(|run| matches!(run.len(), 32 | 40 | 64))
}

/// The asset that a clip means by a reference, of those that [`keys`] led to.
#[must_use]
pub fn choose<'a>(reference: &str, clip: &Place<'_>, candidates: &'a [Asset]) -> Option<&'a Asset> {
    let forms = Forms::of(reference)?;
    let ladder = Ladder { clip, candidates };
    let paths = |forms: &[String]| -> Vec<String> { forms.iter().filter_map(|f| joined(clip.folder, f)).collect() };
    let (written, read) = (paths(&forms.written), paths(&forms.decoded));
    let names: Vec<String> = forms.all().map(|form| fold(base(form))).filter(|name| !name.is_empty()).collect();
    let folded: Vec<String> = written.iter().chain(&read).map(|path| fold(path)).collect();
    // A reference that leaves the root has no path, but what is left of it may end as one does.
    let tails: Vec<String> = if folded.is_empty() { forms.all().map(|f| fold(f)).collect() } else { folded.clone() };
    ladder
        .at(&written, |asset| asset.path.clone())
        .or_else(|| ladder.at(&read, |asset| asset.path.clone()))
        .or_else(|| ladder.at(&folded, |asset| fold(&asset.path)))
        .or_else(|| ladder.at(&folded, folded_path))
        .or_else(|| ladder.by_tail(&tails))
        .or_else(|| ladder.by_name_beside(&names))
        .or_else(|| ladder.newest(|asset| asset.near.as_ref() == Some(clip.id) && is_named(asset, &names)))
        .or_else(|| ladder.by_hash(&names))
        .or_else(|| ladder.by_rare_name(&names))
}

/// An asset's path as it is compared loosely.
fn folded_path(asset: &Asset) -> String {
    fold(&decoded(&asset.path))
}

fn is_named(asset: &Asset, names: &[String]) -> bool {
    let (as_is, read) = (fold(base(&asset.path)), folded_path(asset));
    names.iter().any(|name| *name == as_is || name == base(&read))
}

/// The rules, each over the same candidates.
struct Ladder<'c, 'a> {
    clip: &'c Place<'c>,
    candidates: &'a [Asset],
}

impl<'a> Ladder<'_, 'a> {
    /// The best of those that fit: of the clip's own import, else of the newest. The path decides
    /// between two of one import, so that the answer does not hang on the order of the candidates.
    fn newest(&self, fits: impl Fn(&Asset) -> bool) -> Option<&'a Asset> {
        let fitting = self.candidates.iter().filter(|asset| fits(asset));
        fitting.max_by(|a, b| {
            let rank = |asset: &Asset| (asset.import == self.clip.import, asset.import);
            rank(a).cmp(&rank(b)).then_with(|| b.path.cmp(&a.path)).then_with(|| a.id.cmp(&b.id))
        })
    }

    /// The asset at one of those paths, the first path first.
    fn at(&self, paths: &[String], path_of: impl Fn(&Asset) -> String) -> Option<&'a Asset> {
        let beside = |path: &String| self.newest(|asset| asset.import == self.clip.import && path_of(asset) == *path);
        let anywhere = |path: &String| self.newest(|asset| path_of(asset) == *path);
        paths.iter().find_map(beside).or_else(|| paths.iter().find_map(anywhere))
    }

    /// The asset whose path ends most like one of these: in two parts at least.
    fn by_tail(&self, tails: &[String]) -> Option<&'a Asset> {
        let shared = |asset: &Asset| {
            let path = folded_path(asset);
            tails.iter().map(|tail| common_parts(tail, &path)).max().unwrap_or_default()
        };
        let most = self.candidates.iter().map(shared).max().filter(|most| *most >= 2)?;
        let found = self.newest(|asset| shared(asset) == most)?;
        // `assets/1.png` is in many folders: then it takes more than to be the newest.
        let path = folded_path(found);
        let has_own_name = path.rsplit('/').take(most).any(is_distinctive);
        (has_own_name || self.all_same(|asset| shared(asset) == most)).then_some(found)
    }

    /// The asset of that name that came with the clip, where only one did.
    fn by_name_beside(&self, names: &[String]) -> Option<&'a Asset> {
        let fits = |asset: &Asset| asset.import == self.clip.import && is_named(asset, names);
        self.newest(fits).filter(|_| self.all_same(fits))
    }

    fn by_hash(&self, names: &[String]) -> Option<&'a Asset> {
        let hashes: Vec<&str> = names.iter().filter_map(|name| hash(name)).collect();
        self.newest(|asset| hash(&fold(base(&asset.path))).is_some_and(|found| hashes.contains(&found)))
    }

    /// The asset of that name from anywhere, when no other file is likely to be called so.
    fn by_rare_name(&self, names: &[String]) -> Option<&'a Asset> {
        let rare: Vec<String> = names.iter().filter(|name| is_distinctive(name)).cloned().collect();
        let fits = |asset: &Asset| is_named(asset, &rare);
        self.newest(fits).filter(|_| self.all_same(fits))
    }

    /// Whether those that fit are one picture, be it in several places.
    fn all_same(&self, fits: impl Fn(&Asset) -> bool) -> bool {
        let mut fitting = self.candidates.iter().filter(|asset| fits(asset));
        let first = fitting.next();
        fitting.all(|asset| first.is_some_and(|first| first.id == asset.id))
    }
}

/// How many parts two paths have in common at their ends.
fn common_parts(a: &str, b: &str) -> usize {
    let is_part = |part: &&str| !matches!(*part, "" | "." | "..");
    a.rsplit('/').filter(is_part).zip(b.rsplit('/').filter(is_part)).take_while(|(a, b)| a == b).count()
}

/// Whether a name tells one file from all others: it is long, or has a long run of digits.
fn is_distinctive(name: &str) -> bool {
    const LONG_COLUMNS: usize = 16;
    const LONG_RUN: usize = 8;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_run = |run: &str| run.len() >= LONG_RUN && run.bytes().any(|b| b.is_ascii_digit());
    crate::clip::letters::width(stem) >= LONG_COLUMNS || stem.split(|c: char| !c.is_ascii_hexdigit()).any(is_run)
}
