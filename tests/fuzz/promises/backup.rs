//! A backup: any parts at all are sorted without a loss that is not told, and to take the same backup
//! over twice changes nothing.
//!
//! An input is a line for each part: its path, a tab, its bytes.

use std::collections::BTreeSet;

use clip_viewer::library::backup::{
    self, AssetRecord, ClipRecord, Part, Restorable, Salvage, Side, arranged, merge, restorable, root,
};

/// Reads the input as a backup whose records are what its lines say.
pub fn keep(input: &[u8]) {
    let mut salvage = Salvage::default();
    let mut paths = Vec::new();
    for line in input.split(|byte| *byte == b'\n') {
        let tab = line.iter().position(|byte| *byte == b'\t').unwrap_or(line.len());
        let (path, bytes) = line.split_at(tab);
        let (path, bytes) = (String::from_utf8_lossy(path), bytes.get(1..).unwrap_or_default());
        if let Some(part) = Part::parse(&path) {
            assert_eq!(part.path(), path, "a part has one path");
            take(&mut salvage, part, bytes);
        }
        paths.push(path.into_owned());
    }
    if let Some(root) = root(paths.iter().map(String::as_str)) {
        assert!(root.is_empty() || root.ends_with('/') && root.matches('/').count() == 1, "{root:?}");
    }
    let parts: BTreeSet<String> = salvage.parts.iter().map(Part::path).collect();
    let found = restorable(salvage.clone());
    nothing_is_lost_untold(&salvage, &found, &parts);
    twice_is_once(&found.clips);
    what_is_arranged_is_a_backup(found.clips, found.assets);
}

/// Takes what a part says, as the reader of archives does: a record that is damaged is no part.
fn take(salvage: &mut Salvage, part: Part, bytes: &[u8]) {
    match &part {
        Part::Manifest => match backup::read_manifest(bytes) {
            Ok(Some(manifest)) => {
                let written = serde_json::to_vec(&manifest).expect("a manifest is JSON");
                let again = backup::read_manifest(&written).expect("it is no newer than it was");
                assert_eq!(again.as_ref(), Some(&manifest));
                salvage.manifest = Some(manifest);
            }
            Ok(None) => return,
            Err(newer) => return assert!(newer.to_string().contains("newer version")),
        },
        Part::ClipRecord(_) => match serde_json::from_slice::<ClipRecord>(bytes) {
            Ok(record) => salvage.clips.push(record),
            Err(_) => return,
        },
        Part::AssetRecord(_) => match serde_json::from_slice::<AssetRecord>(bytes) {
            Ok(record) => salvage.assets.push(record),
            Err(_) => return,
        },
        Part::Clip(_) | Part::Asset(_) => {}
    }
    salvage.parts.push(part);
}

/// Every file that is whole comes in, and everything that ought to be there and is not is told.
fn nothing_is_lost_untold(salvage: &Salvage, found: &Restorable, parts: &BTreeSet<String>) {
    let clip = |file: &String| Part::Clip(file.clone()).path();
    let asset = |file: &String| Part::Asset(file.clone()).path();
    let mut restored: BTreeSet<String> = found.clips.iter().map(|record| clip(&record.file)).collect();
    restored.extend(found.bare_clips.iter().map(clip));
    restored.extend(found.assets.iter().map(|record| asset(&record.file)));
    restored.extend(found.bare_assets.iter().map(asset));
    assert!(restored.is_subset(parts), "what is not there was restored");
    for part in &salvage.parts {
        let is_file = matches!(part, Part::Clip(_) | Part::Asset(_));
        assert!(!is_file || restored.contains(&part.path()), "a file was forgotten: {part:?}");
    }
    let lost: BTreeSet<&String> = found.lost.iter().collect();
    assert!(lost.iter().all(|path| !parts.contains(*path)), "what is there was called lost");
    for record in &salvage.clips {
        let path = clip(&record.file);
        assert!(parts.contains(&path) || lost.contains(&path), "a lost text was not told: {path}");
    }
}

/// A backup that is taken over twice is as if it were taken over once.
fn twice_is_once(theirs: &[ClipRecord]) {
    let once: Vec<ClipRecord> = merge(Vec::new(), theirs.to_vec()).into_iter().map(|clip| clip.record).collect();
    let mut ids = BTreeSet::new();
    assert!(once.iter().all(|record| ids.insert(&record.id)), "a clip is there twice");
    let twice = merge(once.clone(), theirs.to_vec());
    assert!(twice.iter().all(|clip| clip.text == Side::Mine && clip.state == Side::Mine && !clip.is_new));
    let twice: Vec<ClipRecord> = twice.into_iter().map(|clip| clip.record).collect();
    assert_eq!(once, twice);
}

/// What is written of any records is a backup that loses nothing.
fn what_is_arranged_is_a_backup(mut clips: Vec<ClipRecord>, mut assets: Vec<AssetRecord>) {
    // The library has each clip once.
    let mut ids = BTreeSet::new();
    clips.retain(|record| ids.insert(record.id.clone()));
    let parts = arranged(&mut clips, &mut assets);
    let mut paths = BTreeSet::new();
    for part in &parts {
        let path = part.path();
        assert_eq!(Part::parse(&path).as_ref(), Some(part), "a part that would not be read back");
        assert!(paths.insert(path), "two parts of one path: {part:?}");
    }
    let (count_clips, count_assets) = (clips.len(), assets.len());
    let found = restorable(Salvage { manifest: None, clips, assets, parts });
    assert_eq!((found.clips.len(), found.assets.len()), (count_clips, count_assets), "a record lost its file");
    assert!(found.lost.is_empty() && found.bare_clips.is_empty() && found.bare_assets.is_empty());
}
