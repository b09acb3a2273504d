//! How much memory a browser's renderers take at most, as Linux counts it in `/proc`.
//!
//! Where there is no `/proc`, or it may not be written, there is no figure.

use std::fs;

use e2e::processes::{renderers, status};

/// The renderers of one browser, from now on.
#[derive(Debug)]
pub struct Watch {
    renderers: Vec<Renderer>,
}

#[derive(Debug)]
struct Renderer {
    id: u32,
    resident_kb: f64,
}

impl Watch {
    /// Watches the renderers among the descendants of that process, their peaks forgotten.
    pub fn start(ancestor: u32) -> Self {
        let renderers = renderers(ancestor).into_iter().filter_map(|id| {
            let resident_kb = field(&status(id)?, "VmRSS")?;
            // 5 sets the peak to what is resident now.
            fs::write(format!("/proc/{id}/clear_refs"), "5").ok()?;
            Some(Renderer { id, resident_kb })
        });
        Self { renderers: renderers.collect() }
    }

    /// The largest growth since then, in MB.
    pub fn growth_mb(&self) -> Option<f64> {
        let growths = self.renderers.iter().filter_map(|renderer| {
            let peak_kb = field(&status(renderer.id)?, "VmHWM")?;
            Some((peak_kb - renderer.resident_kb) / 1024.0)
        });
        growths.max_by(f64::total_cmp)
    }
}

/// The memory that the largest renderer among the descendants of that process has for itself, in MB:
/// what it shares with the browser's other processes is left out.
pub fn private_mb(ancestor: u32) -> Option<f64> {
    let sizes = renderers(ancestor).into_iter().filter_map(|id| {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        private_kb(&rollup)
    });
    sizes.max_by(f64::total_cmp).map(|kb| kb / 1024.0)
}

fn private_kb(rollup: &str) -> Option<f64> {
    Some(field(rollup, "Private_Clean")? + field(rollup, "Private_Dirty")?)
}

/// A line such as `VmRSS:   123 kB`.
fn field(status: &str, name: &str) -> Option<f64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    value.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read() {
        let status = "Name:\tchromium\nVmHWM:\t   2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(field(status, "VmHWM"), Some(2048.0));
        assert_eq!(field(status, "VmRSS"), Some(1024.0));
        assert_eq!(field(status, "VmSwap"), None);
    }

    #[test]
    fn private_memory_is_what_is_not_shared() {
        let rollup = "5581-7ffc ---p 00000000 00:00 0 [rollup]\nRss: 900 kB\nPss: 500 kB\nShared_Clean: 400 kB\nPrivate_Clean: 100 kB\nPrivate_Dirty: 300 kB\n";
        assert_eq!(private_kb(rollup), Some(400.0));
        assert_eq!(private_kb("Rss: 900 kB\n"), None);
    }

    #[test]
    fn without_renderers_there_is_no_figure() {
        assert_eq!(Watch { renderers: Vec::new() }.growth_mb(), None);
    }
}
