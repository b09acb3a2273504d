//! Zip archives: what comes in, what doesn't and why, and that nothing in one can do harm.

mod building;
mod hostile;
mod writing;

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use clip_viewer::library::archive::{Archive, ArchiveError, MAX_ENTRIES};
use proptest::prelude::*;

use building::{Stored, crc_32, deflated, stored, zip, zip_with};

/// An archive as one text: its files with their bytes or what is wrong with them, then every
/// sentence; or the one sentence of why it does not open.
fn told(bytes: &[u8]) -> Vec<String> {
    let archive = match Archive::open(Cursor::new(bytes), "drop.zip") {
        Ok(archive) => archive,
        Err(error) => return vec![format!("! {error}")],
    };
    let mut told = Vec::new();
    for entry in archive.entries() {
        told.push(match archive.read(entry.index) {
            Ok(bytes) => format!("{} = {}", entry.path, String::from_utf8_lossy(&bytes)),
            Err(error) => format!("{} ! {error}", entry.path),
        });
    }
    told.extend(archive.refused().iter().map(|refused| format!("- {refused}")));
    told.extend(archive.renamed().iter().map(|renamed| format!("~ {renamed}")));
    told
}

#[track_caller]
fn check(bytes: &[u8], expected: &[&str]) {
    assert_eq!(told(bytes), expected);
}

const DAMAGED: &str = "a.md ! “a.md” in “drop.zip” is damaged and left out. Download or copy the archive again.";
const INCOMPLETE: &str = "! “drop.zip” is an incomplete or damaged zip. Download or copy it again.";

#[test]
fn stored_and_deflated_files_open() {
    check(&zip(&[stored("a.md", b"one"), deflated("b/c.md", b"two")]), &["a.md = one", "b/c.md = two"]);
}

#[test]
fn folders_are_no_files() {
    check(&zip(&[stored("c/", b""), stored("c\\d\\", b""), stored("c/a.md", b"one")]), &["c/a.md = one"]);
}

#[test]
fn paths_stay_inside() {
    let outside = |name: &str| format!("- “{name}” points outside the folder that it came in, so it is left out.");
    let bytes = zip(&[
        stored("../evil.md", b"1"),
        stored("a/../../evil.md", b"2"),
        stored("..\\..\\evil.md", b"3"),
        stored("/abs.md", b"4"),
        stored("C:\\x\\drive.md", b"5"),
        stored("//server/share/x.md", b"6"),
        stored("nul\0.md", b"7"),
        stored("%2e%2e/evil.md", b"8"),
    ]);
    let (first, second, third) = (outside("../evil.md"), outside("a/../../evil.md"), outside("..\\..\\evil.md"));
    check(
        &bytes,
        &[
            "abs.md = 4",
            "x/drive.md = 5",
            "server/share/x.md = 6",
            "nul.md = 7",
            "%2e%2e/evil.md = 8",
            &first,
            &second,
            &third,
        ],
    );
}

#[test]
fn names_that_are_too_long_are_told_shortly() {
    let told = told(&zip(&[stored(&"x".repeat(60_000), b"1"), stored(&"字".repeat(340), b"2"), stored("ok.md", b"3")]));
    assert_eq!(told.len(), 3);
    assert!(told[0].starts_with("字字") && told[0].ends_with(" = 2"), "1,020 bytes are not too many");
    assert!(told[2].starts_with("- “xxxx") && told[2].contains("too long") && told[2].len() < 300, "{}", told[2]);
}

#[test]
fn what_needs_a_password_a_method_or_a_link_is_told() {
    let bytes = zip(&[
        Stored { flags: 0x801, ..deflated("secret.md", b"1") },
        Stored { method: 12, ..stored("b.md", b"2") },
        Stored { method: 9, ..stored("d.md", b"3") },
        Stored { method: 77, ..stored("u.md", b"3") },
        Stored { made_by: 3 << 8 | 20, attributes: 0o120_777 << 16, ..stored("link.md", b"/etc/passwd") },
        stored("ok.md", b"4"),
    ]);
    check(
        &bytes,
        &[
            "ok.md = 4",
            "- “secret.md” is password-protected. Unpack the archive with its password and drop the files.",
            "- “b.md” is compressed with bzip2, which can't be opened here. Pack the files again as a common zip.",
            "- “d.md” is compressed with Deflate64, which can't be opened here. Pack the files again as a common zip.",
            "- “u.md” is compressed with a method of the number 77, which can't be opened here. Pack the files again as a common zip.",
            "- “link.md” is a link to another file. Links in archives are not followed.",
        ],
    );
}

#[test]
fn archives_inside_are_told_once() {
    let bytes = zip(&[stored("x.zip", b"1"), stored("a.md", b"2"), stored("y.TextPack", b"3"), stored("z.zip", b"4")]);
    let told = "- “x.zip” and 2 more are archives inside the archive and are not opened. Unpack what you need and drop it by itself.";
    check(&bytes, &["a.md = 2", told]);
}

