//! Mounts the page; inside a worker nothing begins by itself.

#[cfg(target_arch = "wasm32")]
fn main() {
    use clip_viewer::browser::{boot, serving};

    // There `public/worker.js` asks it to serve.
    if serving::is_worker() {
        return;
    }
    boot::install_panic_page();
    clip_viewer::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Clip Viewer runs in a browser: `cargo xtask serve --open`.");
}
