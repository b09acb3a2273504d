//! What a file is, by its path alone: the one place that decides it.
//!
//! Start at [`sort`]. The bytes may say otherwise; whoever reads them judges again
//! (`library::intake`). A suffix that no one uses for files is part of a title: “Mr. Smith”.

use super::name;

/// What a file is, by its path and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// Text that can be read as a clip.
    Clip,
    /// A picture that a clip may show.
    Picture,
    /// A zip archive, to be opened.
    Archive,
    /// What a clipper writes beside its clips, for programs.
    Sidecar,
    /// What nobody means to bring, with what it is: “a hidden file”.
    Junk(&'static str),
    /// Something else, with what it is: “a PDF”.
    Other(&'static str),
}

impl Sorted {
    /// Why a file of that name does not come in; `None` for what comes in, and for what nobody
    /// means to bring, which is passed over without a word.
    #[must_use]
    pub fn why_not(self, name: &str) -> Option<String> {
        match self {
            Self::Other(what) => Some(format!("“{name}” is {what}, not a clip or a picture.")),
            Self::Clip | Self::Picture | Self::Archive | Self::Sidecar | Self::Junk(_) => None,
        }
    }
}

/// The suffixes, in lower case, and what a file with one of them is.
const SUFFIXES: [(&str, Sorted); 22] = [
    ("md markdown mdown mkd mkdn mdwn txt text", Sorted::Clip),
    ("png jpg jpeg jfif jpe gif webp avif svg bmp ico apng tif tiff", Sorted::Picture),
    ("zip textpack", Sorted::Archive),
    ("json", Sorted::Sidecar),
    ("tmp crdownload part partial download swp bak", Sorted::Junk("an unfinished or temporary file")),
    ("pdf", Sorted::Other("a PDF")),
    ("html htm xhtml mhtml mht webarchive maff", Sorted::Other("a web page")),
    ("epub mobi azw azw3 fb2", Sorted::Other("an e-book")),
    ("mp4 m4v mov webm mkv avi ogv mpg mpeg wmv flv", Sorted::Other("a video")),
    ("mp3 m4a aac wav ogg oga opus flac wma aiff", Sorted::Other("a sound recording")),
    ("ttf otf woff woff2 eot ttc", Sorted::Other("a font")),
    ("doc docx odt rtf pages wps", Sorted::Other("a text document of an office program")),
    ("xls xlsx ods csv tsv numbers", Sorted::Other("a table")),
    ("ppt pptx odp key", Sorted::Other("a presentation")),
    ("heic heif psd raw cr2 dng ai eps xcf jxl jp2", Sorted::Other("a picture that browsers cannot show")),
    ("7z rar tar gz tgz bz2 xz zst lz4", Sorted::Other("an archive that is not a zip")),
    ("css scss less", Sorted::Other("a style sheet")),
    ("js mjs cjs ts jsx tsx wasm py rb sh bat ps1 c h cpp rs go java php lua", Sorted::Other("a program text")),
    ("exe dll msi app dmg pkg deb rpm apk jar iso", Sorted::Other("a program")),
    ("xml opml rss atom plist yaml yml toml ini conf log", Sorted::Other("a file for programs")),
    ("db sqlite sqlite3 mdb enex", Sorted::Other("a database")),
    ("canvas excalidraw drawio base url webloc lnk desktop", Sorted::Other("a file of another program")),
];

/// Says what a file is, by its path (as [`super::clean`] gives it) and length in bytes.
#[must_use]
pub fn sort(path: &str, size_bytes: u64) -> Sorted {
    if let Some(junk) = junk_folder(path) {
        return Sorted::Junk(junk);
    }
    let name = name(path);
    if let Some(junk) = junk_name(name, size_bytes) {
        return Sorted::Junk(junk);
    }
    let Some(suffix) = suffix(name) else {
        return Sorted::Clip;
    };
    SUFFIXES
        .iter()
        .find(|(known, _)| known.split(' ').any(|known| known.eq_ignore_ascii_case(suffix)))
        .map_or(Sorted::Other("a file of an unknown kind"), |(_, sorted)| *sorted)
}

/// The letters after the last dot; `None` when they are no suffix of a file.
fn suffix(name: &str) -> Option<&str> {
    let (_, suffix) = name.rsplit_once('.')?;
    let is_one = matches!(suffix.len(), 1..=10)
        && suffix.bytes().all(|b| b.is_ascii_alphanumeric())
        && suffix.bytes().any(|b| b.is_ascii_alphabetic());
    is_one.then_some(suffix)
}

/// What a path is that lies in a folder of rubbish, or is hidden.
fn junk_folder(path: &str) -> Option<&'static str> {
    path.split('/').find_map(|part| match part {
        "__MACOSX" => Some("a shadow file of macOS"),
        ".obsidian" => Some("a setting of Obsidian"),
        "node_modules" => Some("a part of a program"),
        hidden if hidden.starts_with('.') => Some("a hidden file"),
        _ => None,
    })
}

/// What a file is whose own name says that nobody wants it.
fn junk_name(name: &str, size_bytes: u64) -> Option<&'static str> {
    if ["thumbs.db", "desktop.ini", "ehthumbs.db"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Some("a file of Windows");
    }
    if name.starts_with("~$") {
        return Some("a lock of an office program");
    }
    // MaoXian puts the title of a clip into the name of an empty file beside it.
    (size_bytes == 0 && name.starts_with("a-title_")).then_some("a title file of MaoXian")
}
