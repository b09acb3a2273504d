//! The checksum of zip archives: CRC-32 (ISO 3309), eight bytes at a time.
//!
//! The libraries for it carry 16 kB of tables that no compression makes smaller; here the tables
//! are computed when the first archive is read.

use std::sync::OnceLock;

type Tables = [[u32; 256]; 8];

/// The checksum of some bytes.
pub(super) fn crc_32(bytes: &[u8]) -> u32 {
    static TABLES: OnceLock<Box<Tables>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| Box::new(tables()));
    let look = |table: usize, value: u32| -> u32 {
        // Both are in range by their making; `get` spares the code of a panic.
        tables.get(table).and_then(|table| table.get((value & 0xff) as usize)).copied().unwrap_or(0)
    };
    let mut crc = u32::MAX;
    let (eights, rest) = bytes.as_chunks::<8>();
    for [a, b, c, d, e, f, g, h] in eights {
        let low = u32::from_le_bytes([*a, *b, *c, *d]) ^ crc;
        let high = u32::from_le_bytes([*e, *f, *g, *h]);
        crc = look(7, low) ^ look(6, low >> 8) ^ look(5, low >> 16) ^ look(4, low >> 24);
        crc ^= look(3, high) ^ look(2, high >> 8) ^ look(1, high >> 16) ^ look(0, high >> 24);
    }
    for byte in rest {
        crc = (crc >> 8) ^ look(0, crc ^ u32::from(*byte));
    }
    !crc
}

fn tables() -> Tables {
    let mut tables: Tables = [[0; 256]; 8];
    let [first, others @ ..] = &mut tables;
    for (byte, slot) in (0..).zip(first.iter_mut()) {
        *slot = (0..8).fold(byte, |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 });
    }
    let mut before: [u32; 256] = *first;
    for table in others {
        for (slot, crc) in table.iter_mut().zip(before) {
            *slot = (crc >> 8) ^ first.get((crc & 0xff) as usize).copied().unwrap_or(0);
        }
        before = *table;
    }
    tables
}