#[test]
fn a_wrong_checksum_or_stream_spoils_one_file_alone() {
    check(&zip(&[Stored { crc: 1, ..deflated("a.md", b"one") }, stored("b.md", b"two")]), &[DAMAGED, "b.md = two"]);
    let broken = Stored { data: vec![0xff; 50], ..deflated("a.md", b"one") };
    check(&zip(&[broken, stored("b.md", b"two")]), &[DAMAGED, "b.md = two"]);
    let mut cut = deflated("a.md", &[b'x'; 5000]);
    cut.data.truncate(10);
    check(&zip(&[cut, stored("b.md", b"two")]), &[DAMAGED, "b.md = two"]);
}

#[test]
fn lengths_are_not_believed() {
    let text = vec![b'A'; 3_000_000];
    for size in [0, 10, 2_999_999, 3_000_001, 9_000_000] {
        check(&zip(&[Stored { size, ..deflated("a.md", &text) }, stored("b.md", b"two")]), &[DAMAGED, "b.md = two"]);
    }
    check(&zip(&[Stored { size: 4, ..stored("a.md", b"one") }]), &[DAMAGED]);
    // The last entry claims to go on into the list.
    check(&zip(&[Stored { packed: Some(90_000), size: 90_000, ..stored("a.md", b"one") }]), &[DAMAGED]);
    let huge = Stored { size: 0xffff_fff0, ..deflated("a.md", b"one") };
    check(&zip(&[huge]), &["- “a.md” has 4096 MB; files of up to 50 MB can be taken out of an archive."]);
}

#[test]
fn files_that_overlap_are_a_reason_to_open_none() {
    let kernel = zip_with(&[(deflated("a.md", b"one"), None), (deflated("b.md", b"one"), Some(0))], b"");
    check(&kernel, &["! “drop.zip” is not opened: its files, such as “a.md”, overlap, as no honest archive's do."]);
    // One file claims the bytes of the next one, header and all.
    let quoting = Stored { packed: Some(60), size: 60, ..stored("a.md", b"one") };
    let expected = "! “drop.zip” is not opened: its files, such as “a.md”, overlap, as no honest archive's do.";
    check(&zip(&[quoting, stored("b.md", &[b'x'; 100])]), &[expected]);
    // Only the local header tells that the data begins later.
    let mut late = zip(&[stored("a.md", b"one"), stored("b.md", b"two")]);
    late[28] = 20;
    check(&late, &[DAMAGED, "b.md = two"]);
}

#[test]
fn only_a_large_file_may_not_grow_out_of_nothing() {
    let bytes = zip(&[deflated("a.md", &[b'A'; 12_000_000]), stored("b.md", b"two")]);
    let expected = "- “a.md” would grow to 12 MB out of almost nothing, as no clip or picture does, so it is left out.";
    check(&bytes, &["b.md = two", expected]);
    let lines = "重复的行\n".repeat(50_000);
    let archive = Archive::open(Cursor::new(zip(&[deflated("a.md", lines.as_bytes())])), "drop.zip").unwrap();
    assert_eq!(archive.read(0).unwrap(), lines.as_bytes());
}

#[test]
fn namesakes_are_both_listed() {
    let bytes = zip(&[
        stored("d/a.md", b"1"),
        stored("d/a.md", b"2"),
        stored("d/A.md", b"3"),
        stored("d/a.md", b"4"),
        stored("d.x/readme", b"5"),
        stored("d.x/readme", b"6"),
        // Equal to look at, but the letter and its mark stand apart.
        stored("\u{e9}.md", b"7"),
        stored("e\u{301}.md", b"8"),
    ]);
    let renamed = |path: &str, listed: &str| {
        format!("~ There are several files “{path}” in the archive; one of them is listed as “{listed}”.")
    };
    check(
        &bytes,
        &[
            "d/a.md = 1",
            "d/a (2).md = 2",
            "d/A.md = 3",
            "d/a (3).md = 4",
            "d.x/readme = 5",
            "d.x/readme (2) = 6",
            "\u{e9}.md = 7",
            "e\u{301}.md = 8",
            &renamed("d/a.md", "d/a (2).md"),
            &renamed("d/a.md", "d/a (3).md"),
            &renamed("d.x/readme", "d.x/readme (2)"),
        ],
    );
}

#[test]
fn junk_is_no_reason_for_a_sentence() {
    check(
        &zip(&[
            Stored { flags: 1, ..stored("__MACOSX/._a.md", b"x") },
            Stored { method: 14, ..stored(".DS_Store", b"x") },
            stored("a.md", b"one"),
        ]),
        &["a.md = one"],
    );
}

