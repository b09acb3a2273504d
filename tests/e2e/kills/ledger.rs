//! What has to be there after a kill: everything that was there a second before it, and whole.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::clips::{Made, sum};

/// What may be lost is what happened in so many milliseconds before the kill.
const GRACE_MS: u64 = 1000;

/// What a person did with a clip: when, in milliseconds since 1970, and the station.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// When it changed last.
    pub changed_ms: u64,
    /// The clip's station.
    pub triage: Option<String>,
}

/// What the page keeps.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// The clips that are not removed.
    pub entries: BTreeSet<String>,
    /// Each text's length and sum.
    pub texts: BTreeMap<String, (u64, u64)>,
    /// The clips that have words for search.
    pub words: BTreeSet<String>,
    /// Of each clip the later one of what the database and what localStorage have.
    pub states: BTreeMap<String, State>,
    /// What the page complains of.
    pub problems: String,
    /// How many rows the list has.
    pub rows: u64,
}

impl Found {
    /// Reads what the page's script found.
    pub fn read(value: &Value) -> Self {
        let part = |name: &str| value.get(name).cloned().unwrap_or_default();
        let ids = |name: &str| {
            let all = part(name);
            all.as_array().into_iter().flatten().filter_map(|id| Some(id.as_str()?.to_owned())).collect()
        };
        let number = |value: &Value, at: usize| value.get(at).and_then(Value::as_u64).unwrap_or(0);
        let texts = part("texts").as_object().cloned().unwrap_or_default().into_iter();
        let mut states: BTreeMap<String, State> = BTreeMap::new();
        for place in ["states", "mirror"] {
            for (id, state) in part(place).as_object().cloned().unwrap_or_default() {
                let state = State::read(&state);
                let is_later = states.get(&id).is_none_or(|known| known.changed_ms < state.changed_ms);
                if is_later {
                    states.insert(id, state);
                }
            }
        }
        Self {
            entries: ids("entries"),
            texts: texts.map(|(id, text)| (id, (number(&text, 0), number(&text, 1)))).collect(),
            words: ids("words"),
            states,
            problems: part("problems").as_str().unwrap_or_default().to_owned(),
            rows: part("rows").as_u64().unwrap_or(0),
        }
    }
}

impl State {
    /// Reads a stored record's data.
    pub fn read(data: &Value) -> Self {
        let triage = data.get("triage").and_then(Value::as_str).map(str::to_owned);
        Self { changed_ms: data.get("changed_ms").and_then(Value::as_u64).unwrap_or(0), triage }
    }
}

/// What the page told, and when.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// An import of these clips was done.
    Imported(Vec<String>),
    /// The list had so many rows.
    Rows(u64),
    /// The state of a clip.
    State(String, State),
}

/// Everything that was dropped and done, and what of it has to be there.
#[derive(Debug, Default)]
pub struct Ledger {
    made: BTreeMap<String, Made>,
    told: Vec<(u64, Told)>,
    certain: BTreeSet<String>,
    rows: u64,
    states: BTreeMap<String, State>,
}

impl Ledger {
    /// Clips are about to be dropped.
    pub fn drops(&mut self, clips: Vec<Made>) {
        self.made.extend(clips.into_iter().map(|clip| (clip.id.clone(), clip)));
    }

    /// The page told something at that time.
    pub fn told(&mut self, at_ms: u64, told: Told) {
        self.told.push((at_ms, told));
    }

    /// A clip that has to be there, the `at`th of them.
    pub fn known(&self, at: usize) -> Option<&Made> {
        self.made.get(self.certain.iter().nth(at.checked_rem(self.certain.len())?)?)
    }

    /// How many clips have to be there, and how many were dropped.
    pub fn clips(&self) -> (usize, usize) {
        (self.certain.len(), self.made.len())
    }

    /// How many clips have a station that somebody gave them.
    pub fn stations(&self) -> usize {
        self.states.values().filter(|state| state.triage.is_some()).count()
    }

    /// The browser was killed at that time: what it told a second before counts.
    pub fn killed(&mut self, at_ms: u64) {
        for (told_ms, told) in std::mem::take(&mut self.told) {
            if told_ms + GRACE_MS > at_ms {
                continue;
            }
            match told {
                Told::Imported(ids) => self.certain.extend(ids),
                Told::Rows(rows) => self.rows = self.rows.max(rows),
                Told::State(id, state) => {
                    let is_later = self.states.get(&id).is_none_or(|known| known.changed_ms <= state.changed_ms);
                    if is_later {
                        self.states.insert(id, state);
                    }
                }
            }
        }
    }

