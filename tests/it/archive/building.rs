//! Zip archives made byte by byte, so that every field of one can lie.

/// An entry with everything that its two headers say.
#[derive(Clone)]
pub struct Stored {
    pub name: Vec<u8>,
    pub extra: Vec<u8>,
    /// What stands in the archive, compressed or not.
    pub data: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    /// The length that is declared, in bytes.
    pub size: u32,
    /// The length that is declared for the data, in bytes, when it is not the true one.
    pub packed: Option<u32>,
    pub made_by: u16,
    pub attributes: u32,
}

/// A file as it is, with its name in UTF-8.
pub fn stored(name: &str, bytes: &[u8]) -> Stored {
    Stored {
        name: name.as_bytes().to_vec(),
        extra: Vec::new(),
        data: bytes.to_vec(),
        flags: 0x800,
        method: 0,
        crc: crc_32(bytes),
        size: bytes.len() as u32,
        packed: None,
        made_by: 20,
        attributes: 0,
    }
}

/// A deflated file.
pub fn deflated(name: &str, bytes: &[u8]) -> Stored {
    Stored { data: miniz_oxide::deflate::compress_to_vec(bytes, 6), method: 8, ..stored(name, bytes) }
}

/// An archive of those entries.
pub fn zip(entries: &[Stored]) -> Vec<u8> {
    let entries: Vec<(Stored, Option<u32>)> = entries.iter().map(|entry| (entry.clone(), None)).collect();
    zip_with(&entries, b"")
}

/// An archive with a comment, of entries that may point at a header of another one.
pub fn zip_with(entries: &[(Stored, Option<u32>)], comment: &[u8]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (entry, points_at) in entries {
        let start = points_at.unwrap_or(bytes.len() as u32);
        let mut shared = Vec::new();
        for word in [20, entry.flags, entry.method, 0, 0x5821] {
            shared.extend(word.to_le_bytes());
        }
        for word in [entry.crc, entry.packed.unwrap_or(entry.data.len() as u32), entry.size] {
            shared.extend(word.to_le_bytes());
        }
        shared.extend((entry.name.len() as u16).to_le_bytes());
        shared.extend((entry.extra.len() as u16).to_le_bytes());
        if points_at.is_none() {
            for part in [b"PK\x03\x04", shared.as_slice(), &entry.name, &entry.extra, &entry.data] {
                bytes.extend(part);
            }
        }
        let (made_by, attributes) = (entry.made_by.to_le_bytes(), entry.attributes.to_le_bytes());
        let parts: [&[u8]; 8] =
            [b"PK\x01\x02", &made_by, &shared, &[0; 6], &attributes, &start.to_le_bytes(), &entry.name, &entry.extra];
        parts.iter().for_each(|part| directory.extend(*part));
    }
    let count = (entries.len() as u16).to_le_bytes();
    let directory_at = (bytes.len() as u32).to_le_bytes();
    let directory_bytes = (directory.len() as u32).to_le_bytes();
    let comment_bytes = (comment.len() as u16).to_le_bytes();
    let parts: [&[u8]; 8] =
        [&directory, b"PK\x05\x06\0\0\0\0", &count, &count, &directory_bytes, &directory_at, &comment_bytes, comment];
    parts.iter().for_each(|part| bytes.extend(*part));
    bytes
}

/// The checksum, bit by bit, so that it shares nothing with the one that is tested.
pub fn crc_32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
