//! Asks the linker for what divides the program into parts (`xtask/src/parts.rs`): where each function and each value is
//! named in it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is_set = |name| std::env::var_os(name).is_some();
    let is_web = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|architecture| architecture == "wasm32");
    if is_web && is_set("CARGO_FEATURE_SPLIT") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
