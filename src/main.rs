//! Mounts the page, or starts the engine when run inside a worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    use clip_viewer::browser::{boot, serving};

    if serving::is_worker() {
        if let Err(error) = serving::serve() {
            wasm_bindgen::throw_str(&error.to_string());
        }
        return;
    }
    boot::install_panic_page();
    clip_viewer::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Clip Viewer runs in a browser: `cargo xtask serve --open`.");
}
