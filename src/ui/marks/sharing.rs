//! Highlights out into files, and in again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::importing;
use super::super::say::say;
use super::{address, keep};
use crate::browser::file::{DroppedFile, Walked};
use crate::browser::{clock, download, store};
use crate::library::highlight::all::Group;
use crate::library::highlight::annotation::Incoming;
use crate::library::highlight::{Highlights, Source, annotation, incoming, markdown, marked, time};
use crate::session::saved::Saved;
use crate::ui::context::{Reader, Tone};

/// What a file of highlights is called, without its ending.
fn file_name(groups: &[Group]) -> String {
    let day = time::day(clock::now_ms());
    match groups {
        [one] => {
            let title: String =
                one.source.title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
            format!("highlights-{}", title.trim_matches('-'))
        }
        _ => format!("highlights-{day}"),
    }
}

/// Has highlights saved as Markdown.
pub fn save_markdown(reader: Reader, groups: &[Group]) {
    let template = reader.session.with_untracked(|session| session.marking.template.clone());
    let template = template.as_deref().unwrap_or(markdown::TEMPLATE);
    let each = groups
        .iter()
        .map(|group| markdown::write(template, &group.source, &group.highlights, |one| address(&group.clip, &one.id)));
    let text = each.collect::<Vec<_>>().join("\n");
    reader.told(download::save_bytes(text.as_bytes(), "text/markdown", &format!("{}.md", file_name(groups))));
}

/// Has highlights saved as Web Annotations.
pub fn save_annotations(reader: Reader, groups: &[Group]) {
    let told = groups.iter().map(|group| (&group.clip, &group.source, group.highlights.as_slice()));
    let text = annotation::write(told);
    reader.told(download::save_bytes(text.as_bytes(), "application/json", &format!("{}.json", file_name(groups))));
}

/// The open clip with its highlights.
#[must_use]
pub fn open_group(reader: Reader) -> Option<Group> {
    let clip = reader.open_id()?;
    let entry = reader.library.with_untracked(|library| library.get(&clip).map(|row| row.entry.clone()))?;
    let highlights = reader.marks.here.with_untracked(|here| here.live().cloned().collect());
    Some(Group { clip, source: Source::from(&*entry), highlights })
}

/// Has the open clip's own file saved with its highlights in it.
pub fn save_marked(reader: Reader) {
    let Some(group) = open_group(reader) else { return };
    spawn_local(async move {
        let bytes = reader.told(store::text(&group.clip).await).flatten();
        let Some(source) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return reader.tell(Tone::Problem, say!(marks.no_file));
        };
        let marked = marked::marked(&source, &group.highlights);
        let name = reader.library.with_untracked(|library| {
            library.get(&group.clip).map(|row| row.entry.file_name().to_owned()).unwrap_or_default()
        });
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        reader.told(download::save_bytes(marked.as_bytes(), "text/markdown", &format!("{stem} (highlighted).md")));
    });
}

/// Whether a file may hold highlights, by its name.
#[must_use]
pub fn may_hold(file: &DroppedFile) -> bool {
    let name = file.path().to_lowercase();
    let name = name.rsplit('/').next().unwrap_or_default();
    name.ends_with(".json") || (name.starts_with("highlights") && name.ends_with(".md"))
}

/// Takes in the highlights of files; those that hold none are returned.
pub async fn take_in(reader: Reader, files: Vec<DroppedFile>) -> Vec<DroppedFile> {
    let (mut found, mut others): (Vec<Incoming>, _) = (Vec::new(), Vec::new());
    for file in files {
        let text = if may_hold(&file) { file.text().await.ok() } else { None };
        match text.as_deref().and_then(incoming::read) {
            Some(highlights) => found.extend(highlights),
            None => others.push(file),
        }
    }
    if !found.is_empty() {
        came_in(reader, found).await;
    }
    others
}

async fn came_in(reader: Reader, found: Vec<Incoming>) {
    let (sorted, strangers) = reader.library.with_untracked(|library| incoming::sorted(found, library));
    let (mut news, mut known) = (0, 0);
    for (clip, theirs) in sorted {
        let kept = store::highlights(&clip).await.ok().flatten();
        let mine = kept.and_then(|record| Highlights::read(&record).ok()).unwrap_or_default();
        let count = theirs.len();
        let new = incoming::news(&mine, theirs, clock::now_ms());
        news += new.all().len();
        known += count - new.all().len();
        if !new.all().is_empty() {
            let mut merged = mine;
            merged.merge(&new);
            keep(reader, clip, merged);
        }
    }
    let mut told = vec![say!(marks.came_in, n = news)];
    if known > 0 {
        told.push(say!(marks.known, n = known));
    }
    if strangers > 0 {
        told.push(say!(marks.strangers, n = strangers));
    }
    let tone = if news == 0 && strangers > 0 { Tone::Problem } else { Tone::Done };
    reader.tell(tone, told.join(say!(language.between)));
}

/// Takes in what is highlights of files that came together; the others come in as clips.
pub fn take_in_first(reader: Reader, files: Vec<DroppedFile>) {
    spawn_local(async move {
        let files = take_in(reader, files).await;
        if !files.is_empty() {
            importing::begin(reader, Walked { files, ..Walked::default() }, None);
        }
    });
}

/// Takes in files that were picked for their highlights.
pub fn picked(reader: Reader, files: Vec<DroppedFile>) {
    spawn_local(async move {
        for file in take_in(reader, files).await {
            let name = file.path().to_owned();
            reader.tell(Tone::Problem, say!(marks.holds_none, name = name));
        }
    });
}
