//! The container of old Excel files ([MS-CFB]): a disk in a file, with sectors, a table of
//! which follows which, and a directory. Only as much of it as it takes to get the workbook
//! out, with every chain bounded by the size of the file.

use crate::import::Refused;

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xFFFF_FFFA;
/// Streams shorter than this live in the small sectors.
const SMALL_BELOW: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

/// The bytes of the workbook.
///
/// # Errors
/// [`Refused::Password`] for a packed workbook encrypted as a whole, [`Refused::Broken`]
/// where chains run in circles or out of the file.
pub fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let disk = Disk::new(bytes)?;
    let entries = disk.chain(disk.number(48)?, bytes.len())?;
    let entries: Vec<Entry> = entries.chunks_exact(ENTRY).map(Entry::new).collect();
    if entries.iter().any(|e| e.name == "EncryptedPackage") {
        return Err(Refused::Password);
    }
    // Whatever lies in the file is read into memory in its stated length.
    if entries.iter().any(|e| e.holds_bytes && e.len > bytes.len()) {
        return Err(Refused::Broken);
    }
    let minis = disk.number(64)? as usize;
    if minis.checked_mul(disk.sector).is_none_or(|len| len > bytes.len()) {
        return Err(Refused::Broken);
    }
    let book = ["workbook", "book"].iter().find_map(|n| entries.iter().find(|e| e.name.eq_ignore_ascii_case(n)));
    let (Some(book), Some(root)) = (book, entries.first()) else { return Err(Refused::NoSheet) };
    if book.len >= SMALL_BELOW {
        return disk.chain_of(book.start, book.len);
    }
    let small = disk.chain_of(root.start, root.len)?;
    let next = numbers(&disk.chain(disk.number(60)?, minis * disk.sector)?);
    let mut stream = Vec::new();
    let mut at = book.start;
    while stream.len() < book.len && at < MARKS {
        let from = at as usize * SMALL_SECTOR;
        stream.extend_from_slice(small.get(from..from + SMALL_SECTOR).ok_or(Refused::Broken)?);
        at = *next.get(at as usize).ok_or(Refused::Broken)?;
    }
    stream.truncate(book.len);
    Ok(stream)
}

struct Entry {
    name: String,
    /// A stream, or the root with the small sectors.
    holds_bytes: bool,
    start: u32,
    len: usize,
}

impl Entry {
    fn new(raw: &[u8]) -> Entry {
        let units = raw[..64].chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).take_while(|u| *u != 0);
        Entry {
            name: char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect(),
            holds_bytes: matches!(raw[66], 2 | 5),
            start: number(raw, 116),
            len: number(raw, 120) as usize,
        }
    }
}

struct Disk<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
}

impl<'a> Disk<'a> {
    fn new(bytes: &'a [u8]) -> Result<Disk<'a>, Refused> {
        let sector = match bytes.get(30..32) {
            Some([0x09, 0]) if bytes.len() > 512 => 512,
            Some([0x0C, 0]) if bytes.len() > 4096 => 4096,
            _ => return Err(Refused::Broken),
        };
        let mut disk = Disk { bytes, sector, next: Vec::new() };
        let mut tables: Vec<u32> = numbers(&bytes[76..512]);
        let mut more = disk.number(68)?;
        for _ in 0..bytes.len() / sector {
            let Some(page) = (more < MARKS).then(|| disk.at(more)).flatten() else { break };
            let mut page = numbers(page);
            more = page.pop().unwrap_or(MARKS);
            tables.extend(page);
        }
        let used = tables.into_iter().filter(|t| *t < MARKS);
        // A table named twice would make the file look larger than it is.
        for table in used.take(bytes.len() / sector + 1) {
            let page = numbers(disk.at(table).ok_or(Refused::Broken)?);
            disk.next.extend(page);
        }
        Ok(disk)
    }

    fn number(&self, at: usize) -> Result<u32, Refused> {
        self.bytes.get(at..at + 4).map(|b| number(b, 0)).ok_or(Refused::Broken)
    }

    /// The last sector may be cut short.
    fn at(&self, id: u32) -> Option<&'a [u8]> {
        let from = (id as usize + 1).checked_mul(self.sector)?;
        self.bytes.get(from..(from + self.sector).min(self.bytes.len()))
    }

    /// A chain to its end, which has to come within `most` bytes.
    fn chain(&self, start: u32, most: usize) -> Result<Vec<u8>, Refused> {
        let (mut chain, mut at) = (Vec::new(), start);
        while at < MARKS {
            if chain.len() > most {
                return Err(Refused::Broken);
            }
            chain.extend_from_slice(self.at(at).ok_or(Refused::Broken)?);
            at = *self.next.get(at as usize).ok_or(Refused::Broken)?;
        }
        Ok(chain)
    }

    /// The first `len` bytes of a chain.
    fn chain_of(&self, start: u32, len: usize) -> Result<Vec<u8>, Refused> {
        let mut chain = self.chain(start, self.bytes.len())?;
        if chain.len() < len {
            return Err(Refused::Broken);
        }
        chain.truncate(len);
        Ok(chain)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}
