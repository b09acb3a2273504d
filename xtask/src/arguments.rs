//! The words after a command's name: flags and values, each taken once, none left over.

use crate::process::Failure;

/// What stands after the command's name on the command line.
pub struct Arguments {
    command: &'static str,
    options: &'static str,
    words: Vec<String>,
}

impl Arguments {
    /// The words given to `command`, whose known `options` are quoted when one is unknown.
    pub fn new(command: &'static str, options: &'static str, words: Vec<String>) -> Self {
        Self { command, options, words }
    }

    /// Whether `flag` was given; it is taken out.
    pub fn flag(&mut self, flag: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != flag);
        self.words.len() < before
    }

    /// The word after `flag` (or after `flag=`), if the flag was given; both are taken out.
    pub fn value(&mut self, flag: &str) -> Result<Option<String>, Failure> {
        let joined = format!("{flag}=");
        let Some(at) = self.words.iter().position(|word| word == flag || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.words.remove(at);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.words.len() {
            return Ok(Some(self.words.remove(at)));
        }
        Err(Failure::new(format!("`{flag}` needs a value after it.")))
    }

    /// The first word that is no flag, if there is one; it is taken out. Flags with values go first.
    pub fn word(&mut self) -> Option<String> {
        let at = self.words.iter().position(|word| !word.starts_with("--"))?;
        Some(self.words.remove(at))
    }

    /// Refuses whatever nobody has taken.
    pub fn finish(self) -> Result<(), Failure> {
        match self.words.first() {
            None => Ok(()),
            Some(word) if self.options.is_empty() => Err(Failure::new(format!(
                "`cargo xtask {}` takes no options, so “{word}” means nothing to it.",
                self.command
            ))),
            Some(word) => Err(Failure::new(format!(
                "`cargo xtask {}` does not know “{word}”. It takes: {}",
                self.command, self.options
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Arguments::new("serve", "[--open] [--port N]", words)
    }

    #[test]
    fn flags_and_values_are_taken_out() {
        let mut given = arguments(&["--port", "9000", "--open"]);
        assert!(given.flag("--open"));
        assert_eq!(given.value("--port").unwrap().as_deref(), Some("9000"));
        given.finish().unwrap();
    }

    #[test]
    fn a_value_may_be_joined_to_its_flag() {
        let mut given = arguments(&["--port=9000"]);
        assert_eq!(given.value("--port").unwrap().as_deref(), Some("9000"));
    }

    #[test]
    fn a_word_stands_beside_flags() {
        let mut given = arguments(&["--open", "clips", "--port", "1"]);
        assert_eq!(given.value("--port").unwrap().as_deref(), Some("1"));
        assert_eq!(given.word().as_deref(), Some("clips"));
        assert_eq!(given.word(), None);
    }

    #[test]
    fn a_flag_without_its_value_is_refused() {
        let refused = arguments(&["--port"]).value("--port").unwrap_err();
        assert!(refused.to_string().contains("--port"));
    }

    #[test]
    fn a_word_nobody_takes_is_refused_with_the_known_ones() {
        let refused = arguments(&["--oepn"]).finish().unwrap_err().to_string();
        assert!(refused.contains("--oepn") && refused.contains("[--open]"));
    }
}
