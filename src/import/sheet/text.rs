//! Bytes → text, as files of Vietnamese offices are written: UTF-8, UTF-16 with its mark,
//! else Windows-1258.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

/// The text of a file; `None` for what is no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Some(text.into_owned());
    }
    let controls = |b: &&u8| **b < b' ' && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c);
    if bytes.iter().take(4096).filter(controls).count() > 0 {
        return None;
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return Some(text.into_owned());
    }
    // Marks stand behind their letters there.
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    Some(text.nfc().collect())
}
