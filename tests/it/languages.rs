//! The languages of the interface: every one says all there is to say, with the same gaps; nothing that is
//! said stands in a component; and what the pure rooms say in English is known in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clip_viewer::library::intake::Refusal;
use clip_viewer::library::path::Sorted;
use clip_viewer::session::Settings;
use clip_viewer::session::language::{best, said_again};

/// The texts of a language by their keys, `section.key`.
type Texts = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The languages that Cargo.toml names: the first one is the one that is written in the pure rooms.
fn tags() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("locales = ")).unwrap();
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn texts(tag: &str) -> Texts {
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&read(format!("locales/{tag}.json"))).unwrap();
    let flat = |(section, texts): (String, BTreeMap<String, String>)| {
        texts.into_iter().map(move |(key, text)| (format!("{section}.{key}"), text)).collect::<Vec<_>>()
    };
    sections.into_iter().flat_map(flat).collect()
}

/// The gaps of a text, whichever of its forms has them.
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// All Rust files below a folder of `src`.
fn sources(folder: &str) -> Vec<(String, String)> {
    let (mut found, mut waiting) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

#[track_caller]
fn report(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The string literals of a source, each with the code before it and after it on its line, and its line.
fn literals(source: &str) -> Vec<(usize, String, String, String)> {
    let mut found = Vec::new();
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = &source[at..];
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").unwrap_or(rest.len()) + 2
        } else if c == '\'' {
            // A letter, not a lifetime.
            let mut inner = rest.chars().skip(1);
            match (inner.next(), inner.next()) {
                (Some('\\'), _) => rest[2..].find('\'').map_or(1, |end| end + 3),
                (Some(letter), Some('\'')) => letter.len_utf8() + 2,
                _ => 1,
            }
        } else if c == '"' {
            let mut end = 1;
            let bytes = rest.as_bytes();
            while bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let before = source[..at].rsplit('\n').next().unwrap_or_default();
            let after = rest[end + 1..].split('\n').next().unwrap_or_default();
            let line = source[..at].matches('\n').count() + 1;
            found.push((line, before.to_owned(), rest[1..end].to_owned(), after.to_owned()));
            end + 1
        } else {
            1
        };
        while chars.peek().is_some_and(|(next, _)| *next < at + skip) {
            chars.next();
        }
    }
    found
}

/// The code of a file without its tests.
fn code(source: &str) -> &str {
    source.split("#[cfg(test)]").next().unwrap_or_default()
}

#[test]
fn every_language_says_all_that_english_says() {
    let tags = tags();
    assert_eq!(tags[0], "en");
    let english = texts("en");
    let mut broken = Vec::new();
    for tag in &tags[1..] {
        let texts = texts(tag);
        broken.extend(english.keys().filter(|key| !texts.contains_key(*key)).map(|key| format!("{tag}: no {key}")));
        for (key, text) in &texts {
            match english.get(key) {
                None => broken.push(format!("{tag}: {key} is nothing that English says")),
                Some(english) if gaps(english) != gaps(text) => {
                    broken.push(format!("{tag}: {key} has other gaps: {text:?}, not {english:?}"));
                }
                // What a value is put into may be empty; a text is not.
                Some(english) if text.trim().is_empty() && !english.trim().is_empty() => {
                    broken.push(format!("{tag}: {key} is empty"));
                }
                Some(_) => {}
            }
        }
    }
    report(broken);
}

#[test]
fn forms_are_those_that_plurals_have() {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let mut broken = Vec::new();
    for tag in tags() {
        for (key, text) in texts(&tag).into_iter().filter(|(_, text)| text.contains(" | ")) {
            let forms: Vec<(&str, &str)> = text.split(" | ").filter_map(|form| form.split_once(": ")).collect();
            let known = forms.iter().all(|(name, form)| FORMS.contains(name) && gaps(form).contains("n"));
            if !known || forms.len() != text.split(" | ").count() || forms.last().is_none_or(|last| last.0 != "other") {
                broken.push(format!("{tag}: {key}: {text:?} is not `one: … {{n}} … | other: … {{n}} …`"));
            }
        }
        assert!(["ltr", "rtl"].contains(&texts(&tag)["language.direction"].as_str()), "{tag}");
    }
    report(broken);
}

#[test]
fn every_text_is_said_with_what_it_names() {
    let english = texts("en");
    let mut unsaid: BTreeSet<&str> = english.keys().map(String::as_str).filter(|k| !elsewhere(k)).collect();
    let mut broken = Vec::new();
    for (file, source) in sources("src/ui") {
        let packed: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, call) in packed.match_indices("say!(").chain(packed.match_indices("td_string!(*locale, ")) {
            let call = packed[at + call.len()..].trim_start();
            let end = call.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(call.len());
            let (key, rest) = call.split_at(end);
            let Some(text) = english.get(key) else { continue };
            unsaid.remove(key);
            let rest = rest.trim_start();
            // What is filled later is filled by a number.
            if rest.starts_with(',') {
                let named = names_of(rest);
                if gaps(text) != named.iter().map(String::as_str).collect() {
                    broken.push(format!("{file}: {key} has the gaps {:?}, not {named:?}", gaps(text)));
                }
            }
        }
    }
    broken.extend(unsaid.into_iter().map(|key| format!("locales/en.json: {key} is nowhere said")));
    let listed = read("src/ui/say/rooms.rs");
    let listed: BTreeSet<&str> = listed.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let rooms = english.keys().filter_map(|key| key.strip_prefix("rooms."));
    broken.extend(rooms.filter(|key| !listed.contains(key)).map(|key| format!("src/ui/say/rooms.rs lacks {key}")));
    report(broken);
}

