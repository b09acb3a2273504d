//! The one door for markup: an allow-listed tree that nothing but this file can make.
