//! The clips that the library is measured with: half of them English, half Chinese, made of words of
//! our own, the same in every run; and the questions that are asked of them.

use std::path::{Path, PathBuf};

use clip_viewer::library::archive::write::Writer;
use e2e::Problem;

use e2e::dice::Dice;

/// How long a clip is at least.
pub const CLIP_BYTES: usize = 20_000;
/// How many clips go into one zip.
const MOST_IN_ZIP: usize = 5_000;
/// After so many bytes comes a heading.
const SECTION_BYTES: usize = 3_200;

/// English words are a stem and an ending: some thousand words, as a library has, not some dozen.
const STEMS: [&str; 56] = [
    "harbour", "winter", "garden", "river", "bridge", "kitchen", "letter", "window", "market", "island", "valley",
    "morning", "paper", "engine", "station", "orchard", "meadow", "copper", "lantern", "thunder", "willow", "pebble",
    "basket", "candle", "feather", "granite", "hollow", "ivory", "juniper", "kettle", "linen", "marble", "needle",
    "otter", "pepper", "quarry", "ribbon", "saddle", "timber", "velvet", "walnut", "anchor", "barley", "cedar",
    "dapple", "ember", "falcon", "ginger", "heron", "indigo", "jacket", "kestrel", "ladder", "magpie", "nettle",
    "oyster",
];
const ENDINGS: [&str; 22] = [
    "", "s", "side", "light", "yard", "house", "ward", "less", "like", "field", "stone", "path", "wood", "song",
    "maker", "keeper", "book", "bell", "weather", "water", "works", "land",
];
const SMALL: [&str; 24] = [
    "the", "of", "a", "and", "in", "to", "with", "under", "beside", "every", "without", "keeps", "crosses", "finds",
    "loses", "before", "after", "its", "their", "when", "because", "another", "toward", "or",
];

/// Chinese words are two of these.
const CHARACTERS: &str = "港口清晨河山书信窗前花园集市老师冬天桥梁机器纸张岛屿厨房车站峡谷安静明亮缓沉重带来记得回答穿过保存失去发现方向果树草地铜灯雷柳石篮烛羽岩空象松壶麻针獭椒矿丝鞍木绒核锚麦杉火鹰姜鹭蓝衣隼梯鹊荨蚝";
const CHINESE_SMALL: [&str; 12] =
    ["的", "在", "和", "因为", "没有", "旁边", "每个", "他们", "我们", "但是", "以及", "也"];

/// What stands in one clip of fifty, so that a phrase has a place to be found.
const ENGLISH_PLANTED: &str = "Here the old lighthouse keeper counts the waves. ";
const CHINESE_PLANTED: &str = "守灯塔的老人数着海浪。";

/// What is typed, key by key: Latin words, Chinese words, two words, phrases.
pub const QUERIES: [&str; 20] = [
    "lighthouse",
    "harbourside",
    "winter",
    "gardenlight",
    "bridges",
    "quarrybell",
    "灯塔",
    "港口",
    "海浪",
    "老人数着",
    "清晨",
    "河山",
    "harbour winter",
    "keeper waves",
    "灯塔 海浪",
    "copper lantern",
    "\"old lighthouse keeper\"",
    "\"counts the waves\"",
    "\"守灯塔的老人\"",
    "\"数着海浪\"",
];

/// A clip: where it lies in its zip, and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Its path.
    pub path: String,
    /// Its text, with front matter.
    pub text: String,
}

/// The clip of a number. Even ones are English, odd ones Chinese.
pub fn clip(number: usize) -> Made {
    let dice = Dice::new(u64::try_from(number).unwrap_or(0));
    let characters = if number % 2 == 1 { CHARACTERS.chars().collect() } else { Vec::new() };
    let mut writer = Writing { dice, characters, text: String::with_capacity(CLIP_BYTES + 1024) };
    let title = writer.words(4);
    let (author, tags) = (number % 23, [number % 11, 11 + number % 7]);
    let (month, day) = (1 + number % 12, 1 + number % 28);
    writer.text = format!(
        "---\ntitle: \"{title} {number}\"\nurl: https://site-{}.example/{number}\nauthor: Author {author}\n\
         tags: [topic-{}, topic-{}]\npublished: 2024-{month:02}-{day:02}\nclipped: 2025-{month:02}-{day:02}\n---\n\n\
         # {title} {number}\n\n",
        number % 31,
        tags[0],
        tags[1],
    );
    let mut next_heading = SECTION_BYTES;
    let planted = match number % 50 {
        0 => ENGLISH_PLANTED,
        1 => CHINESE_PLANTED,
        _ => "",
    };
    writer.paragraph(planted);
    while writer.text.len() < CLIP_BYTES {
        if writer.text.len() > next_heading {
            next_heading += SECTION_BYTES;
            let heading = writer.words(3);
            writer.text.push_str(&format!("## {heading}\n\n"));
        }
        writer.paragraph("");
    }
    Made { path: format!("clips/{number:05}.md"), text: writer.text }
}

