//! The clips that come in: as many as take a moment, each unlike all others and easy to tell whole.

use clip_viewer::library::ClipId;
use clip_viewer::library::archive::write::Writer;
use e2e::Problem;

/// How many come in while the browser is killed.
const CLIPS: usize = 20;
/// How many came in before.
const FEW: usize = 5;
/// How many paragraphs the longest has.
const PARAGRAPHS: usize = 16;

/// A clip as it was dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Its id, which is the hash of its bytes.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What its last line says.
    pub last: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The clips of a round that come in while the browser is killed.
pub fn of(round: usize) -> Vec<Made> {
    (0..CLIPS).map(|at| one(round, at)).collect()
}

/// A few clips of a round that are there before.
pub fn few(round: usize) -> Vec<Made> {
    (CLIPS..CLIPS + FEW).map(|at| one(round, at)).collect()
}

fn one(round: usize, at: usize) -> Made {
    let title = format!("Lamp {at} of pier {round}");
    let last = format!("The end of lamp {at}, pier {round}.");
    let words = format!("It burns {at} hours by night, and the boats of pier {round} know its colour. ").repeat(4);
    let paragraphs = (0..3 + (at * 7 + round) % PARAGRAPHS).map(|number| format!("## Hour {number}\n\n{words}\n\n"));
    let text = format!(
        "---\ntitle: {title}\nurl: https://example.org/{round}/{at}\n---\n\n{}{last}\n",
        paragraphs.collect::<String>()
    );
    let bytes = text.into_bytes();
    Made { id: ClipId::of(&bytes).as_str().to_owned(), title, last, bytes }
}

/// A zip of them.
pub fn zip(round: usize, clips: &[Made]) -> Result<Vec<u8>, Problem> {
    let mut writer = Writer::new(Vec::new());
    for (at, clip) in clips.iter().enumerate() {
        writer.add(&format!("pier {round}/lamp {at}.md"), &clip.bytes, None)?;
    }
    Ok(writer.finish()?)
}

/// The same sum as the page makes of a text (32-bit FNV-1a).
pub fn sum(bytes: &[u8]) -> u64 {
    let sum = bytes.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    u64::from(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_fnv_1a() {
        assert_eq!(sum(b""), 0x811c_9dc5);
        assert_eq!(sum(b"a"), 0xe40c_292c);
        assert_eq!(sum(b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn no_two_clips_are_the_same() {
        let mut ids: Vec<String> =
            (0..5).flat_map(|round| [of(round), few(round)].concat()).map(|clip| clip.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
