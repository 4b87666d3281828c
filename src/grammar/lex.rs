//! A line as words, numbers, days and what is none of these. Knows no vocabulary.

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold_char, is_silent, is_space, plain};
use super::number::{digits_of, value_of};

/// What a token is by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters only.
    Word,
    /// `12`, `1.236`, `+3`.
    Number { value: i64, plus: bool },
    /// `20/11`, `20/11/2026`, `20-11-2026`, `20.11.2026`.
    Date,
    /// `20-11`: a day only at the start of a line.
    DashedPair,
    /// `12,5`, `3-5`, `++3`.
    NotWhole,
    /// `-3`.
    Negative,
    /// `@`, before a name.
    At,
    /// Any sign that no entry has.
    Odd,
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// As typed.
    pub raw: &'a str,
    /// Where it begins in the line, in bytes.
    pub at: usize,
    /// Folded letters; the bare digits of a number; a day with `/`, `-`, `.` as typed.
    pub word: String,
    pub kind: Kind,
    /// Touches the token before it: `ol12` are two glued tokens.
    pub glued: bool,
    /// A comma or the like stands before it.
    pub apart: bool,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.at + self.raw.len()
    }

    /// A number or what was meant to be one.
    pub fn is_numeral(&self) -> bool {
        matches!(self.kind, Kind::Number { .. } | Kind::NotWhole | Kind::Negative)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Space,
    /// Parts figures: `,` `.` `(` …
    Comma,
    /// Stands between word and number: `:` `=` `/`.
    Colon,
    Plus,
    Minus,
    At,
    Odd,
}

/// One sign of the line after full-width signs became ordinary ones.
#[derive(Clone, Copy)]
struct Cell {
    sign: char,
    class: Class,
    at: usize,
    end: usize,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' => Class::Space,
        ',' | '.' | '(' | ')' | '[' | ']' | '!' | '?' | '"' | '\'' | '|' => Class::Comma,
        '“' | '”' | '‘' | '’' | '…' | '·' | '•' | '、' | '。' => Class::Comma,
        ':' | '=' | '/' => Class::Colon,
        '+' => Class::Plus,
        '-' | '–' | '—' | '−' => Class::Minus,
        '@' => Class::At,
        c if is_space(c) => Class::Space,
        c if c.is_alphabetic() || is_combining_mark(c) => Class::Letter,
        _ => Class::Odd,
    }
}

/// Cuts one line (or `;` part) into tokens.
pub(super) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut cells = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let sign = plain(c);
        if !is_silent(sign) {
            cells.push(Cell { sign, class: class(sign), at, end: at + c.len_utf8() });
        }
    }
    Lexer { text, cells, tokens: Vec::with_capacity(text.len() / 3 + 1), apart: false }.run()
}

struct Lexer<'a> {
    text: &'a str,
    cells: Vec<Cell>,
    tokens: Vec<Token<'a>>,
    apart: bool,
}

