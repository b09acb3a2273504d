//! Clips of any length, made of words of our own, the same in every run.

use e2e::dice::Dice;

/// What a clip is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Chinese.
    Chinese,
    /// A section in the one, a section in the other.
    Both,
}

const ENGLISH: [&str; 48] = [
    "harbour",
    "morning",
    "letter",
    "window",
    "river",
    "garden",
    "market",
    "teacher",
    "winter",
    "bridge",
    "engine",
    "paper",
    "island",
    "kitchen",
    "station",
    "valley",
    "quiet",
    "narrow",
    "bright",
    "early",
    "slow",
    "heavy",
    "open",
    "carries",
    "follows",
    "remembers",
    "answers",
    "crosses",
    "keeps",
    "loses",
    "finds",
    "and",
    "or",
    "but",
    "when",
    "because",
    "without",
    "under",
    "beside",
    "toward",
    "every",
    "another",
    "its",
    "their",
    "the",
    "a",
    "of",
    "in",
];

const CHINESE: [&str; 40] = [
    "清晨", "港口", "书信", "窗前", "河流", "花园", "集市", "老师", "冬天", "桥梁", "机器", "纸张", "岛屿", "厨房",
    "车站", "山谷", "安静", "狭窄", "明亮", "缓慢", "沉重", "带来", "记得", "回答", "穿过", "保存", "失去", "发现",
    "因为", "没有", "旁边", "方向", "每个", "另外", "他们", "我们", "但是", "以及", "在", "的",
];

/// The first words of a clip.
pub fn first_words(name: &str) -> String {
    format!("Here {name} begins.")
}

/// The last words of a clip.
pub fn last_words(name: &str) -> String {
    format!("Here {name} ends.")
}

/// A clip of at least so many bytes, with a bit of everything that clips have.
pub fn clip(name: &str, tongue: Tongue, bytes: usize) -> String {
    let mut writer = Writer { dice: Dice::new(20), text: String::with_capacity(bytes + 8192), chinese: false };
    writer.add(&format!(
        "---\ntitle: \"Measured: {name}\"\nurl: https://example.org/{name}\nauthor: Nobody\ntags: [measured]\n---\n\n\
         # Measured: {name}\n\n{}\n\n",
        first_words(name)
    ));
    let mut section = 0;
    while writer.text.len() < bytes {
        section += 1;
        writer.chinese = match tongue {
            Tongue::English => false,
            Tongue::Chinese => true,
            Tongue::Both => section % 2 == 0,
        };
        writer.section(section);
    }
    writer.add(&format!("{}\n", last_words(name)));
    writer.text
}

struct Writer {
    dice: Dice,
    text: String,
    chinese: bool,
}

impl Writer {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn section(&mut self, number: usize) {
        let level = if number % 4 == 1 { "##" } else { "###" };
        let title = self.words(3);
        self.add(&format!("{level} {number}. {title}\n\n"));
        for _ in 0..3 {
            self.paragraph("");
        }
        match self.dice.roll(5) {
            0 => self.list(),
            1 => self.code(),
            2 => self.table(),
            3 => self.paragraph("> "),
            _ => self.paragraph(""),
        }
    }

    fn words(&mut self, count: usize) -> String {
        let (words, between): (&[&str], _) = if self.chinese { (&CHINESE, "") } else { (&ENGLISH, " ") };
        let chosen: Vec<&str> =
            (0..count).map(|_| words.get(self.dice.roll(words.len())).copied().unwrap_or_default()).collect();
        chosen.join(between)
    }

    fn sentence(&mut self) -> String {
        let count = 3 + self.dice.roll(6);
        let (before, middle, after) = (self.words(count), self.words(2), self.words(count));
        let middle = match self.dice.roll(9) {
            0 => format!("**{middle}**"),
            1 => format!("*{middle}*"),
            2 => format!("`{middle}`"),
            3 => format!("[{middle}](https://example.org/{count})"),
            _ => middle,
        };
        if self.chinese { format!("{before}，{middle}{after}。") } else { format!("{before}, {middle} {after}. ") }
    }

    fn paragraph(&mut self, prefix: &str) {
        let sentences: String = (0..2 + self.dice.roll(5)).map(|_| self.sentence()).collect();
        self.add(&format!("{prefix}{}\n\n", sentences.trim_end()));
    }

    fn list(&mut self) {
        for _ in 0..6 {
            let (item, below) = (self.sentence(), self.sentence());
            self.add(&format!("- {}\n  1. {}\n", item.trim_end(), below.trim_end()));
        }
        self.add("\n");
    }

    fn code(&mut self) {
        let mut lines = String::new();
        for line in 0..10 {
            let number = self.dice.roll(1000);
            lines.push_str(&format!("    let line_{line} = count(&list, {number}) < 0x{number:x};\n"));
        }
        self.add(&format!("```rust\nfn main() {{\n{lines}}}\n```\n\n"));
    }

    fn table(&mut self) {
        self.add("| a | b | c |\n|---|:-:|--:|\n");
        for _ in 0..6 {
            let (a, b, number) = (self.words(1), self.words(2), self.dice.roll(10_000));
            self.add(&format!("| {a} | {b} | {number} |\n"));
        }
        self.add("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_as_long_as_asked_and_the_same_each_time() {
        for tongue in [Tongue::English, Tongue::Chinese, Tongue::Both] {
            let text = clip("a", tongue, 50_000);
            assert!((50_000..60_000).contains(&text.len()), "{tongue:?}: {}", text.len());
            assert_eq!(text, clip("a", tongue, 50_000));
            assert!(text.contains(&first_words("a")) && text.trim_end().ends_with(&last_words("a")));
        }
    }

    #[test]
    fn the_shortest_clip_has_its_first_and_last_words() {
        assert!(clip("b", Tongue::Both, 0).ends_with("Here b begins.\n\nHere b ends.\n"));
    }
}