/// Names in an encoding of before, without the flag of UTF-8.
#[track_caller]
fn check_names(label: &str, names: &[&str]) {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let entries: Vec<Stored> = names
        .iter()
        .map(|name| Stored { name: encoding.encode(name).0.into_owned(), flags: 0, ..stored("", b"x") })
        .collect();
    let archive = Archive::open(Cursor::new(zip(&entries)), "drop.zip").unwrap();
    let listed: Vec<&str> = archive.entries().iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(listed, names, "{label}");
}

#[test]
fn names_of_old_windows_are_decoded_together() {
    check_names("gbk", &["剪藏/文章.md", "剪藏/assets/a.png"]);
    check_names("gbk", &["我的剪藏/如何看待这个问题.md", "我的剪藏/苏州的雨.md"]);
    // The second byte of both 「ソ」 and 「表」 is a backslash.
    check_names("shift_jis", &["記事/ソースの表.md", "記事/朝の町はまだ静か.md"]);
    check_names("big5", &["我的文章/如何看待這個問題.md", "我的文章/功能.md"]);
    check_names("euc-kr", &["이야기/아침의 도시는 아직 조용하다.md"]);
    check_names("windows-1251", &["Истории/Утром город ещё спал.md"]);
    check_names("ibm866", &["Истории/Утром город ещё спал.md"]);
    check_names("windows-1252", &["Café.md", "Été/Crème brûlée.md"]);
    check_names("utf-8", &["剪藏/文章.md"]);
}

#[test]
fn a_name_may_be_given_in_utf_8_beside_the_old_one() {
    let field = |name: &[u8], text: &str| {
        let mut field = vec![0x75, 0x70];
        field.extend((5 + text.len() as u16).to_le_bytes());
        field.push(1);
        field.extend(crc_32(name).to_le_bytes());
        field.extend(text.as_bytes());
        field
    };
    let entry = |name: &[u8], about: &[u8], text: &str| Stored {
        name: name.to_vec(),
        extra: field(about, text),
        ..stored("", b"one")
    };
    check(&zip(&[entry(b"_.md", b"_.md", "文章.md")]), &["文章.md = one"]);
    check(&zip(&[entry(b"renamed.md", b"_.md", "文章.md")]), &["renamed.md = one"]);
    check(&zip(&[entry(b"_.md", b"_.md", &"x".repeat(2000))]), &["_.md = one"]);
}

#[test]
fn archives_that_are_not_whole_say_so() {
    let whole = zip(&[deflated("a.md", b"one"), deflated("b.md", b"two")]);
    for length in [4, 30, 100, whole.len() - 30, whole.len() - 1] {
        check(&whole[..length], &[INCOMPLETE]);
    }
    check(b"", &["! “drop.zip” is an empty archive: there is nothing to read in it."]);
    check(&zip(&[]), &["! “drop.zip” is an empty archive: there is nothing to read in it."]);
    let text = "! “drop.zip” is not a zip archive. Drop the clip files themselves, or pack them as a zip.";
    check(b"# A clip\n", &[text]);
    // The beginning is cut off, so the list is there but the first file is not.
    assert!(told(&whole[20..])[0].ends_with(&DAMAGED[7..]), "{:?}", told(&whole[20..]));
}

#[test]
fn more_files_told_than_listed_are_missed() {
    let mut bytes = zip(&[stored("a.md", b"one")]);
    let end = bytes.len() - 22;
    bytes[end + 8] = 3;
    bytes[end + 10] = 3;
    let missing =
        "- The list of the files in the archive breaks off: 2 of them could not be found. Download or copy it again.";
    check(&bytes, &["a.md = one", missing]);
}

#[test]
fn what_stands_around_an_archive_does_not_matter() {
    let plain = zip(&[stored("a.md", b"one")]);
    let mut prefixed = b"MZ".to_vec();
    prefixed.extend([0; 1000]);
    prefixed.extend(&plain);
    check(&prefixed, &["a.md = one"]);
    check(&zip_with(&[(stored("a.md", b"one"), None)], b"a comment"), &["a.md = one"]);
    let mut followed = plain.clone();
    followed.extend(b"\r\n\r\n");
    check(&followed, &["a.md = one"]);
}

#[test]
fn a_comment_is_no_list_of_files() {
    let mut record = b"PK\x05\x06".to_vec();
    record.extend([0; 18]);
    check(&zip_with(&[(stored("a.md", b"one"), None)], &record), &["a.md = one"]);
    // Nor is a whole archive, as its offsets don't fit.
    let mut other = zip(&[stored("evil.md", b"evil")]);
    check(&zip_with(&[(stored("a.md", b"one"), None)], &other), &["a.md = one"]);
    // Made to fit, either could be meant.
    let before = zip(&[stored("a.md", b"one")]).len() as u8;
    let end = other.len() - 22;
    let directory_at = usize::from(other[end + 16]);
    other[directory_at + 42] = before;
    other[end + 16] += before;
    let told = told(&zip_with(&[(stored("a.md", b"one"), None)], &other));
    assert!(told.len() == 1 && told[0].starts_with("! “drop.zip” has two lists of its files"), "{told:?}");
}

