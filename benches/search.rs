//! How fast clips are found and their list is arranged: `cargo bench --bench search`.
//!
//! Libraries of 1,000 and 10,000 clips of 20 kB, half of them Chinese, made by a small seeded
//! generator, the same each time. As-you-type is a search that is begun anew at every key, narrowed
//! by the one before; its time is that of all keys together.

use std::hint::black_box;
use std::time::Duration;

use clip_viewer::library::ClipId;
use clip_viewer::library::list::{By, Filters, Listed, Sort, arrange, facets};
use clip_viewer::library::search::{Described, Document, Index, Query, Search, fold, snippet};
use criterion::{BatchSize, Criterion};

/// How long the text of a clip is, in bytes.
const CLIP_BYTES: usize = 20_000;
/// One clip in so many has the rare words.
const RARE: usize = 250;

/// A generator of numbers (xorshift, 64 bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    /// One of the words, those at the beginning far more often.
    fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
        let most = 1 + self.below(of.len());
        of.get(self.below(most)).copied().unwrap_or_default()
    }
}

const ENGLISH: &str = "the of and to in a is that for it was on as with be by at this from are or an which you \
    one we all were there can their has more if will about out up into them so some her than then time only could \
    these two may other first its new people over such water after where most through before right too means any \
    same work life even place well small great under found still between name should home big give air line own \
    read left night live thought city earth eyes light country story open seems together next white children begin \
    walked example ease paper group music those both mark letter until mile river car feet care second enough plain \
    usual young ready above ever red list though feel talk bird soon body dog family direct leave song measure state \
    product black short numeral class wind question happen complete ship area half rock order fire south problem \
    piece told knew pass farm top whole king size heard best hour better during hundred remember step early hold \
    west ground interest reach fast five sing listen table travel less morning simple several toward war against \
    pattern slow centre person money serve appear road map science rule govern pull cold notice voice fall power";

const CHINESE: &str = "的 是 在 了 和 有 我们 一个 这 他 不 人 中国 可以 就 也 上 说 时间 到 没有 他们 要 问题 \
    自己 会 生活 大 来 工作 发展 技术 学习 方法 重要 因为 所以 世界 社会 经济 研究 系统 数据 模型 信息 进行 通过 城市 \
    河流 山川 早晨 夜晚 故事 语言 文字 历史 文化 音乐 电影 教育 学校 老师 学生 朋友 家庭 孩子 健康 医院 科学 实验 结果 \
    分析 理论 实践 能力 思考 阅读 写作 书籍 图书馆 新闻 报道 记者 政府 公司 市场 产品 服务 用户 设计 开发 程序 代码 网络 \
    安全 隐私 规则 法律 权利 自由 责任 选择 机会 变化 未来 过去 现在 开始 结束 继续 努力 成功 失败 经验 简单 复杂";

/// A text of that many bytes, and a title.
fn clip(number: usize, dice: &mut Dice) -> (String, String) {
    let chinese = number.is_multiple_of(2);
    let words: Vec<&str> = if chinese { CHINESE } else { ENGLISH }.split_whitespace().collect();
    let (space, stop) = if chinese { ("", "。") } else { (" ", ". ") };
    let mut text = String::new();
    let rare_at = CLIP_BYTES / 4 + dice.below(CLIP_BYTES / 2);
    let mut rare = (number % RARE < 2).then_some(if chinese { "量子纠缠" } else { "lighthouse keeper" });
    while text.len() < CLIP_BYTES {
        for _ in 0..4 + dice.below(14) {
            text.push_str(dice.one_of(&words));
            text.push_str(space);
        }
        text.push_str(stop);
        if dice.below(6) == 0 {
            text.push_str("\n\n");
        }
        if text.len() > rare_at
            && let Some(rare) = rare.take()
        {
            text.push_str(rare);
            text.push_str(space);
        }
    }
    let title = (0..6).map(|_| dice.one_of(&words)).collect::<Vec<_>>().join(space);
    (title, text)
}

fn library(clips: usize) -> Index {
    let mut dice = Dice(0x5eed_5eed_5eed_5eed);
    let mut index = Index::default();
    for number in 0..clips {
        let (title, text) = clip(number, &mut dice);
        let described =
            Described { title: &title, host: "example.org", recency: number as u64, ..Described::default() };
        index.put(ClipId::of(&number.to_le_bytes()), Document::new(&described, &text));
    }
    index
}

/// Runs a search to its end and returns how many clips it found.
fn run(index: &Index, mut search: Search) -> (usize, Search) {
    while !search.step(index, 4_000_000).done {}
    (search.hits().len(), search)
}

