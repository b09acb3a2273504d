//! What a clip of each dialect tells a reader: a clip and its table, both in `tests/fixtures/clips`.

use std::fs;
use std::path::{Path, PathBuf};

use clip_viewer::clip::metadata::{Key, Origin};
use clip_viewer::clip::{self, Clip, Options};

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::FrontMatter { key } => key.clone(),
        Origin::Body { line } => format!("line {line}"),
        Origin::Beside { file } => file.clone(),
        Origin::Address => "address".into(),
        Origin::FileName => "file name".into(),
        Origin::AssetStamp => "pictures".into(),
        Origin::Text => "text".into(),
    }
}

fn table(clip: &Clip) -> String {
    let rows = clip.metadata.fields.iter();
    let rows = rows.map(|f| format!("{}\t{}\t{}\n", f.key.name(), f.values.join(" ; "), origin(&f.origin)));
    format!("{:?}\n{}", clip.metadata.dialect, rows.collect::<String>())
}

fn clips() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clips");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut clips: Vec<PathBuf> = files
        .filter(|f| f.extension().is_some_and(|e| e == "md"))
        .filter(|f| f.file_name().unwrap().to_string_lossy().starts_with("meta-"))
        .collect();
    clips.sort();
    clips
}

#[test]
fn every_dialect_says_what_its_table_says() {
    let clips = clips();
    assert!(clips.len() >= 20, "the fixtures are there");
    let mut wrong = String::new();
    for file in clips {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let bytes = fs::read(&file).unwrap();
        let found = table(&clip::parse(&bytes, &Options { file_name: name, ..Options::default() }));
        let expected = fs::read_to_string(file.with_extension("tsv")).unwrap_or_default();
        if found != expected {
            wrong.push_str(&format!("{}\nfound:\n{found}\nexpected:\n{expected}\n", file.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What a body below a WeChat or another address says of one key.
#[track_caller]
fn says(body: &str, key: Key, expected: &str) {
    let text = format!(
        "---\ntitle: Of boats\nurl: https://paper.example/boats\n---\n\n{body}\n\nThe boats went out at six, and nobody on the pier had slept.\n"
    );
    let clip = clip::parse(text.as_bytes(), &Options::default());
    let found = clip.metadata.get(key).map(|f| f.values.join(" ; ")).unwrap_or_default();
    assert_eq!(found, expected, "{} of:\n{body}", key.name());
}

#[test]
fn bylines_name_people_and_days() {
    for (line, author, day) in [
        ("By Jane Doe · Mar 3, 2024", "Jane Doe", "2024-03-03"),
        ("By Jane Doe and Omar Reyes", "Jane Doe ; Omar Reyes", ""),
        ("Written by Jane Doe", "Jane Doe", ""),
        ("[Jane Doe](https://paper.example/author/jane-doe)\n\nMar 03, 2024", "Jane Doe", "2024-03-03"),
        ("[林晴](https://paper.example/user/6) *·* 2026年01月23日 13:42", "林晴", "2026-01-23T13:42"),
        ("文 | 方启明，木工学徒", "方启明", ""),
        ("文/方启明 编辑/小鱼", "方启明", ""),
        ("◎作者 | 白桦", "白桦", ""),
        ("作者：白桦 译者：许青", "白桦", ""),
        ("翻译：许青", "许青", ""),
        ("2024-01-02 10:00 来源：海港网 作者：白桦", "白桦", "2024-01-02T10:00"),
        ("**Author:** Jane Doe, Omar Reyes", "Jane Doe ; Omar Reyes", ""),
        ("Published on March 3, 2024", "", "2024-03-03"),
        (
            "Posted on [March 3, 2024](https://paper.example/a/b/) by [Jane](https://paper.example/author/j/)",
            "Jane",
            "2024-03-03",
        ),
        ("以下文章来源于港口观察 ，作者方启明", "方启明", ""),
        ("发布于 2024-03-03 10:20・IP 属地北京", "", "2024-03-03T10:20"),
        ("Updated March 3, 2024", "", ""),
        ("**Date:** 2024-03-03", "", "2024-03-03"),
    ] {
        says(line, Key::Author, author);
        says(line, Key::Published, day);
    }
}

#[test]
fn a_sentence_is_no_byline() {
    for line in [
        "By Monday, the harbour was full again.",
        "By the time the boats came in on March 3, 2024, it was dark.",
        "On 3 March 2024 the company said that it would close the pier.",
        "编辑：小鱼",
        "图 | 来自网络",
        "作者：未知",
    ] {
        says(line, Key::Author, "");
        says(line, Key::Published, "");
    }
}

#[test]
fn an_author_is_a_name_and_nothing_else() {
    for (written, author) in [
        ("\"[[Mara Lind]]\"", "Mara Lind"),
        ("Mara Lind <mara@a.example>", "Mara Lind"),
        ("\"[[@rope on Twitter]]\"", "@rope"),
        ("[\"Acme Co.\", \"Ltd.\"]", "Acme Co., Ltd."),
        ("\"Doe, Jane\"", "Doe, Jane"),
        ("Jane Doe, Omar Reyes", "Jane Doe ; Omar Reyes"),
        ("\"{{author}}\"", ""),
        ("\"[[Unknown]]\"", ""),
        ("none", ""),
    ] {
        let clip = clip::parse(format!("---\ntitle: T\nauthor: {written}\n---\nx\n").as_bytes(), &Options::default());
        let found = clip.metadata.get(Key::Author).map(|f| f.values.join(" ; ")).unwrap_or_default();
        assert_eq!(found, author, "of {written}");
    }
}

#[test]
fn a_title_loses_what_pages_put_around_it() {
    for (written, title) in [
        ("(99+) Knots that hold - 知乎", "Knots that hold"),
        ("Knots that hold - Rope Shop", "Knots that hold"),
        ("Knots that hold | ropeshop.example", "Knots that hold"),
        ("Knots - which hold and which do not", "Knots - which hold and which do not"),
        ("Learning C#", "Learning C#"),
        ("Thread by @rope", "Thread by @rope"),
        ("Rope &amp; wire", "Rope & wire"),
    ] {
        let text =
            format!("---\ntitle: \"{written}\"\nurl: https://www.ropeshop.example/1\nauthor: \"@rope\"\n---\nx\n");
        let clip = clip::parse(text.as_bytes(), &Options::default());
        let host_is_known = written.contains("知乎").then(|| text.replace("www.ropeshop.example", "www.zhihu.com"));
        let clip = host_is_known.map_or(clip, |text| clip::parse(text.as_bytes(), &Options::default()));
        assert_eq!(clip.metadata.first(Key::Title), Some(title));
    }
}

#[test]
fn placeholders_and_templates_say_nothing() {
    let clip = clip::parse(
        "---\ntitle: T\ncreated: {{date: YYYY-MM-DD}}\ntags:\n  - none\n  - \"[[sea]]\"\nstatus:\n---\nx\n".as_bytes(),
        &Options::default(),
    );
    assert_eq!(clip.metadata.first(Key::Saved), None);
    assert_eq!(clip.metadata.get(Key::Tags).unwrap().values, ["sea"]);
    assert_eq!(clip.metadata.first(Key::Status), None);
}

#[test]
fn one_line_may_name_several_things() {
    says("作者：白桦 | 公众号：帆布匠", Key::Author, "白桦");
    says("作者：白桦 | 公众号：帆布匠", Key::Account, "帆布匠");
    says("文/图 白桦", Key::Author, "白桦");
    says("文、摄影｜白桦", Key::Author, "白桦");
    says("文｜白桦、许青", Key::Author, "白桦 ; 许青");
}

#[test]
fn a_notice_or_a_greeting_is_no_description() {
    for line in [
        "本文仅供学习参考，请勿用于非法用途，否则后果自负。",
        "本文已授权公众号帆布匠独家发布，转载请联系作者本人。",
        "点击上方蓝字关注我们，把公众号设为星标，第一时间收到更新。",
        "编辑：小鱼",
        "![a](https://a.example/a.png)",
    ] {
        says(line, Key::Description, "The boats went out at six, and nobody on the pier had slept.");
    }
}

#[test]
fn the_source_of_a_picture_is_not_the_site() {
    let text = "# T\n\nThe harbour was full of boats that morning, and the gulls sat upon every one of them in rows.\n\nSource: Getty Images\n";
    let clip = clip::parse(text.as_bytes(), &Options::default());
    assert_eq!(clip.metadata.first(Key::Site), None);
}
