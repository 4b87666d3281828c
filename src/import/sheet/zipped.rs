//! Packed workbooks: what they are, and what they would come to. Everything is unpacked
//! once and only counted before anything is read, so that a small file cannot fill the
//! memory.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::{Refused, UNPACKED_MAX};

/// Parts of a workbook at most; more is a trap.
const PARTS_MAX: usize = 5_000;
/// The part of shared texts, under whatever folder the workbook names.
const SHARED: &str = "sharedstrings.xml";
/// The shortest shared text, in bytes: `<si/>`.
const SHARED_MIN: u64 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Ods,
    Other,
}

/// Tells the kind of a packed file whose parts are whole and within the limit.
pub fn kind(bytes: &[u8]) -> Result<Kind, Refused> {
    let mut archive = open(bytes)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kind = match () {
        () if has("xl/workbook.xml") => Kind::Xlsx,
        () if has("content.xml") && has("mimetype") => Kind::Ods,
        () => Kind::Other,
    };
    if kind != Kind::Other {
        count(&mut archive)?;
    }
    Ok(kind)
}

/// A part of a packed file, by its name.
pub fn part<'a>(archive: &'a mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<impl Read + 'a, Refused> {
    archive.by_name(name).map_err(refusal)
}

pub fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Refused> {
    ZipArchive::new(Cursor::new(bytes)).map_err(refusal)
}

/// Unpacks all parts into nothing, and counts. What the file says of its sizes is not
/// believed.
fn count(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refused> {
    if archive.len() > PARTS_MAX {
        return Err(Refused::UnpacksTooBig);
    }
    let mut left = UNPACKED_MAX + 1;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(refusal)?;
        let n = std::io::copy(&mut part.take(left), &mut std::io::sink()).map_err(|_| Refused::Broken)?;
        left -= n;
        if left == 0 {
            return Err(Refused::UnpacksTooBig);
        }
        let part = archive.by_index(i).map_err(refusal)?;
        if part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with(SHARED)) {
            check_shared(part, n)?;
        }
    }
    Ok(())
}

/// Checks how many shared texts a part of so many bytes says it has: room is reserved for
/// that many before the first is read, and the program ends where there is none.
fn check_shared(part: impl Read, bytes: u64) -> Result<(), Refused> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| Refused::Broken)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "sst" => {
                let fits = |n: &str| n.parse::<u64>().is_ok_and(|n| n <= bytes / SHARED_MIN);
                return if stated(e.attributes_raw()).all(fits) { Ok(()) } else { Err(Refused::Broken) };
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The numbers of a tag that count its different texts.
fn stated(attributes: &str) -> impl Iterator<Item = &str> {
    attributes.split("uniqueCount").skip(1).map(|behind| {
        let number = behind.trim_start_matches(|c: char| !c.is_ascii_digit());
        number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default()
    })
}

fn refusal(e: ZipError) -> Refused {
    match e {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => Refused::Password,
        _ => Refused::Broken,
    }
}