/// Whether a text is said by another door.
fn elsewhere(key: &str) -> bool {
    key.starts_with("rooms.") || key.starts_with("shell.")
}

/// The names before each `=` of a call's arguments.
fn names_of(arguments: &str) -> BTreeSet<String> {
    let (mut depth, mut names, mut word, mut in_text) = (0, BTreeSet::new(), String::new(), false);
    let mut chars = arguments.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => word.clear(),
            '=' if depth == 0 && !matches!(chars.peek(), Some('=' | '>')) => {
                let name = word.trim();
                if name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    names.insert(name.to_owned());
                }
            }
            c => word.push(c),
        }
    }
    names
}

/// Words that are not said: names of keys, of products, and what only programs read.
const UNSAID: [&str; 12] = [
    "Ctrl K, ⌘ K",
    "Ctrl V, ⌘ V",
    "Esc",
    "Language",
    "UTF-8",
    "Embedded page",
    "Back to the text",
    "to do",
    "Table",
    "Footnotes",
    "Audio",
    "Video",
];

#[test]
fn no_words_stand_in_a_component() {
    let mut broken = Vec::new();
    let is_word = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count() > 1;
    for (file, source) in sources("src/ui") {
        if file.ends_with("icons.rs") {
            continue;
        }
        for (line, before, text, after) in literals(code(&source)) {
            let before = before.trim_end();
            let unseen = [
                "class=",
                "rel=",
                "d=",
                "reason =",
                "custom_attribute(",
                "focus_among(",
                "spawn(",
                "expect(",
                "watch_media(",
                "key() ==",
            ];
            let is_unseen = unseen.iter().any(|name| before.ends_with(name))
                || UNSAID.contains(&text.as_str())
                || text.starts_with("Arrow")
                || text.ends_with(".md");
            let is_key = before.contains("event.key()")
                || before.is_empty() && after.trim_start().starts_with("=>")
                || after.trim_start().starts_with("=>")
                || file.ends_with("words.rs") && before.contains("Dialect::");
            // Between tags, or in an attribute that is read to people, every word is seen.
            let in_sight = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->")
                || after.trim_start().starts_with("</")
                || ["aria-label=", "title=", "placeholder=", "alt=", "label="]
                    .iter()
                    .any(|name| before.ends_with(name));
            // Elsewhere, what begins like a sentence or has words side by side.
            let inner = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count() > 1
                && text.contains(' ')
                && !text.contains(['#', '<', '[', ':']);
            let begins = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '“') && is_word(&text);
            if is_word(&text) && (in_sight || begins || inner) && !is_unseen && !is_key {
                broken.push(format!("{file}:{line}: “{text}” belongs into locales/, said by say!"));
            }
        }
    }
    report(broken);
}

/// What the page says before the program is there.
const EARLY: [&str; 4] = ["empty.title", "empty.lead", "empty.open_files", "empty.trust"];

#[test]
fn the_shell_speaks_all_languages() {
    let english = texts("en");
    let early = |key: &&String| key.starts_with("shell.") || EARLY.contains(&key.as_str());
    let line = |tag: &String| {
        let texts = texts(tag);
        let pairs =
            english.iter().filter(|(key, _)| early(key)).map(|(key, said)| (said.as_str(), texts[key].as_str()));
        let direction = texts["language.direction"].as_str();
        let words: BTreeMap<&str, &str> = pairs.chain([("dir", direction)]).collect();
        format!("  \"{tag}\": {},\n", serde_json::to_string(&words).unwrap())
    };
    let lines: String = tags().iter().skip(1).map(line).collect();
    let mut script = read("public/boot.js");
    if std::env::var_os("UPDATE").is_some() {
        let start = script.find("const WORDS = {\n").unwrap() + "const WORDS = {\n".len();
        let end = start + script[start..].find("};").unwrap();
        script.replace_range(start..end, &lines);
        std::fs::write(root().join("public/boot.js"), &script).unwrap();
    }
    assert!(script.contains(&format!("const WORDS = {{\n{lines}}};")), "`UPDATE=1 cargo test --test it languages`");
    let said: Vec<&String> =
        english.iter().filter(|(key, _)| key.starts_with("shell.")).map(|(_, said)| said).collect();
    let page = script + &read("index.html");
    let unsaid: Vec<_> = said.iter().filter(|said| !page.contains(&format!("\"{said}\""))).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
    let shell = EARLY.iter().map(|key| &english[*key]).filter(|text| !page.contains(&format!(">{text}<"))).count();
    assert_eq!(shell, 0, "index.html says the same");
}

