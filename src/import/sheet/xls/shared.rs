//! The texts that cells share ([MS-XLS] SST): how long each is. One long text may be meant
//! by very many cells, and the reader gives each a copy of its own.

use super::records::{u16_at, u32_at};

/// Flags of a text: two bytes a letter, an appendix, formats behind it.
const WIDE: u8 = 0x01;
const APPENDIX: u8 = 0x04;
const FORMATS: u8 = 0x08;

/// The table's data: its record and those that continue it.
#[derive(Default)]
pub struct Shared<'a> {
    parts: Vec<&'a [u8]>,
}

impl<'a> Shared<'a> {
    /// Adds the data of the record, or of one that continues it.
    pub fn add(&mut self, data: &'a [u8]) {
        self.parts.push(data);
    }

    /// Letters of each text, in order. A table that is cut short gives those before the cut.
    pub fn lengths(&self) -> Vec<usize> {
        let mut reader = Reader { parts: &self.parts, at: 8 };
        std::iter::from_fn(|| reader.text()).collect()
    }
}

struct Reader<'a> {
    parts: &'a [&'a [u8]],
    /// Place in the first of the parts left.
    at: usize,
}

impl Reader<'_> {
    /// Passes over one text; its letters.
    fn text(&mut self) -> Option<usize> {
        let letters = usize::from(u16_at(self.take(2)?, 0));
        let flags = *self.take(1)?.first()?;
        let formats = if flags & FORMATS == 0 { 0 } else { usize::from(u16_at(self.take(2)?, 0)) };
        let appendix = if flags & APPENDIX == 0 { 0 } else { u32_at(self.take(4)?, 0) as usize };
        self.letters(letters, flags)?;
        self.pass(formats * 4)?;
        self.pass(appendix)?;
        Some(letters)
    }

    /// Letters that go on in another part begin there with their own flags.
    fn letters(&mut self, mut left: usize, mut flags: u8) -> Option<()> {
        loop {
            let wide = usize::from(flags & WIDE) + 1;
            let here = (self.parts.first()?.len().saturating_sub(self.at) / wide).min(left);
            self.at += here * wide;
            left -= here;
            if left == 0 {
                return Some(());
            }
            self.parts = self.parts.split_first()?.1;
            flags = *self.parts.first()?.first()?;
            self.at = 1;
        }
    }

    fn pass(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let here = self.parts.first()?.len().saturating_sub(self.at).min(bytes);
            self.at += here;
            bytes -= here;
            if bytes > 0 {
                self.parts = self.parts.split_first()?.1;
                self.at = 0;
            }
        }
        Some(())
    }

    /// Bytes that stand together.
    fn take(&mut self, bytes: usize) -> Option<&[u8]> {
        if self.parts.first()?.len() <= self.at {
            self.parts = self.parts.split_first()?.1;
            self.at = 0;
        }
        let found = self.parts.first()?.get(self.at..self.at + bytes)?;
        self.at += bytes;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&[u8]], expected: &[usize]) {
        let mut shared = Shared::default();
        parts.iter().for_each(|p| shared.add(p));
        assert_eq!(shared.lengths(), expected, "{parts:?}");
    }

    #[test]
    fn each_text_is_measured_whatever_hangs_on_it() {
        let head = [0; 8];
        let plain = [&head[..], &[2, 0, 0, b'H', b'T'], &[1, 0, 1, 0x10, 0x1E]].concat();
        check(&[&plain], &[2, 1]);
        let rich = [&head[..], &[1, 0, 0x0C, 1, 0, 3, 0, 0, 0, b'a'], &[9; 4], &[8; 3], &[1, 0, 0, b'b']].concat();
        check(&[&rich], &[1, 1]);
        check(&[&head], &[]);
        check(&[], &[]);
    }

    #[test]
    fn a_text_goes_on_in_the_next_part_in_another_width() {
        let first = [&[0; 8][..], &[4, 0, 0, b'a', b'b']].concat();
        let second = [1, b'c', 0, b'd', 0, 3, 0, 0, b'x', b'y', b'z'];
        check(&[&first, &second], &[4, 3]);
        // Cut short: what is whole counts.
        check(&[&first, &second[..4]], &[]);
        check(&[&first, &second[..9]], &[4]);
    }
}