    /// A sentence for everything that is not as it has to be.
    pub fn faults(&self, found: &Found) -> Vec<String> {
        let mut faults = Vec::new();
        if !found.problems.is_empty() {
            faults.push(format!("the page complains: {}", found.problems));
        }
        let texts: BTreeSet<String> = found.texts.keys().cloned().collect();
        for (what, ids) in [("text", &texts), ("words", &found.words)] {
            if *ids != found.entries {
                let odd = ids.symmetric_difference(&found.entries).count();
                faults.push(format!("{odd} clips have {what} without an entry, or an entry without {what}"));
            }
        }
        let lost: Vec<&String> = self.certain.difference(&found.entries).collect();
        if !lost.is_empty() {
            faults.push(format!("{} clips are lost that were there before, such as {lost:?}", lost.len()));
        }
        if (found.entries.len() as u64) < self.rows {
            faults.push(format!("the list had {} clips before, and {} are there", self.rows, found.entries.len()));
        }
        if found.rows != found.entries.len() as u64 {
            faults.push(format!("the list has {} rows for {} clips", found.rows, found.entries.len()));
        }
        faults.extend(found.texts.iter().filter_map(|(id, text)| self.text_fault(id, *text)));
        faults.extend(self.states.iter().filter_map(|(id, state)| state_fault(id, state, found.states.get(id))));
        faults
    }

    fn text_fault(&self, id: &str, (length, page_sum): (u64, u64)) -> Option<String> {
        let Some(made) = self.made.get(id) else { return Some(format!("{id} is no clip that was dropped")) };
        let is_whole = length == made.bytes.len() as u64 && page_sum == sum(&made.bytes);
        (!is_whole).then(|| format!("“{}” has {length} bytes that are not its {}", made.title, made.bytes.len()))
    }

    /// What is there now is what has to be there from now on, and what was lost is told once.
    pub fn settle(&mut self, found: Found) {
        self.rows = found.entries.len() as u64;
        self.certain = found.entries;
        self.states = found.states;
    }
}

fn state_fault(id: &str, before: &State, now: Option<&State>) -> Option<String> {
    match now {
        None => Some(format!("the state of {id} is lost: {before:?}")),
        Some(now) if now.changed_ms < before.changed_ms => {
            let late_ms = before.changed_ms - now.changed_ms;
            Some(format!("the state of {id} is {late_ms} ms older than it was: {now:?}, not {before:?}"))
        }
        Some(now) if now.changed_ms == before.changed_ms && now.triage != before.triage => {
            Some(format!("the station of {id} is another: {now:?}, not {before:?}"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clips;

    /// A ledger of one round whose clips are all there, and what is found then.
    fn whole() -> (Ledger, Found) {
        let mut ledger = Ledger::default();
        let made = clips::of(1);
        let ids: Vec<String> = made.iter().map(|clip| clip.id.clone()).collect();
        let texts = made.iter().map(|clip| (clip.id.clone(), (clip.bytes.len() as u64, sum(&clip.bytes)))).collect();
        let entries: BTreeSet<String> = ids.iter().cloned().collect();
        ledger.drops(made);
        ledger.told(1000, Told::Imported(ids));
        let rows = entries.len() as u64;
        (ledger, Found { words: entries.clone(), entries, texts, rows, ..Found::default() })
    }

    #[test]
    fn a_whole_library_has_no_fault() {
        let (mut ledger, found) = whole();
        ledger.killed(2000);
        assert_eq!(ledger.faults(&found), Vec::<String>::new());
    }

    #[test]
    fn what_was_there_a_second_before_may_not_be_lost() {
        let (mut ledger, _) = whole();
        ledger.killed(2000);
        assert!(ledger.faults(&Found::default()).iter().any(|fault| fault.starts_with("20 clips are lost")));
        let (mut ledger, _) = whole();
        ledger.killed(1999);
        assert_eq!(ledger.faults(&Found::default()), Vec::<String>::new());
    }

    #[test]
    fn half_a_clip_is_a_fault() {
        let (ledger, found) = whole();
        let id = found.entries.first().unwrap().clone();
        let mut without_words = found.clone();
        without_words.words.remove(&id);
        assert_eq!(ledger.faults(&without_words), ["1 clips have words without an entry, or an entry without words"]);
        let mut short = found;
        short.texts.insert(id, (7, 7));
        assert!(ledger.faults(&short).iter().any(|fault| fault.contains("has 7 bytes")));
    }

    #[test]
    fn an_older_state_or_another_station_is_a_fault() {
        let state = |changed_ms, triage: &str| State { changed_ms, triage: Some(triage.to_owned()) };
        assert_eq!(state_fault("a", &state(5, "done"), Some(&state(5, "done"))), None);
        assert_eq!(state_fault("a", &state(5, "done"), Some(&state(6, "inbox"))), None);
        assert!(state_fault("a", &state(5, "done"), Some(&state(4, "done"))).is_some());
        assert!(state_fault("a", &state(5, "done"), Some(&state(5, "inbox"))).is_some());
        assert!(state_fault("a", &state(5, "done"), None).is_some());
    }
}
