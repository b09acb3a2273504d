//! Texts to measure with: made by a small seeded generator, the same each time.

/// A generator of numbers (xorshift, 64 bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

const WORDS: [&str; 64] = [
    "river",
    "before",
    "the",
    "a",
    "stone",
    "walked",
    "over",
    "into",
    "morning",
    "light",
    "and",
    "with",
    "between",
    "houses",
    "table",
    "quiet",
    "market",
    "letter",
    "answer",
    "slowly",
    "because",
    "every",
    "window",
    "garden",
    "paper",
    "under",
    "winter",
    "harbour",
    "it",
    "was",
    "is",
    "of",
    "to",
    "in",
    "that",
    "for",
    "on",
    "as",
    "boats",
    "people",
    "street",
    "measure",
    "count",
    "found",
    "left",
    "right",
    "again",
    "never",
    "sometimes",
    "engine",
    "signal",
    "page",
    "reader",
    "index",
    "value",
    "north",
    "clock",
    "bread",
    "salt",
    "copper",
    "their",
    "whose",
    "shallow",
    "evening",
];

/// English: paragraphs with links, emphasis and code in them, lists, tables, quotes and listings
/// under headings.
pub fn english(bytes: usize) -> String {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut text = "---\ntitle: A long walk\nsource: https://example.org/walk\n---\n\n# A long walk\n\n".to_owned();
    let mut part = 0;
    while text.len() < bytes {
        match dice.below(16) {
            0 => {
                part += 1;
                text.push_str(&format!("## Part {part}: {}\n\n", words(&mut dice, 3)));
            }
            1 => list(&mut text, &mut dice),
            2 => table(&mut text, &mut dice),
            3 => listing(&mut text, &mut dice),
            4 => text.push_str(&format!("> {}\n\n", sentence(&mut dice))),
            _ => {
                let sentences: Vec<String> = (0..2 + dice.below(4)).map(|_| sentence(&mut dice)).collect();
                text.push_str(&format!("{}\n\n", sentences.join(" ")));
            }
        }
    }
    text
}

fn words(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| dice.one_of(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn sentence(dice: &mut Dice) -> String {
    let (before, after) = (4 + dice.below(8), 3 + dice.below(8));
    let few = words(dice, 2);
    let middle = match dice.below(6) {
        0 => format!("*{few}*"),
        1 => format!("**{few}**"),
        2 => format!("[{few}](https://example.org/{}/{})", dice.one_of(&WORDS), dice.below(9000)),
        3 => format!("`{}()`", few.replace(' ', "_")),
        _ => few,
    };
    format!("{} {middle} {}.", words(dice, before), words(dice, after))
}

fn list(text: &mut String, dice: &mut Dice) {
    for _ in 0..3 + dice.below(4) {
        text.push_str(&format!("- {}\n", words(dice, 9)));
    }
    text.push('\n');
}

fn table(text: &mut String, dice: &mut Dice) {
    text.push_str("| name | count | note |\n|---|--:|---|\n");
    for _ in 0..3 + dice.below(5) {
        text.push_str(&format!("| {} | {} | {} |\n", words(dice, 1), dice.below(500), words(dice, 4)));
    }
    text.push('\n');
}

fn listing(text: &mut String, dice: &mut Dice) {
    text.push_str("```js\n");
    for _ in 0..3 + dice.below(6) {
        let (name, of) = (dice.one_of(&WORDS), dice.one_of(&WORDS));
        text.push_str(&format!("const {name} = {of}[{}] <= limit; // {}\n", dice.below(90), words(dice, 3)));
    }
    text.push_str("```\n\n");
}

const WHO: [&str; 8] = ["老周", "渡口的人", "她", "我们", "那个孩子", "守夜的", "邻居", "远来的客人"];
const WHEN: [&str; 8] = ["清早", "天黑以前", "下过雨之后", "那年冬天", "午后", "第二天", "临走的时候", "到了月底"];
const WHAT: [&str; 10] = [
    "沿着河滩慢慢走回去",
    "把灯提到窗台上",
    "数了三遍船上的麻袋",
    "在账本里记下一笔",
    "听见风从芦苇里钻出来",
    "没有再问什么",
    "往炉子里添了两块炭",
    "把门轻轻带上",
    "站在石阶上等渡船",
    "想起从前的旧事",
];

/// Chinese: paragraphs with bold words, whose markers stand right beside its punctuation, lists and
/// pictures, under headings.
pub fn chinese(bytes: usize) -> String {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut text = "---\ntitle: 渡口\nsource: https://example.org/ferry\n---\n\n# 渡口\n\n".to_owned();
    let mut part = 0;
    while text.len() < bytes {
        match dice.below(14) {
            0 => {
                part += 1;
                text.push_str(&format!("## {part}、{}\n\n", dice.one_of(&WHAT)));
            }
            1 => text.push_str(&format!("**{}{}**\n\n", dice.one_of(&WHEN), dice.one_of(&WHAT))),
            2 => {
                for _ in 0..3 {
                    text.push_str(&format!("- {}{}\n", dice.one_of(&WHO), dice.one_of(&WHAT)));
                }
                text.push('\n');
            }
            3 => text.push_str(&format!("![](assets/{}.jpg)\n\n", dice.below(100_000))),
            _ => {
                let clauses: Vec<String> = (0..2 + dice.below(5)).map(|_| clause(&mut dice)).collect();
                text.push_str(&format!("{}\n\n", clauses.concat()));
            }
        }
    }
    text
}

fn clause(dice: &mut Dice) -> String {
    let (when, who, what) = (dice.one_of(&WHEN), dice.one_of(&WHO), dice.one_of(&WHAT));
    match dice.below(6) {
        0 => format!("{when}，{who}**“{what}”**，谁也没有说话。"),
        1 => format!("{when}，[{who}](https://example.org/{})还在{what}。", dice.below(9000)),
        _ => format!("{when}，{who}{what}，又{}。", dice.one_of(&WHAT)),
    }
}