/// Packs so many clips into zips in a folder, and returns where these are.
///
/// # Errors
/// When they can't be written.
pub fn write_zips(folder: &Path, count: usize) -> Result<Vec<PathBuf>, Problem> {
    std::fs::create_dir_all(folder)?;
    let mut zips = Vec::new();
    for first in (0..count).step_by(MOST_IN_ZIP) {
        let path = folder.join(format!("clips-from-{first}.zip"));
        let mut writer = Writer::new(std::io::BufWriter::new(std::fs::File::create(&path)?));
        for number in first..count.min(first + MOST_IN_ZIP) {
            let made = clip(number);
            writer.add(&made.path, made.text.as_bytes(), None)?;
        }
        writer.finish()?;
        zips.push(path);
    }
    Ok(zips)
}

struct Writing {
    dice: Dice,
    /// What Chinese words are made of; nothing in an English clip.
    characters: Vec<char>,
    text: String,
}

impl Writing {
    /// A number below `sides`, the smaller the likelier, as words are in a text.
    fn leaning(&mut self, sides: usize) -> usize {
        (self.dice.roll(sides) * self.dice.roll(sides)).checked_div(sides).unwrap_or(0)
    }

    fn is_chinese(&self) -> bool {
        !self.characters.is_empty()
    }

    fn word(&mut self) -> String {
        let small = self.dice.roll(5) < 2;
        let of = |words: &[&str], at: usize| words.get(at).copied().unwrap_or_default().to_owned();
        if self.is_chinese() {
            if small {
                return of(&CHINESE_SMALL, self.leaning(CHINESE_SMALL.len()));
            }
            let known = self.characters.len();
            let pair = [self.leaning(known), self.leaning(known)];
            return pair.into_iter().filter_map(|at| self.characters.get(at)).collect();
        }
        if small {
            return of(&SMALL, self.leaning(SMALL.len()));
        }
        of(&STEMS, self.leaning(STEMS.len())) + &of(&ENDINGS, self.leaning(ENDINGS.len()))
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(if self.is_chinese() { "" } else { " " })
    }

    fn paragraph(&mut self, before: &str) {
        self.text.push_str(before);
        for _ in 0..3 + self.dice.roll(4) {
            let count = 5 + self.dice.roll(8);
            let (first, last) = (self.words(count), self.words(count));
            let sentence =
                if self.is_chinese() { format!("{first}，{last}。") } else { format!("{first}, {last}. ") };
            self.text.push_str(&sentence);
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_has_its_length_its_front_matter_and_is_the_same_each_time() {
        for number in [0, 1, 998, 9999] {
            let made = clip(number);
            assert!((CLIP_BYTES..CLIP_BYTES + 2000).contains(&made.text.len()), "{number}: {}", made.text.len());
            assert_eq!(made, clip(number));
            let read = ::clip::parse(made.text.as_bytes(), &::clip::Options::default());
            assert!(read.outline.headings.len() >= 5, "{number}: {} headings", read.outline.headings.len());
            assert_eq!(made.text.is_ascii(), number % 2 == 0, "{number}");
        }
        assert_ne!(clip(2).text.get(600..900), clip(4).text.get(600..900));
    }

    /// In how many of the first clips all words of a question stand.
    fn holding(query: &str) -> usize {
        let phrase = query.contains('"');
        let words: Vec<String> = match phrase {
            true => vec![query.replace('"', "")],
            false => query.split(' ').map(str::to_owned).collect(),
        };
        let texts = (0..100).map(|number| clip(number).text.to_lowercase());
        texts.filter(|text| words.iter().all(|word| text.contains(word.as_str()))).count()
    }

    #[test]
    fn every_question_finds_something_and_some_find_little() {
        let found = QUERIES.map(holding);
        assert!(found.iter().all(|count| *count > 0), "{found:?}");
        assert!(found.iter().filter(|count| **count <= 10).count() >= 6, "{found:?}");
        assert!(found.iter().filter(|count| **count >= 40).count() >= 3, "{found:?}");
    }
}
