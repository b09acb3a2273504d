//! The core used natively: `cargo run --release --example clip -- outline|metadata|html|report FILE`.
//!
//! `outline` prints `level TAB text TAB line` for each section, `metadata` prints `key TAB value`,
//! `html` the safe body, `report` everything but the text as JSON. An unreadable file is one line
//! on standard error and exit status 2.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clip_viewer::clip::{self, Clip, Options};

const USAGE: &str = "usage: clip outline|metadata|html|report FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, file] = arguments.as_slice() else {
        return refuse(USAGE);
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(&format!("“{file}” can't be read: {error}.")),
    };
    let file_name = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
    let clip = clip::parse(&bytes, &Options { file_name, ..Options::default() });
    let printed = match what.as_str() {
        "outline" => outline(&clip),
        "metadata" => metadata(&clip),
        "html" => clip.body.chunks.join("\n") + "\n",
        "report" => report(clip),
        _ => return refuse(USAGE),
    };
    // A reader that stops early, as `head` does, is no failure.
    match std::io::stdout().write_all(printed.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("nothing can be printed: {error}.")),
    }
}

fn refuse(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}

fn outline(clip: &Clip) -> String {
    let line = |h: &clip::Heading| format!("{}\t{}\t{}\n", h.level, h.text, h.line);
    clip.outline.sections().map(line).collect()
}

fn metadata(clip: &Clip) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = |f: &clip::metadata::Field| format!("{}\t{}\n", f.key.name(), one_line(&f.values.join(", ")));
    clip.metadata.fields.iter().map(line).collect()
}

fn report(mut clip: Clip) -> String {
    clip.source.text.clear();
    clip.body.chunks.clear();
    serde_json::to_string_pretty(&clip).unwrap_or_default() + "\n"
}