const QUERIES: [(&str, &str); 10] = [
    ("common word", "the"),
    ("usual word", "people"),
    ("rare word", "lighthouse"),
    ("no such word", "zeppelin"),
    ("two words", "river morning"),
    ("Chinese word", "学习"),
    ("rare Chinese word", "量子纠缠"),
    ("two Chinese words", "数据 模型"),
    ("phrase", "\"lighthouse keeper\""),
    ("word without another", "science -music"),
];

fn searches(criterion: &mut Criterion, clips: usize) {
    let index = library(clips);
    println!("{clips} clips: {} MB in memory", index.memory_bytes() / 1_000_000);
    let mut group = criterion.benchmark_group(format!("{clips} clips"));
    for (name, query) in QUERIES {
        let found = run(&index, Search::new(&index, Query::parse(query))).0;
        group.bench_function(format!("{name} ({found} hits)"), |bencher| {
            bencher.iter(|| run(&index, Search::new(&index, Query::parse(black_box(query)))).0);
        });
    }
    for line in ["science", "学习方法"] {
        group.bench_function(format!("typing {line}"), |bencher| {
            bencher.iter(|| {
                let mut before = Search::new(&index, Query::default());
                for (at, c) in line.char_indices() {
                    let query = Query::parse(line.get(..at + c.len_utf8()).unwrap_or_default());
                    before = run(&index, Search::next(&index, query, &before)).1;
                }
                before
            });
        });
    }
    group.bench_function("first step of 1 MB", |bencher| {
        bencher.iter(|| Search::new(&index, Query::parse(black_box("people"))).step(&index, 1_000_000));
    });
    group.finish();
}

/// A row of a list, as a generator makes it.
struct Row {
    id: ClipId,
    title: String,
    site: String,
    tags: Vec<String>,
    saved: String,
}

impl Listed for Row {
    fn id(&self) -> &ClipId {
        &self.id
    }
    fn title(&self) -> &str {
        &self.title
    }
    fn site(&self) -> &str {
        &self.site
    }
    fn host(&self) -> &'static str {
        ""
    }
    fn authors(&self) -> &[String] {
        &[]
    }
    fn tags(&self) -> &[String] {
        &self.tags
    }
    fn status(&self) -> &'static str {
        "inbox"
    }
    fn language(&self) -> &'static str {
        "en"
    }
    fn saved(&self) -> &str {
        &self.saved
    }
    fn published(&self) -> &'static str {
        ""
    }
    fn added_ms(&self) -> u64 {
        0
    }
    fn reading_minutes(&self) -> u32 {
        1
    }
    fn progress(&self) -> f32 {
        0.0
    }
    fn highlights(&self) -> u32 {
        0
    }
    fn problems(&self) -> u32 {
        0
    }
}

fn lists(criterion: &mut Criterion) {
    let mut dice = Dice(0x0dd5_eed5);
    let words: Vec<&str> = ENGLISH.split_whitespace().collect();
    let mut row = |number: usize| Row {
        id: ClipId::of(&number.to_le_bytes()),
        title: format!("{} {} {}", dice.one_of(&words), dice.one_of(&words), dice.below(200)),
        site: format!("{} site", dice.one_of(&words)),
        tags: (0..3).map(|_| dice.one_of(&words).to_owned()).collect(),
        saved: format!("20{:02}-{:02}-{:02}", 10 + dice.below(15), 1 + dice.below(12), 1 + dice.below(28)),
    };
    let rows: Vec<Row> = (0..10_000).map(&mut row).collect();
    let mut group = criterion.benchmark_group("list of 10000");
    let all = Filters::default();
    let some = Filters { tag: ["people".to_owned(), "time".to_owned()].into(), ..Filters::default() };
    for (name, by) in [("by title", By::Title), ("by saved", By::Saved), ("by added", By::Added)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| arrange(black_box(&rows), &all, &Sort { by, descending: false }));
        });
    }
    group.bench_function("facets", |bencher| bencher.iter(|| facets(black_box(&rows), &all)));
    group.bench_function("facets, filtered", |bencher| bencher.iter(|| facets(black_box(&rows), &some)));
    group.finish();
}

fn texts(criterion: &mut Criterion) {
    let mut dice = Dice(0x5eed_5eed_5eed_5eed);
    let mut group = criterion.benchmark_group("one clip");
    for (name, number, query) in [("Chinese", 0, "学习 方法"), ("English", 1, "lighthouse people")] {
        let text = clip(number, &mut dice).1;
        let query = Query::parse(query);
        group.bench_function(format!("fold, {name}"), |bencher| bencher.iter(|| fold(black_box(&text))));
        group.bench_function(format!("snippet, {name}"), |bencher| {
            bencher.iter_batched(|| &text, |text| snippet(text, &query), BatchSize::SmallInput);
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(12)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .nresamples(2000)
        .configure_from_args();
    texts(&mut criterion);
    lists(&mut criterion);
    for clips in [1_000, 10_000] {
        searches(&mut criterion, clips);
    }
    criterion.final_summary();
}
