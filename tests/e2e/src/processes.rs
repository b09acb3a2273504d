//! The processes of a browser, as Linux shows them in `/proc`. Where there is no `/proc`, there are none.

use std::fs;

/// The renderers among the descendants of a process.
#[must_use]
pub fn renderers(ancestor: u32) -> Vec<u32> {
    descendants(ancestor).into_iter().filter(|id| is_renderer(*id)).collect()
}

/// All descendants of a process, parents before children.
#[must_use]
pub fn descendants(ancestor: u32) -> Vec<u32> {
    let families = families();
    let mut found = vec![ancestor];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        let children = families.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child);
        let new: Vec<u32> = children.filter(|child| !found.contains(child)).collect();
        found.extend(new);
        at += 1;
    }
    found.split_off(1)
}

/// Every process with its parent.
fn families() -> Vec<(u32, u32)> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let ids = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| Some((id, parent(&status(id)?)?))).collect()
}

/// What Linux tells of a process, a line for each name.
#[must_use]
pub fn status(id: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/{id}/status")).ok()
}

/// Whether a process runs still; one that only waits to be counted does not.
#[must_use]
pub fn runs(id: u32) -> bool {
    status(id).is_some_and(|status| !status.lines().any(|line| line.starts_with("State:\tZ")))
}

/// Ends processes in this moment, without a word to them: as a crash or a dead battery does.
pub fn kill(ids: &[u32]) {
    #[cfg(unix)]
    for id in ids.iter().filter_map(|id| i32::try_from(*id).ok()) {
        // One that is gone already is what is wanted.
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGKILL).ok();
    }
}

fn is_renderer(id: u32) -> bool {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    // Arguments are apart by a zero byte, or by a space where Chromium rewrote them. Firefox names
    // the processes of its tabs by their last word.
    let words: Vec<&[u8]> = line.split(|byte| matches!(byte, 0 | b' ')).filter(|word| !word.is_empty()).collect();
    words.contains(&b"--type=renderer".as_slice()) || words.last() == Some(&b"tab".as_slice())
}

fn parent(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}

/// How much memory a process takes, in kB; 0 when it is not known.
#[must_use]
pub fn resident_kb(id: u32) -> u64 {
    let status = status(id).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
