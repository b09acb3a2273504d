//! How alike two texts are, as Python's `difflib` tells: for the scores of [`super::corpus`].

use std::collections::HashMap;

/// Letters and digits in lower case. Full-width forms are the only compatibility forms that the
/// corpus has.
pub fn norm(text: &str) -> Vec<char> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap(),
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The similarity of Python's `difflib.SequenceMatcher` without its junk heuristic.
pub fn ratio(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let mut places: HashMap<char, Vec<usize>> = HashMap::new();
    for (index, c) in b.iter().enumerate() {
        places.entry(*c).or_default().push(index);
    }
    let mut matching = 0;
    let mut open = vec![(0, a.len(), 0, b.len())];
    while let Some((a_start, a_end, b_start, b_end)) = open.pop() {
        let (at_a, at_b, size) = longest_match(a, &places, (a_start, a_end, b_start, b_end));
        if size > 0 {
            matching += size;
            open.push((a_start, at_a, b_start, at_b));
            open.push((at_a + size, a_end, at_b + size, b_end));
        }
    }
    2.0 * matching as f64 / (a.len() + b.len()) as f64
}

/// The longest run that both have in those ranges, the earliest in `a` and then in `b`.
fn longest_match(
    a: &[char],
    places: &HashMap<char, Vec<usize>>,
    (a_start, a_end, b_start, b_end): (usize, usize, usize, usize),
) -> (usize, usize, usize) {
    let mut best = (a_start, b_start, 0);
    let mut lengths: HashMap<usize, usize> = HashMap::new();
    for (i, c) in a.iter().enumerate().take(a_end).skip(a_start) {
        let mut next = HashMap::new();
        for &j in places.get(c).into_iter().flatten().filter(|j| (b_start..b_end).contains(j)) {
            let length = j.checked_sub(1).and_then(|before| lengths.get(&before)).copied().unwrap_or(0) + 1;
            next.insert(j, length);
            if length > best.2 {
                best = (i + 1 - length, j + 1 - length, length);
            }
        }
        lengths = next;
    }
    best
}
