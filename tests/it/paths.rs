//! Paths: that none leads outside, what a name says of a file, and which names are equal.

use clip_viewer::library::path::{BadPath, Sorted, clean, folder, join, name, shown, sort};
use proptest::prelude::*;

#[track_caller]
fn check(raw: &str, cleaned: &str) {
    assert_eq!(clean(raw).as_deref(), Ok(cleaned), "{raw:?}");
}

#[test]
fn paths_have_one_form() {
    check("a/b.md", "a/b.md");
    check("a\\b.md", "a/b.md");
    check("./a//b/./c.md/", "a/b/c.md");
    check("a/./b/../c.md", "a/c.md");
    check("a/../b.md", "b.md");
    check("/etc/x.md", "etc/x.md");
    check("C:\\x.md", "x.md");
    check("/c:/d:/x.md", "x.md");
    check("//server/share/x.md", "server/share/x.md");
    check("a\0b\u{7}\n.md", "ab.md");
    check("\u{202e}gnp.md", "gnp.md");
    check("%2e%2e/evil.md", "%2e%2e/evil.md");
    check("a:b.md", "a:b.md");
    check("CON.md", "CON.md");
    check("...", "...");
    check(&"x".repeat(1024), &"x".repeat(1024));
}

#[test]
fn paths_that_lead_outside_are_refused() {
    for raw in ["..", "../a", "a/../../b", "..\\a", "/../a", "C:/../a", ".\u{202e}./a", ".\0./a", "a/b/../../../c"] {
        assert!(matches!(clean(raw), Err(BadPath::Outside(_))), "{raw:?}");
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    for raw in ["", ".", "/", "a/..", "\u{200f}", "C:"] {
        assert!(matches!(clean(raw), Err(BadPath::Empty(_))), "{raw:?}");
    }
    let error = clean(&"字/".repeat(400)).unwrap_err();
    assert!(matches!(error, BadPath::TooLong(_)));
    assert!(error.to_string().chars().count() < 220, "{error}");
}

#[test]
fn parts_of_paths() {
    assert_eq!((folder("a/b/c.md"), name("a/b/c.md")), ("a/b", "c.md"));
    assert_eq!((folder("c.md"), name("c.md")), ("", "c.md"));
    assert_eq!(shown("a\u{202e}\nb"), "ab");
}

#[test]
fn relative_paths_are_joined() {
    let check = |folder: &str, relative: &str, path: Option<&str>| {
        assert_eq!(join(folder, relative).as_deref(), path, "{folder:?} {relative:?}");
    };
    check("a/b", "c.png", Some("a/b/c.png"));
    check("a/b", "../c.png", Some("a/c.png"));
    check("a/b", "..\\..\\c.png", Some("c.png"));
    check("a/b", "../../../c.png", None);
    check("", "c.png", Some("c.png"));
    check("", "../c.png", None);
    check("a/b", "/c.png", Some("c.png"));
    check("a", "", Some("a"));
}

#[track_caller]
fn check_sorted(sorted: Sorted, paths: &[&str]) {
    for path in paths {
        assert_eq!(sort(path, 100), sorted, "{path}");
    }
}

#[test]
fn names_say_what_a_file_is() {
    check_sorted(
        Sorted::Clip,
        &["a.md", "a/B.MARKDOWN", "a.txt", "README", "x.textbundle/text.md", "Mr. Smith", "Notes 2024.05.01"],
    );
    check_sorted(Sorted::Picture, &["a.png", "assets/A.JPG", "a.svg", "a.webp", "a.avif"]);
    check_sorted(Sorted::Archive, &["a.zip", "a.TextPack"]);
    check_sorted(Sorted::Sidecar, &["c/index.json", "x.textbundle/info.json"]);
    check_sorted(Sorted::Junk("a hidden file"), &[".DS_Store", ".git/config", "a/.hidden.md"]);
    check_sorted(Sorted::Junk("a shadow file of macOS"), &["__MACOSX/c/._a.md"]);
    check_sorted(Sorted::Junk("a setting of Obsidian"), &["vault/.obsidian/app.json"]);
    check_sorted(Sorted::Junk("a part of a program"), &["site/node_modules/x/README.md"]);
    check_sorted(Sorted::Junk("a file of Windows"), &["Thumbs.db", "a/Desktop.ini"]);
    check_sorted(Sorted::Junk("a lock of an office program"), &["~$report.docx"]);
    check_sorted(Sorted::Junk("an unfinished or temporary file"), &["a.tmp", "a.md.crdownload"]);
    check_sorted(Sorted::Other("a PDF"), &["a.pdf"]);
    check_sorted(Sorted::Other("a web page"), &["a.html", "a.MHTML"]);
    check_sorted(Sorted::Other("a file of an unknown kind"), &["a.qqq"]);
    assert_eq!(sort("c/a-title_Some page", 0), Sorted::Junk("a title file of MaoXian"));
    assert_eq!(sort("c/a-title_Some page.md", 100), Sorted::Clip);
}

proptest! {
    #[test]
    fn no_path_leads_outside(raw in "(\\.|/|\\\\|:|C|a|\0|\u{202e}|文|%2e| ){0,40}") {
        if let Ok(path) = clean(&raw) {
            prop_assert!(!path.starts_with('/') && !path.contains(['\\', '\0']) && !path.is_empty());
            prop_assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")));
            prop_assert_eq!(clean(&path), Ok(path));
        }
    }

    #[test]
    fn any_text_is_answered(raw in "\\PC{0,60}|.{0,60}", other in ".{0,20}", size in any::<u64>()) {
        let joined = join(&raw, &other);
        prop_assert!(joined.is_none_or(|path| path.split('/').all(|part| !matches!(part, "" | "." | ".."))));
        prop_assert_eq!(sort(&raw, size), sort(&raw, size));
        prop_assert!(shown(&raw).chars().count() <= 81);
    }
}
