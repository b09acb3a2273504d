//! Which of the languages that the app speaks a person reads best.

/// The one of the offered languages (BCP 47 tags; the first is taken when none fits) that comes first among
/// those that are wanted.
#[must_use]
pub fn best<'o>(wanted: &[String], offered: &[&'o str]) -> &'o str {
    let fits = |wanted: &String| {
        let same = |tag: &&&str| tag.eq_ignore_ascii_case(wanted);
        let in_script = |tag: &&&str| primary(tag) == primary(wanted) && script(tag) == script(wanted);
        // Another script of the same language is read with more ease than another language.
        let any = |tag: &&&str| primary(tag) == primary(wanted);
        let find = |fits: &dyn Fn(&&&str) -> bool| offered.iter().find(|tag| fits(tag)).copied();
        find(&same).or_else(|| find(&in_script)).or_else(|| find(&any))
    };
    wanted.iter().find_map(fits).or_else(|| offered.first().copied()).unwrap_or("en")
}

fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

/// The script of a tag, where the language is written in more than one.
fn script(tag: &str) -> String {
    let parts = || tag.split('-').skip(1).map(str::to_lowercase);
    let named = parts().find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic));
    let is_traditional = || parts().any(|part| matches!(part.as_str(), "tw" | "hk" | "mo"));
    match (named, primary(tag).as_str()) {
        (Some(script), _) => script,
        (None, "zh") => if is_traditional() { "hant" } else { "hans" }.to_owned(),
        (None, _) => String::new(),
    }
}

/// A sentence said again in another language. The forms are those of sentences in the language that it is in
/// and in the other one, with gaps in braces: `“{name}” is empty.`; `None` when it has none of them.
#[must_use]
pub fn said_again(sentence: &str, forms: &[(&str, &str)]) -> Option<String> {
    again(sentence, forms, 3)
}

/// What stands in a gap may be a sentence, too, but for names, which stand in quotes.
fn again(sentence: &str, forms: &[(&str, &str)], depth: u8) -> Option<String> {
    // Of two forms that a sentence has, the one that says more of it is meant.
    let found = forms.iter().filter_map(|(from, to)| Some((from.len(), gaps(sentence, from)?, to)));
    let (_, gaps, to) = found.max_by_key(|(said, ..)| *said)?;
    let mut said = (*to).to_owned();
    for Gap { name, value, is_name } in gaps {
        let value = match depth.checked_sub(1).filter(|_| !is_name) {
            Some(depth) => again(value, forms, depth).unwrap_or_else(|| value.to_owned()),
            None => value.to_owned(),
        };
        said = said.replace(&format!("{{{name}}}"), &value.replace('{', "\u{e000}"));
    }
    Some(said.replace('\u{e000}', "{"))
}

/// What stands in a gap of a form.
struct Gap<'s> {
    name: &'s str,
    value: &'s str,
    is_name: bool,
}

/// What stands in the gaps of a form; `None` when the sentence has another one.
fn gaps<'s>(sentence: &'s str, form: &'s str) -> Option<Vec<Gap<'s>>> {
    let mut gaps = Vec::new();
    let (start, mut form) = form.split_once('{').unwrap_or((form, ""));
    let mut rest = sentence.strip_prefix(start)?;
    let mut before = start;
    while let Some((name, after)) = form.split_once('}') {
        let (text, next) = after.split_once('{').unwrap_or((after, ""));
        let is_last = !after.contains('{');
        let end = if is_last { rest.strip_suffix(text)?.len() } else { rest.find(text)? };
        gaps.push(Gap { name, value: rest.get(..end)?, is_name: before.ends_with(['“', '`']) });
        rest = rest.get(end + text.len()..)?;
        before = text;
        form = next;
    }
    rest.is_empty().then_some(gaps)
}
