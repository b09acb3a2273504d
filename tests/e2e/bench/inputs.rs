//! What is opened: the peers' own inputs where they are, else clips that are made here.

use std::path::Path;

use e2e::Problem;
use serde_json::{Value, json};

use crate::text::{self, Tongue};

/// A clip to open.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name, without an ending.
    pub name: &'static str,
    /// Words at its beginning.
    first: String,
    /// Words at its end.
    last: String,
    /// The most rounds that are spent on it.
    pub most_rounds: usize,
    /// Whether the app alone opens it.
    pub app_alone: bool,
    /// How long a page may take for it.
    pub patience_s: u64,
}

impl Input {
    fn new(name: &'static str, first: &str, last: &str) -> Self {
        let (first, last) = (first.to_owned(), last.to_owned());
        Self { name, first, last, most_rounds: usize::MAX, app_alone: false, patience_s: 60 }
    }

    fn own(name: &'static str) -> Self {
        Self::new(name, &text::first_words(name), &text::last_words(name))
    }

    fn large(mut self) -> Self {
        (self.most_rounds, self.patience_s) = (3, 120);
        self
    }

    fn huge(mut self) -> Self {
        (self.most_rounds, self.app_alone, self.patience_s) = (1, true, 120);
        self
    }

    /// The file that a page gets: Markdown, or the HTML made of it.
    pub fn file(&self, html: bool) -> String {
        format!("{}.{}", self.name, if html { "html" } else { "md" })
    }

    /// As the script in the page wants it.
    pub fn json(&self, html: bool) -> Value {
        json!({
            "file": self.file(html),
            "first": self.first,
            "last": self.last,
            "patience": self.patience_s * 1000,
        })
    }
}

/// The inputs that come with the peers, and one of four times the largest.
pub fn of_peers() -> Vec<Input> {
    let (begins, ends) = ("AI对现实世界的", "追寻属于人类的星辰大海");
    vec![
        Input::new("seed", begins, ends),
        Input::new("x20", begins, "END-MARK-x20"),
        Input::new("en1m", "START-MARK-en1m", "END-MARK-en1m"),
        Input::new("x200", begins, "END-MARK-x200").large(),
        Input::new("x800", begins, "END-MARK-x800").huge(),
    ]
}

/// The peers' clip to open between.
pub fn between_of_peers() -> Input {
    Input::new("tiny", "TINY-FIRST", "TINY-LAST")
}

/// The inputs that are made here.
pub fn own() -> Vec<Input> {
    vec![Input::own("own50k"), Input::own("own1m-en"), Input::own("own1m-zh"), Input::own("own50m").huge()]
}

/// A clip to open between.
pub fn own_between() -> Input {
    Input::own("tiny")
}

/// Those that were asked for, or all.
///
/// # Errors
/// When there is none of a name.
pub fn chosen(inputs: Vec<Input>, asked: &[String]) -> Result<Vec<Input>, Problem> {
    if let Some(unknown) = asked.iter().find(|name| inputs.iter().all(|input| input.name != name.as_str())) {
        let known: Vec<_> = inputs.iter().map(|input| input.name).collect();
        return Err(format!("There is no input “{unknown}”. There are: {}", known.join(", ")).into());
    }
    Ok(inputs.into_iter().filter(|i| asked.is_empty() || asked.iter().any(|name| name == i.name)).collect())
}

/// Writes an input that is made here, and the HTML of it where pages need that.
///
/// # Errors
/// When it can't be written.
pub fn write_own(input: &Input, folder: &Path) -> Result<(), Problem> {
    let (tongue, bytes) = match input.name {
        "own50k" => (Tongue::Both, 50_000),
        "own1m-en" => (Tongue::English, 1_000_000),
        "own1m-zh" => (Tongue::Chinese, 1_000_000),
        "own50m" => (Tongue::Both, 50_000_000),
        _ => (Tongue::Both, 0),
    };
    let text = text::clip(input.name, tongue, bytes);
    if !input.app_alone {
        let clip = clip::parse(text.as_bytes(), &clip::Options::default());
        // The pages cut it at the form feeds.
        std::fs::write(folder.join(input.file(true)), clip.body.chunks.join("\u{c}"))?;
    }
    Ok(std::fs::write(folder.join(input.file(false)), text)?)
}

/// Makes the largest input out of the peers' largest.
///
/// # Errors
/// When that is not there, or this can't be written.
pub fn write_x800(folder: &Path) -> Result<(), Problem> {
    let x200 = std::fs::read_to_string(folder.join("x200.md"))?;
    Ok(std::fs::write(folder.join("x800.md"), four_times(&x200).ok_or("x200.md is not as expected.")?)?)
}

/// The front matter once, the text four times, the last words once.
fn four_times(x200: &str) -> Option<String> {
    let text = x200.trim_end().strip_suffix("END-MARK-x200")?;
    let head = text.strip_prefix("---\n")?.find("\n---\n")? + "---\n\n---\n".len();
    let (front, body) = text.split_at_checked(head)?;
    Some(format!("{front}{}END-MARK-x800\n", body.repeat(4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_chosen_by_name_in_their_own_order() {
        let names = |asked: &[&str]| {
            let asked: Vec<_> = asked.iter().map(|name| (*name).to_owned()).collect();
            chosen(of_peers(), &asked).map(|inputs| inputs.iter().map(|i| i.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["x20", "seed"]).unwrap(), ["seed", "x20"]);
        assert_eq!(names(&[]).unwrap().len(), of_peers().len());
        assert!(names(&["x21"]).unwrap_err().to_string().contains("en1m"));
    }

    #[test]
    fn the_largest_input_has_one_front_matter_and_one_end() {
        let made = four_times("---\na: b\n---\n\ntext\n\nEND-MARK-x200\n").unwrap();
        assert_eq!(made, format!("---\na: b\n---\n{}END-MARK-x800\n", "\ntext\n\n".repeat(4)));
        assert_eq!(four_times("text"), None);
    }
}
