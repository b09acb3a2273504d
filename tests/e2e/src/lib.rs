//! Real browsers driven over WebDriver: the parts that know nothing of what is tested.
//!
//! [`server`] hosts `dist/` below a path, [`engine`] starts drivers and sessions, [`page`] does
//! to the app what a person does, [`processes`] are those that a driver started.

pub mod devtools;
pub mod dice;
pub mod engine;
pub mod page;
pub mod processes;
pub mod server;

pub use engine::{Engine, Refusal};
pub use page::Page;
pub use server::Server;

/// Why a check failed, as a sentence.
pub type Problem = Box<dyn std::error::Error + Send + Sync>;

/// What a check returns.
pub type Outcome = Result<(), Problem>;

/// Fails a check with a sentence unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($words:tt)+) => {
        if !$condition {
            return Err(format!($($words)+).into());
        }
    };
}