/// A text with its gaps unnamed.
fn unnamed(text: &str) -> String {
    let mut left = text.replace("\\u{fffd}", "{}");
    let mut plain = String::new();
    while let Some((before, after)) = left.clone().split_once('{') {
        plain.push_str(before);
        plain.push_str("{}");
        left = after.split_once('}').map_or(String::new(), |(_, after)| after.to_owned());
    }
    plain + &left
}

/// Sentences of the pure rooms that are parts of others, or that nobody sees in the page.
const PARTS: [&str; 4] = [
    "{} not opened. Unpack what you need and drop it by itself.",
    "“{}” {}, whatever its name says.",
    "“{}” is not the identity of a clip",
    "“{}” is not the identity of a file",
];

#[test]
fn what_the_rooms_say_is_known() {
    let english = texts("en");
    let known: BTreeSet<String> =
        english.iter().filter(|(key, _)| key.starts_with("rooms.")).map(|(_, text)| unnamed(text)).collect();
    let mut broken = Vec::new();
    let mut said = 0;
    for folder in ["src/clip", "src/library", "src/session", "src/engine", "src/browser"] {
        for (file, source) in sources(folder) {
            for (line, before, text, _) in literals(code(&source)) {
                let text = unnamed(&text.replace("\\\\", "\\"));
                let is_sentence = text.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '{')
                    && text.ends_with(['.', '{', '}'])
                    && text.split(' ').filter(|word| word.chars().filter(|c| c.is_lowercase()).count() > 1).count() > 2;
                let is_operation = ["during(", "missing(", "OPERATION: &str ="]
                    .iter()
                    .any(|f| before.ends_with(f) || before.trim_end().ends_with(f));
                if !(is_sentence || is_operation) || PARTS.contains(&text.as_str()) {
                    continue;
                }
                said += 1;
                if !known.contains(&text) {
                    broken.push(format!("{file}:{line}: “{text}” is in no section `rooms` of locales/"));
                }
            }
        }
    }
    assert!(said > 100, "{said}");
    report(broken);
}

#[track_caller]
fn check_again(sentence: &str, chinese: &str) {
    let (from, to) = (texts("en"), texts("zh-Hans"));
    let forms: Vec<(&str, &str)> = from
        .iter()
        .filter(|(key, _)| key.starts_with("rooms."))
        .map(|(key, text)| (text.as_str(), to[key].as_str()))
        .collect();
    assert_eq!(said_again(sentence, &forms).as_deref(), Some(chinese), "{sentence}");
}

#[test]
fn a_sentence_of_the_rooms_is_said_again() {
    check_again(&Refusal::Empty("海.md".to_owned()).to_string(), "“海.md”是空的，没有可读取的内容。");
    let refusal = Refusal::NotText { name: "a {name}.md".to_owned(), kind: "a zip archive" };
    check_again(&refusal.to_string(), "“a {name}.md”是 zip 压缩包，不是文本文件。请拖入剪藏的 .md 或 .txt 文件。");
    // A name is a name, even when it is a word that is known.
    let told = Sorted::Other("a web page").why_not("a video").unwrap();
    check_again(&told, "“a video”是网页，不是剪藏或图片。");
    check_again("move the focus", "移动焦点");
    assert_eq!(said_again("Nobody says this.", &[("“{name}” is empty.", "“{name}”是空的。")]), None);
}

#[test]
fn the_language_is_the_one_that_is_wanted_most() {
    let offered = ["en", "zh-Hans"];
    let best = |wanted: &[&str]| best(&wanted.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>(), &offered);
    assert_eq!(best(&[]), "en");
    assert_eq!(best(&["fr-FR", "de"]), "en");
    assert_eq!(best(&["fr-FR", "zh-CN", "en"]), "zh-Hans");
    assert_eq!(best(&["zh-TW"]), "zh-Hans");
    assert_eq!(best(&["ZH-hans-SG"]), "zh-Hans");
    assert_eq!(best(&["en-GB", "zh"]), "en");
    let both = ["en", "zh-Hans", "zh-Hant"];
    assert_eq!(clip_viewer::session::language::best(&["zh-HK".to_owned()], &both), "zh-Hant");
    assert_eq!(clip_viewer::session::language::best(&["zh-Hant-CN".to_owned()], &both), "zh-Hant");
    assert_eq!(clip_viewer::session::language::best(&["zh-SG".to_owned()], &both), "zh-Hans");
}

#[test]
fn a_language_that_can_be_none_is_forgotten() {
    let kept = |language: &str| Settings { language: language.to_owned(), ..Settings::default() }.clamped().language;
    assert_eq!(kept("zh-Hans"), "zh-Hans");
    assert_eq!(kept("\" onload="), "");
    assert_eq!(kept(&"a".repeat(100)), "");
}
