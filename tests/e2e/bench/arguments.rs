//! The words on the command line.

use std::path::PathBuf;

use e2e::Problem;

/// How often each input is opened in each page.
const ROUNDS: usize = 11;
/// How often the library is gone through.
const LIBRARY_ROUNDS: usize = 3;
/// From so many clips on it is gone through once.
const MANY_CLIPS: usize = 5000;

/// What was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How many rounds; large inputs have fewer of their own.
    pub rounds: usize,
    /// The names of the inputs, or none for all.
    pub inputs: Vec<String>,
    /// How many times slower the main thread shall be; 1 is as it is.
    pub throttle: f64,
    /// The number of clips, when it is the library that is measured.
    pub library: Option<usize>,
    /// The folder with the built peers, where there is one.
    pub peers: Option<PathBuf>,
}

impl Settings {
    /// Reads pairs of an option and its value.
    ///
    /// # Errors
    /// When an option is unknown or its value makes no sense.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Self, Problem> {
        let mut settings = Self { rounds: 0, inputs: Vec::new(), throttle: 1.0, library: None, peers: None };
        let mut words = words.into_iter();
        while let Some(option) = words.next() {
            let value = words.next().ok_or_else(|| format!("`{option}` needs a value after it."))?;
            let senseless = || format!("“{value}” makes no sense after `{option}`.");
            match option.as_str() {
                "--rounds" => settings.rounds = value.parse().ok().filter(|n| *n > 0).ok_or_else(senseless)?,
                "--inputs" => settings.inputs = value.split(',').map(|name| name.trim().to_owned()).collect(),
                "--library" => {
                    settings.library = Some(value.parse().ok().filter(|n| *n > 0).ok_or_else(senseless)?);
                }
                "--throttle" => {
                    let is_slower = |n: &f64| n.is_finite() && *n >= 1.0;
                    settings.throttle = value.parse().ok().filter(is_slower).ok_or_else(senseless)?;
                }
                "--peers" => settings.peers = Some(PathBuf::from(value)),
                _ => return Err(format!("“{option}” means nothing here.").into()),
            }
        }
        if settings.rounds == 0 {
            settings.rounds = match settings.library {
                None => ROUNDS,
                Some(count) if count < MANY_CLIPS => LIBRARY_ROUNDS,
                Some(_) => 1,
            };
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Settings, Problem> {
        Settings::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn eleven_rounds_of_everything_unless_told_otherwise() {
        let settings = read("").unwrap();
        assert_eq!(settings, Settings { rounds: 11, inputs: vec![], throttle: 1.0, library: None, peers: None });
    }

    #[test]
    fn options_are_read() {
        let settings = read("--rounds 3 --inputs seed,x20 --throttle 4 --peers a/b").unwrap();
        assert_eq!(settings.rounds, 3);
        assert_eq!(settings.inputs, ["seed", "x20"]);
        assert_eq!(settings.throttle, 4.0);
        assert_eq!(settings.peers, Some(PathBuf::from("a/b")));
    }

    #[test]
    fn the_library_has_fewer_rounds() {
        let rounds = |line: &str| read(line).unwrap().rounds;
        assert_eq!(rounds("--library 1000"), 3);
        assert_eq!(rounds("--library 10000"), 1);
        assert_eq!(rounds("--library 10000 --rounds 2"), 2);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for line in
            ["--rounds 0", "--rounds many", "--throttle 0.5", "--throttle NaN", "--rounds", "--loud yes", "--library 0"]
        {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
