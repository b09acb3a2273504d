//! Reads `size-budget.toml`: how big each kind of file may be.
//!
//! The file is TOML of one shape only, read line by line:
//! `"*.wasm" = { raw = 900, gzip = 400, brotli = 330 }`, in kB of 1,000 bytes. `total` is all files
//! together. A kind that is left out is not limited.

use crate::process::Failure;

/// Sizes of one file, or of many, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sizes {
    /// As it stands on disk.
    pub raw: u64,
    /// As most servers send it.
    pub gzip: u64,
    /// As the better servers send it.
    pub brotli: u64,
}

impl Sizes {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// One line of the budget.
#[derive(Debug, PartialEq)]
pub struct Limit {
    /// A file name, in which one `*` stands for anything; or `total`.
    pub pattern: String,
    raw: Option<u64>,
    gzip: Option<u64>,
    brotli: Option<u64>,
}

impl Limit {
    /// Whether the limit is for this file.
    pub fn covers(&self, file: &str) -> bool {
        match self.pattern.split_once('*') {
            None => self.pattern == file,
            Some((before, after)) => {
                file.len() >= before.len() + after.len() && file.starts_with(before) && file.ends_with(after)
            }
        }
    }

    /// One sentence for each kind of size that is over.
    pub fn broken_by(&self, file: &str, sizes: Sizes) -> Vec<String> {
        [("raw", self.raw, sizes.raw), ("gzip", self.gzip, sizes.gzip), ("brotli", self.brotli, sizes.brotli)]
            .into_iter()
            .filter_map(|(kind, limit, size)| {
                let limit = limit.filter(|limit| size > *limit)?;
                Some(format!(
                    "{file} is {} kB ({kind}), {} kB over its budget of {} kB.",
                    kilobytes(size),
                    kilobytes(size - limit),
                    kilobytes(limit)
                ))
            })
            .collect()
    }
}

/// A size as it is shown: kB of 1,000 bytes, one decimal below 100.
pub fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    if tenths >= 1_000 || tenths.is_multiple_of(10) {
        tenths.div_ceil(10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Every limit in the file, in its order.
pub fn read(text: &str) -> Result<Vec<Limit>, Failure> {
    let mut limits = vec![];
    for (at, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        limits.push(limit(line).ok_or_else(|| {
            Failure::new(format!(
                "size-budget.toml:{}: “{line}” is not understood. Write it as \
                 \"*.wasm\" = {{ raw = 900, gzip = 400, brotli = 330 }}, in kB.",
                at + 1
            ))
        })?);
    }
    Ok(limits)
}

fn limit(line: &str) -> Option<Limit> {
    let (pattern, sizes) = line.split_once('=')?;
    let mut limit = Limit { pattern: pattern.trim().trim_matches('"').to_owned(), raw: None, gzip: None, brotli: None };
    let sizes = sizes.trim().strip_prefix('{')?.strip_suffix('}')?;
    for size in sizes.split(',') {
        let (kind, kilobytes) = size.split_once('=')?;
        let bytes = kilobytes.trim().parse::<u64>().ok()?.checked_mul(1_000)?;
        match kind.trim() {
            "raw" => limit.raw = Some(bytes),
            "gzip" => limit.gzip = Some(bytes),
            "brotli" => limit.brotli = Some(bytes),
            _ => return None,
        }
    }
    Some(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: &str = "# a remark\n\n\"*.wasm\" = { raw = 900, brotli = 330 } # why\n\
        total = { gzip = 500 }\n";

    fn sizes(raw: u64, gzip: u64, brotli: u64) -> Sizes {
        Sizes { raw, gzip, brotli }
    }

    #[test]
    fn each_line_is_a_limit() {
        let limits = read(BUDGET).unwrap();
        let patterns: Vec<_> = limits.iter().map(|limit| limit.pattern.as_str()).collect();
        assert_eq!(patterns, ["*.wasm", "total"]);
        assert!(limits[0].covers("clip-viewer_bg.wasm"));
        assert!(!limits[0].covers("clip-viewer.js"));
        assert!(!limits[1].covers("total.js"));
    }

    #[test]
    fn what_is_over_is_said_with_by_how_much() {
        let limits = read(BUDGET).unwrap();
        assert_eq!(
            limits[0].broken_by("a.wasm", sizes(900_000, 9_000_000, 331_500)),
            ["a.wasm is 332 kB (brotli), 1.5 kB over its budget of 330 kB."]
        );
    }

    #[test]
    fn what_is_exactly_at_its_limit_is_within() {
        let limits = read(BUDGET).unwrap();
        assert!(limits[1].broken_by("total", sizes(0, 500_000, 0)).is_empty());
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        for wrong in ["\"*.js\" = 5", "x = { raw = many }", "x = { zip = 3 }", "x"] {
            let refused = read(&format!("\n{wrong}")).unwrap_err().to_string();
            assert!(refused.contains("size-budget.toml:2"), "{refused}");
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0");
        assert_eq!(kilobytes(1), "0.1");
        assert_eq!(kilobytes(5_000), "5");
        assert_eq!(kilobytes(5_001), "5.1");
        assert_eq!(kilobytes(123_456), "124");
    }
}