#[test]
fn an_archive_inside_is_not_taken_for_the_whole() {
    let inner = zip(&[stored("inner.md", b"one")]);
    let outer = zip(&[stored("a.md", b"one"), stored("inner.zip", &inner)]);
    let at = outer.windows(inner.len()).position(|window| window == inner).unwrap();
    check(&outer[..at + inner.len()], &[INCOMPLETE]);
}

#[test]
fn the_time_of_a_file_is_known() {
    let archive = Archive::open(Cursor::new(zip(&[stored("a.md", b"one")])), "drop.zip").unwrap();
    // The first of January 2024, as the builder writes it.
    assert_eq!(archive.entries()[0].modified_ms, Some(1_704_067_200_000));
}

#[test]
fn too_many_files_are_counted_not_listed() {
    let entries: Vec<Stored> = (0..=MAX_ENTRIES).map(|number| stored(&format!("{number}.md"), b"")).collect();
    let sentence = "! “drop.zip” has 20001 files; archives of up to 20,000 can be opened. Unpack it and drop its folders one after another.";
    let mut bytes = zip(&entries);
    check(&bytes, &[sentence]);
    // The count in the record is not believed either.
    let end = bytes.len() - 22;
    bytes[end + 10..end + 12].copy_from_slice(&[1, 0]);
    check(&bytes, &[sentence]);
    assert_eq!(told(&zip(&entries[1..])).len(), MAX_ENTRIES);
}

#[test]
fn too_much_in_all_is_refused() {
    let entries: Vec<Stored> = (0..50)
        .map(|number| Stored {
            size: 50_000_000,
            ..Stored { data: vec![0; 600_000], method: 8, ..stored(&format!("{number}.md"), b"") }
        })
        .collect();
    let sentence = "! “drop.zip” unpacks to 2385 MB; archives of up to 2,048 MB can be opened. Unpack it and drop its folders one after another.";
    check(&zip(&entries), &[sentence]);
}

#[test]
fn zip_64_is_read() {
    // Made by hand: the lengths and the count stand in the records of Zip64 alone.
    let mut field = vec![1, 0, 16, 0];
    field.extend(3u64.to_le_bytes());
    field.extend(3u64.to_le_bytes());
    let entry = Stored { extra: field, size: 0xffff_ffff, packed: Some(0xffff_ffff), ..stored("a.md", b"one") };
    let plain = zip(&[entry]);
    let (body, end) = plain.split_at(plain.len() - 22);
    let directory_bytes = u64::from(u32::from_le_bytes(end[12..16].try_into().unwrap()));
    let mut bytes = body.to_vec();
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [1, 1, directory_bytes, body.len() as u64 - directory_bytes] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend((body.len() as u64).to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    check(&bytes, &["a.md = one"]);
}

/// A file that is a gigabyte of nothing with an archive at its end, and fails when it is read whole.
struct Vast {
    tail: Cursor<Vec<u8>>,
    before: u64,
    at: u64,
    asked_bytes: u64,
}

impl Read for Vast {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.asked_bytes += buffer.len() as u64;
        assert!(self.asked_bytes < 1_000_000, "too much of the file was read");
        let Some(inside) = self.at.checked_sub(self.before) else {
            let most = (self.before - self.at).min(buffer.len() as u64) as usize;
            buffer[..most].fill(0);
            self.at += most as u64;
            return Ok(most);
        };
        self.tail.set_position(inside);
        let read = self.tail.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Vast {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let length = self.before + self.tail.get_ref().len() as u64;
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => length.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

#[test]
fn only_what_is_asked_for_is_read() {
    let bytes = zip(&[deflated("a.md", b"one"), deflated("b.md", b"two")]);
    let vast = Vast { tail: Cursor::new(bytes), before: 1 << 30, at: 0, asked_bytes: 0 };
    let archive = Archive::open(vast, "drop.zip").unwrap();
    assert_eq!(archive.read(1).unwrap(), b"two");
    assert!(matches!(archive.read(2), Err(ArchiveError::Damaged { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        told(&bytes);
    }

    #[test]
    fn any_damage_is_answered(changes in proptest::collection::vec((0usize..400, any::<u8>()), 1..8), cut in 0usize..60) {
        let mut bytes = zip(&[
            deflated("a.md", &[b'x'; 300]),
            Stored { flags: 0, name: b"\xbc\xf4\xb2\xd8.md".to_vec(), ..deflated("", b"two") },
            stored("../c.md", b"three"),
        ]);
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(30)));
        told(&bytes);
    }
}
