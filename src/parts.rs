//! The parts of the program: a page begins without most of them.
//!
//! | part | who loads it | what is in it |
//! |---|---|---|
//! | (the program itself) | the page, both workers | state, what is on the page while a clip is read, and what everything needs |
//! | `clips` | the worker that reads clips, before its first | understanding a clip |
//! | `library` | the library's worker | imports, search, archives |
//! | `later` | the page, when it is at rest or something of it is asked for | every panel, list and service that no first clip needs |
//!
//! A function that `part!` makes is called like any other `async` one: its part is loaded before it runs. What only such
//! functions of one part reach is in that part; `xtask/src/parts.rs` says how. Without the feature `split` (in tests) the
//! program is whole, and nothing is loaded.

use std::fmt;

/// A part of the program that did not come: the host did not answer, or has another build by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a part of the program did not come")
    }
}

impl std::error::Error for Missing {}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        // The loader tells the browser's console why.
        Self
    }
}

/// Makes functions of a part of the program: `part! { later: fn name(argument: Type) -> Type { … } }` is an `async fn`
/// that returns `Result<Type, Missing>`.
#[macro_export]
macro_rules! part {
    ($part:ident: $($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $of:ty),* $(,)?) $(-> $out:ty)? $body:block)*) => {
        $(
            #[cfg(feature = "split")]
            $(#[$meta])*
            #[allow(unsafe_code, reason = "how a function of another part of the program is named and called")]
            #[::wasm_split_helpers::wasm_split($part, fallible)]
            $vis fn $name($($arg: $of),*) -> Result<$crate::part!(@out $($out)?), $crate::parts::Missing> { Ok($body) }

            #[cfg(not(feature = "split"))]
            $(#[$meta])*
            $vis async fn $name($($arg: $of),*) -> Result<$crate::part!(@out $($out)?), $crate::parts::Missing> { Ok($body) }
        )*
    };
    (@out) => { () };
    (@out $out:ty) => { $out };
}