impl<'a> Lexer<'a> {
    fn run(mut self) -> Vec<Token<'a>> {
        let mut i = 0;
        let mut chunk_end = 0;
        while i < self.cells.len() {
            if i >= chunk_end && self.cells[i].class != Class::Space {
                chunk_end = i + self.cells[i..].iter().take_while(|c| c.class != Class::Space).count();
                if self.cells[i..chunk_end].iter().any(|c| c.class == Class::Odd) {
                    self.push(i, chunk_end, Kind::Odd);
                    i = chunk_end;
                    continue;
                }
            }
            i = self.step(i);
        }
        self.tokens
    }

    /// Takes what begins at cell `i`; gives the cell behind it.
    fn step(&mut self, i: usize) -> usize {
        match self.cells[i].class {
            Class::Letter => {
                let end = self.run_of(i, Class::Letter);
                self.push(i, end, Kind::Word);
                end
            }
            Class::Digit => {
                let (end, kind) = self.numeral(i);
                self.push(i, end, kind);
                end
            }
            Class::Plus => self.plus(i),
            Class::Minus if self.is(i + 1, Class::Digit) => {
                let (end, _) = self.numeral(i + 1);
                self.push(i, end, Kind::Negative);
                end
            }
            Class::At => {
                self.push(i, i + 1, Kind::At);
                i + 1
            }
            Class::Comma => {
                self.apart = true;
                i + 1
            }
            Class::Space | Class::Colon | Class::Minus | Class::Odd => i + 1,
        }
    }

    /// `+3`, also `+ 3`; `++3` and a lone `+` are no numbers.
    fn plus(&mut self, i: usize) -> usize {
        let signs = self.run_of(i, Class::Plus);
        let number = self.run_of(signs, Class::Space);
        if !self.is(number, Class::Digit) {
            self.push(i, signs, Kind::NotWhole);
            return signs;
        }
        let (end, kind) = self.numeral(number);
        let kind = match kind {
            Kind::Number { value, .. } if signs == i + 1 => Kind::Number { value, plus: true },
            _ => Kind::NotWhole,
        };
        self.push(i, end, kind);
        end
    }

    /// Digits and the signs between digits, from cell `i`.
    fn numeral(&self, i: usize) -> (usize, Kind) {
        let inner = |j: usize| {
            let between = matches!(self.cells[j].sign, '.' | ',' | '/')
                || matches!(self.cells[j].class, Class::Minus | Class::Plus);
            between && self.is(j + 1, Class::Digit)
        };
        let mut end = i;
        while end < self.cells.len() && (self.cells[end].class == Class::Digit || inner(end)) {
            end += 1;
        }
        let text: String = self.cells[i..end].iter().map(|c| c.sign).collect();
        (end, kind_of(&text))
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.cells.get(i).is_some_and(|c| c.class == class)
    }

    fn run_of(&self, i: usize, class: Class) -> usize {
        i + self.cells[i.min(self.cells.len())..].iter().take_while(|c| c.class == class).count()
    }

    fn push(&mut self, from: usize, to: usize, kind: Kind) {
        let (at, end) = (self.cells[from].at, self.cells[to - 1].end);
        let mut word = String::with_capacity(end - at);
        for cell in &self.cells[from..to] {
            match kind {
                Kind::Number { .. } if cell.class != Class::Digit => {}
                Kind::Date | Kind::DashedPair if cell.class == Class::Minus => word.push('-'),
                _ => fold_char(cell.sign, &mut word),
            }
        }
        let glued = self.tokens.last().is_some_and(|t| t.end() == at);
        self.tokens.push(Token { raw: &self.text[at..end], at, word, kind, glued, apart: self.apart });
        self.apart = false;
    }
}

/// What digits with signs between them are.
fn kind_of(text: &str) -> Kind {
    if let Some(digits) = digits_of(text) {
        return Kind::Number { value: value_of(&digits), plus: false };
    }
    let mut signs = text.chars().filter(|c| !c.is_ascii_digit());
    let first = signs.next();
    let count = 1 + signs.clone().count();
    match first {
        Some(sign) if signs.any(|s| s != sign) => Kind::NotWhole,
        Some('/') => Kind::Date,
        Some('-' | '–' | '—' | '−') if count == 2 => Kind::Date,
        Some('-' | '–' | '—' | '−') if count == 1 => Kind::DashedPair,
        Some('.') if is_dotted_day(text) => Kind::Date,
        _ => Kind::NotWhole,
    }
}

fn is_dotted_day(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('.').map(str::len).collect();
    matches!(lengths[..], [1 | 2, 1 | 2, 4])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let seen: Vec<String> = lex(line)
            .iter()
            .map(|t| {
                let mark = match t.kind {
                    Kind::Word => "",
                    Kind::Number { plus: true, .. } => "+",
                    Kind::Number { .. } => "#",
                    Kind::Date => "d:",
                    Kind::DashedPair => "pair:",
                    Kind::NotWhole => "bad:",
                    Kind::Negative => "neg:",
                    Kind::At => "at:",
                    Kind::Odd => "odd:",
                };
                format!("{mark}{}", t.word)
            })
            .collect();
        assert_eq!(seen.join(" "), expected, "{line}");
    }

    #[test]
    fn words_and_numbers_need_no_space_between_them() {
        check("ol12 12ol ol=12, ol:12", "ol #12 #12 ol ol #12 ol #12");
        check("ol+3 +4 + 5", "ol +3 +4 +5");
        check("ho\u{323}\u{302}\u{a0}tịch: trực tuyến １.２３６.", "ho tich truc tuyen #1236");
    }

    #[test]
    fn what_is_no_number_stays_in_one_piece() {
        check("12,5 1+1 ++3 -3 12.5 3-5", "bad:12,5 bad:1+1 bad:++3 neg:-3 bad:12.5 pair:3-5");
        check("3 <script>alert(1)</script> 50%", "#3 odd:<script>alert(1)</script> odd:50%");
        check("=1+1", "bad:1+1");
    }

    #[test]
    fn days_have_their_own_shape() {
        check(
            "20/11 20/11/2026: 19.11.2026 19-11-2026 2026-11-20",
            "d:20/11 d:20/11/2026 d:19.11.2026 d:19-11-2026 d:2026-11-20",
        );
    }
}
