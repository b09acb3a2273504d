//! Archives that are written here: read back with the reader, and how long it takes.

use std::io::{self, Cursor, Write};
use std::time::Instant;

use clip_viewer::library::archive::write::{WriteError, Writer};
use clip_viewer::library::archive::{Archive, MAX_ENTRIES, RATIO_FROM_BYTES};
use proptest::prelude::*;

/// A time after 1980, on a second.
const SOME_TIME_MS: u64 = 1_700_000_001_000;

#[track_caller]
fn check(files: &[(&str, &[u8], Option<u64>)]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    for (path, bytes, modified_ms) in files {
        writer.add(path, bytes, *modified_ms).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let archive = Archive::open(Cursor::new(&bytes), "backup.zip").unwrap();
    assert!(archive.refused().is_empty() && archive.renamed().is_empty());
    assert_eq!(archive.entries().len(), files.len());
    for (entry, (path, content, modified_ms)) in archive.entries().iter().zip(files) {
        assert_eq!((&entry.path.as_str(), entry.size_bytes), (path, content.len() as u64));
        assert_eq!(archive.read(entry.index).unwrap(), *content, "{path}");
        if let Some(modified_ms) = modified_ms {
            assert_eq!(entry.modified_ms, Some(*modified_ms), "{path}");
        }
    }
    bytes
}

#[test]
fn what_is_written_is_read() {
    let text = "一行文字\n".repeat(1000);
    check(&[
        ("剪藏/文章.md", text.as_bytes(), Some(SOME_TIME_MS)),
        ("empty.md", b"", None),
        ("é.txt", b"x", Some(0)),
        ("a/b/c.png", &[7; 5000], Some(SOME_TIME_MS)),
    ]);
}

#[test]
fn text_shrinks_and_pictures_stay_as_they_are() {
    let same = [b'x'; 5000];
    assert!(check(&[("a.md", &same, None)]).len() < 300);
    assert!(check(&[("a.svg", &same, None)]).len() < 300);
    let picture = check(&[("a.png", &same, None)]);
    assert!(picture.windows(5000).any(|window| window == same));
}

#[test]
fn what_would_look_like_an_attack_is_not_packed() {
    let dense = vec![b'x'; RATIO_FROM_BYTES as usize + 1];
    assert!(check(&[("a.md", &dense, None)]).len() > dense.len());
}

#[test]
fn other_programs_read_it() {
    // Python's reader is of another family; it is asked where there is one.
    let bytes = check(&[("剪藏/文章.md", b"one one one one one one", Some(SOME_TIME_MS)), ("b.png", b"two", None)]);
    let folder = std::env::temp_dir().join(format!("clip-viewer-written-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("backup.zip");
    std::fs::write(&path, bytes).unwrap();
    let script = "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                  assert z.namelist()==['\\u526a\\u85cf/\\u6587\\u7ae0.md','b.png'], z.namelist(); \
                  assert z.infolist()[0].date_time==(2023,11,14,22,13,20), z.infolist()[0].date_time";
    let output = std::process::Command::new("python3").args(["-c", script]).arg(&path).output();
    std::fs::remove_dir_all(&folder).unwrap();
    if let Ok(output) = output {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn bad_paths_and_full_archives_are_told() {
    let mut writer = Writer::new(io::sink());
    assert!(matches!(writer.add("../a.md", b"x", None), Err(WriteError::Path(_))));
    assert!(matches!(writer.add("a.md", &vec![0; 60_000_000], None), Err(WriteError::TooLarge(_))));
    for number in 0..MAX_ENTRIES {
        writer.add(&format!("{number}.md"), b"", None).unwrap();
    }
    assert!(!writer.has_room_for(0));
    assert!(matches!(writer.add("a.md", b"", None), Err(WriteError::Full)));
}

/// Takes no more than so many bytes.
struct Small(usize);

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| io::Error::other("the disk is full"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told() {
    let error = Writer::new(Small(10)).add("a.md", b"one", None).unwrap_err();
    assert_eq!(error.to_string(), "The archive could not be written: the disk is full");
}

/// Not a promise but a guard: a thousand articles have to come out within seconds on any machine.
#[test]
fn a_thousand_articles_come_out_quickly() {
    let mut writer = Writer::new(Vec::new());
    let mut state = 1u32;
    for number in 0..1000 {
        let mut text = String::new();
        while text.len() < 20_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(["the ", "reader ", "词语", "，", "of ", "clip", "\n", "evening "][(state >> 29) as usize]);
        }
        writer.add(&format!("articles/{number}.md"), text.as_bytes(), None).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let begun = Instant::now();
    let archive = Archive::open(Cursor::new(&bytes), "backup.zip").unwrap();
    let opened = begun.elapsed();
    let total: usize = archive.entries().iter().map(|entry| archive.read(entry.index).unwrap().len()).sum();
    let taken = begun.elapsed();
    println!("1,000 entries of 20 kB: opened in {opened:?}, all read in {taken:?}");
    assert!(total >= 20_000_000 && taken.as_secs() < 10);
}

proptest! {
    #[test]
    fn anything_comes_back(files in proptest::collection::btree_map("[a-z]{1,8}(/[a-z文]{1,4}){0,2}\\.(md|png)", proptest::collection::vec(any::<u8>(), 0..2000), 1..6)) {
        let files: Vec<(&str, &[u8], Option<u64>)> =
            files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice(), Some(SOME_TIME_MS))).collect();
        check(&files);
    }
}
