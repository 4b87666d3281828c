//! How wide a text is in Times New Roman, and how many lines it takes: spreadsheets do not
//! fit the height of merged cells, nor of any cell of a file they have not written.

use unicode_normalization::UnicodeNormalization;

/// Widths of ` ` … `~` in thousandths of the point size (Adobe's metrics of Times Roman,
/// to which Times New Roman and Liberation Serif were drawn).
const WIDTHS: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];
/// Bold letters are wider by so much, in hundredths.
const BOLD: u32 = 108;
/// Height of a line over the point size.
const LEADING: f64 = 1.25;

/// Width of a text on one line, in points.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 = text.nfd().map(letter).sum();
    let scale = if bold { f64::from(BOLD) / 100.0 } else { 1.0 };
    f64::from(thousandths) * scale * size / 1000.0
}

/// Letters with their marks taken off; a mark itself takes no room.
fn letter(c: char) -> u32 {
    match c {
        ' '..='~' => u32::from(WIDTHS[c as usize - ' ' as usize]),
        '\u{0300}'..='\u{036f}' | '\n' => 0,
        'đ' | '–' => 500,
        'Đ' => 722,
        '…' => 1000,
        c if c > '\u{2fff}' => 1000,
        _ => 600,
    }
}

/// Lines that a text takes in a cell `room` points wide, broken between words as
/// spreadsheets do; a word wider than the cell is broken within.
pub fn lines(text: &str, room: f64, size: f64, bold: bool) -> u32 {
    let room = room.max(size);
    let space = width(" ", size, bold);
    let mut lines = 0;
    for paragraph in text.split('\n') {
        lines += 1;
        let mut used = 0.0;
        for word in paragraph.split(' ') {
            let wide = width(word, size, bold);
            if used > 0.0 && used + space + wide <= room {
                used += space + wide;
                continue;
            }
            if used > 0.0 {
                lines += 1;
            }
            lines += (wide / room).ceil().max(1.0) as u32 - 1;
            used = if wide > room { wide % room } else { wide };
        }
    }
    lines
}

/// Height of so many lines, in points.
pub fn height(lines: u32, size: f64) -> f64 {
    f64::from(lines) * size * LEADING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, room: f64, expected: u32) {
        assert_eq!(lines(text, room, 12.0, false), expected, "{text} in {room} pt");
    }

    #[test]
    fn marks_take_no_room_composed_or_not() {
        assert_eq!(width("Hộ tịch", 12.0, false), width("Ho tich", 12.0, false));
        assert_eq!(width("Hộ tịch", 12.0, false), width(&"Hộ tịch".nfd().collect::<String>(), 12.0, false));
        // H 722, o 500, space 250, t 278, i 278, c 444, h 500.
        assert!((width("Hộ tịch", 12.0, false) - 2.972 * 12.0).abs() < 1e-9);
    }

    #[test]
    fn words_go_to_the_next_line_when_they_no_longer_fit() {
        check("", 100.0, 1);
        check("Hộ tịch", 40.0, 1);
        check("Hộ tịch", 30.0, 2);
        check("E1\n(3) = (4)", 200.0, 2);
        check("Trực tiếp, dịch vụ bưu chính", 55.0, 3);
    }

    #[test]
    fn a_word_wider_than_the_cell_is_broken() {
        check(&"m".repeat(10), 50.0, 2); // 93 pt
    }
}
