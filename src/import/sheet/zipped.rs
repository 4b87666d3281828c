//! Packed workbooks: what they are, and what they would come to. Everything is unpacked
//! once and only counted before anything is read, so that a small file cannot fill the
//! memory.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::{Refused, UNPACKED_MAX};

/// Parts of a workbook at most; more is a trap.
const PARTS_MAX: usize = 5_000;

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
    }
    Ok(())
}

fn refusal(e: ZipError) -> Refused {
    match e {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => Refused::Password,
        _ => Refused::Broken,
    }
}
