//! What an export holds: which pictures a clip means, and where everything stands.

use clip_viewer::clip::{self, Options};
use clip_viewer::library::ContentId;
use clip_viewer::library::asset::meant_path;
use clip_viewer::library::export::{Held, Layout, Meant, Named, layout};
use clip_viewer::library::room::room_used;

fn id(picture: &str) -> ContentId {
    ContentId::of(picture.as_bytes())
}

/// Clips of path and pictures, each picture a reference and its bytes.
type Clips<'a> = &'a [(&'a str, &'a [(&'a str, &'a str)])];

fn laid_out(clips: Clips<'_>) -> Layout {
    let meant = |(reference, bytes): &(&str, &str)| {
        let cut = reference.split('?').next().unwrap();
        let path = cut.rsplit(['/', '\\']).next().unwrap().replace("%20", " ");
        Meant { reference: (*reference).to_owned(), path, picture: id(bytes) }
    };
    let pictures: Vec<Vec<Meant>> = clips.iter().map(|(_, pictures)| pictures.iter().map(meant).collect()).collect();
    let held: Vec<Held<'_>> = clips
        .iter()
        .zip(&pictures)
        .map(|((path, _), pictures)| Held { named: Named { path, title: "A title" }, pictures })
        .collect();
    layout(&held)
}

#[track_caller]
fn check(clips: Clips<'_>, files: &[&str], pictures: &[(&str, &str)], astray: &[(usize, &str)]) {
    let found = laid_out(clips);
    assert_eq!(found.clips, files);
    let expected: Vec<(String, ContentId)> =
        pictures.iter().map(|(path, bytes)| ((*path).to_owned(), id(bytes))).collect();
    assert_eq!(found.pictures, expected);
    let expected: Vec<(usize, String)> = astray.iter().map(|(clip, path)| (*clip, (*path).to_owned())).collect();
    assert_eq!(found.astray, expected);
}

#[test]
fn a_picture_stands_where_its_reference_leads() {
    check(&[("a.md", &[("assets/1.png", "p")])], &["a.md"], &[("assets/1.png", "p")], &[]);
    check(&[("x/a.md", &[("./img/a%20b.png?v=2", "p")])], &["x/a.md"], &[("x/img/a b.png", "p")], &[]);
    check(
        &[("x/y/a.md", &[("../1.png", "p"), ("/2.png", "q")])],
        &["x/y/a.md"],
        &[("x/1.png", "p"), ("2.png", "q")],
        &[],
    );
    check(&[("x/a.md", &[("img\\1.png", "p")])], &["x/a.md"], &[("x/img/1.png", "p")], &[]);
    check(&[("", &[("![[1.png]]", "p")])], &["a-title.md"], &[("1.png", "p")], &[]);
    check(&[("a.md", &[])], &["a.md"], &[], &[]);
}

#[test]
fn one_picture_of_two_clips_stands_there_once() {
    let both: Clips<'_> = &[("x/a.md", &[("i/1.png", "p")]), ("x/b.md", &[("i/1.png", "p")])];
    check(both, &["x/a.md", "x/b.md"], &[("x/i/1.png", "p")], &[]);
}

#[test]
fn a_reference_out_of_the_folder_puts_the_clips_deeper() {
    let both: Clips<'_> = &[("a.md", &[("../assets/1.png", "p")]), ("b.md", &[("2.png", "q")])];
    check(both, &["clips/a.md", "clips/b.md"], &[("assets/1.png", "p"), ("clips/2.png", "q")], &[]);
    check(&[("x/a.md", &[("../../1.png", "p")])], &["clips/x/a.md"], &[("1.png", "p")], &[]);
    // Nobody climbs so far: the picture stands beside the clip.
    check(&[("a.md", &[("../../../../1.png", "p")])], &["a.md"], &[("1.png", "p")], &[(0, "../../../../1.png")]);
}

#[test]
fn a_clip_whose_picture_has_no_room_gets_a_folder_of_its_own() {
    let both: Clips<'_> =
        &[("a.md", &[("i/1.png", "p"), ("i/2.png", "r")]), ("b.md", &[("i/1.PNG", "q"), ("i/2.png", "r")])];
    let pictures = [("i/1.png", "p"), ("i/2.png", "r"), ("2/i/1.PNG", "q"), ("2/i/2.png", "r")];
    check(both, &["a.md", "2/b.md"], &pictures, &[]);
    // What is meant from the root has one place only.
    let both: Clips<'_> = &[("a.md", &[("/1.png", "p")]), ("x/b.md", &[("/1.png", "q")])];
    check(both, &["a.md", "x/b.md"], &[("1.png", "p"), ("x/1.png", "q")], &[(1, "/1.png")]);
}

#[test]
fn no_two_files_stand_at_one_place() {
    let all: Clips<'_> =
        &[("a.md", &[("a.md", "p")]), ("2/b.md", &[]), ("B.md", &[("i.png", "p")]), ("b.md", &[("i.png", "q")])];
    let found = laid_out(all);
    let paths = found.clips.iter().chain(found.pictures.iter().map(|(path, _)| path));
    let mut paths: Vec<String> = paths.map(|path| path.to_lowercase()).collect();
    let count = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), count, "{found:?}");
}

#[track_caller]
fn check_meant(reference: &str, path: &str, expected: Option<&str>) {
    assert_eq!(meant_path(reference, path).as_deref(), expected);
}

#[test]
fn a_reference_is_read_as_other_programs_read_it() {
    check_meant("a%20b.png", "x/a b.png", Some("a b.png"));
    check_meant("1.png?v=2#top", "1.png", Some("1.png"));
    check_meant("C%23.png", "C#.png", Some("C#.png"));
    // A fragment that is a part of the name.
    check_meant("C#.png", "C#.png", Some("C#.png"));
    check_meant("<i\\1.png>", "1.png", Some("i/1.png"));
    check_meant("https://example.org/1.png", "1.png", None);
}

#[test]
fn a_body_tells_its_pictures_each_once() {
    let text = "![a](i/b%20c.png) ![](i/a.png \"t\") ![again](i/a.png)\n\n<p><img src='x&amp;y.png'></p>\n\n\
                ![far](https://example.org/far.png) `![no](no.png)` ![[note.png]]\n";
    let clip = clip::parse(text.as_bytes(), &Options::default());
    assert_eq!(clip.body.asset_references(), ["i/a.png", "i/b%20c.png", "note.png", "x&y.png"]);
}

#[test]
fn room_is_told_in_short_numbers() {
    const MB: f64 = 1024.0 * 1024.0;
    let told = |used: f64, quota: f64| room_used(used * MB, quota * MB);
    assert_eq!(told(212.2, 10240.0), "212 MB used of 10 GB in this browser");
    assert_eq!(told(0.0, 1536.0), "Less than 0.1 MB used of 1.5 GB in this browser");
    assert_eq!(told(3.0, 5.25), "3 MB used of 5.2 MB in this browser");
    assert_eq!(told(9.96, 999.9), "10 MB used of 1 GB in this browser");
}
