//! The part of a line behind its field, as figure words, numbers and what is neither.

use super::super::day::day_at;
use super::super::lex::{Kind, Token};
use super::super::vocabulary::{Name, Special, Vocabulary};
use super::header::Day;
use super::{Context, Reason, colleague};

/// A figure word, a number, or something wrong; with its place in the line in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    pub from: usize,
    pub to: usize,
    pub what: Piece,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    Name(Name),
    Number(Number),
    /// `khong`.
    Zero,
    /// `tt`.
    Ambiguous,
    /// No word of ours.
    Unknown,
    /// No number of ours: `NotWholeNumber` or `Negative`.
    Wrong(Reason),
}

/// A number as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: i64,
    pub plus: bool,
    /// May begin a number in groups: up to three digits, no dot, no zero in front.
    pub head: bool,
    /// May go on with a number in groups: three bare digits behind a space.
    pub group: bool,
    /// `012`: behind another number it can only be a group.
    pub zero: bool,
}

impl Number {
    pub fn plain(value: i64) -> Number {
        Number { value, plus: false, head: false, group: false, zero: false }
    }
}

/// What was found, up to the next field or `khac khong`.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan<'a> {
    pub items: Vec<Item>,
    pub days: Vec<Day<'a>>,
    /// Tokens taken.
    pub taken: usize,
}

/// Reads `tokens` of the line `text` as figures of `field`, or of no field.
pub(super) fn scan<'a>(text: &'a str, tokens: &[Token<'a>], context: &Context, field: Option<usize>) -> Scan<'a> {
    let mut scan = Scan::default();
    // Something was passed over, so that no group of thousands goes on behind it.
    let mut broken = false;
    while scan.taken < tokens.len() {
        let rest = &tokens[scan.taken..];
        if let Some((date, taken)) = day_at(rest, context.today, false) {
            scan.days.push(Day { raw: &text[rest[0].at..rest[taken - 1].end()], date });
            scan.taken += taken;
            broken = true;
            continue;
        }
        let behind_number = matches!(scan.items.last(), Some(Item { what: Piece::Number(_), .. }));
        if behind_number && let Some(taken) = unit_word(rest, context.vocabulary) {
            scan.taken += taken;
            broken = true;
            continue;
        }
        if let Some((_, taken)) = colleague::at(text, rest, context) {
            // `@Dũng`: a name, whatever figure word it may be besides.
            let item = Item { from: rest[0].at, to: rest[taken - 1].end(), what: Piece::Unknown };
            scan.taken += push(&mut scan.items, item, taken, rest);
            broken = false;
            continue;
        }
        let (what, taken) = match meaning(rest, context) {
            Meaning::Piece(what, taken) => (what, taken),
            Meaning::Field(place, taken) if Some(place) == field && scan.items.is_empty() => {
                scan.taken += taken;
                continue;
            }
            Meaning::Field(..) | Meaning::Rest => break,
            Meaning::Nothing => (shape(&rest[0]), 1),
        };
        let what = match what {
            Piece::Number(number) if broken => Piece::Number(Number { group: false, zero: false, ..number }),
            what => what,
        };
        broken = false;
        let item = Item { from: rest[0].at, to: rest[taken - 1].end(), what };
        scan.taken += push(&mut scan.items, item, taken, rest);
    }
    scan
}

enum Meaning {
    Piece(Piece, usize),
    Field(usize, usize),
    Rest,
    Nothing,
}

/// What the vocabulary knows at the start of `tokens`; the longer phrase wins.
fn meaning(tokens: &[Token], context: &Context) -> Meaning {
    if tokens[0].is_numeral() {
        return Meaning::Nothing;
    }
    let vocabulary = context.vocabulary;
    let special = vocabulary.special_at(tokens).map(|(special, taken)| match special {
        Special::Zero => Meaning::Piece(Piece::Zero, taken),
        Special::Ambiguous => Meaning::Piece(Piece::Ambiguous, taken),
        Special::Rest => Meaning::Rest,
    });
    if let Some(special) = special {
        return special;
    }
    match (vocabulary.name_at(tokens), vocabulary.field_at(tokens)) {
        (Some((name, n)), Some((_, f))) if n >= f => Meaning::Piece(Piece::Name(name), n),
        (_, Some((place, f))) => Meaning::Field(place, f),
        (Some((name, n)), None) => Meaning::Piece(Piece::Name(name), n),
        (None, None) => Meaning::Nothing,
    }
}

/// What a token is that no phrase begins with.
fn shape(token: &Token) -> Piece {
    match token.kind {
        Kind::Number { value, plus } => {
            let bare = token.raw.bytes().all(|b| b.is_ascii_digit()) || token.raw.chars().count() == token.word.len();
            let zero = bare && token.word.len() == 3 && token.word.starts_with('0');
            let head = bare && token.word.len() <= 3 && !token.word.starts_with('0');
            let group = bare && token.word.len() == 3 && !token.glued && !token.apart && !plus;
            let head =
                head || (plus && !token.raw.contains('.') && token.word.len() <= 3 && !token.word.starts_with('0'));
            Piece::Number(Number { value, plus, head, group, zero: zero && group })
        }
        Kind::NotWhole | Kind::DashedPair => Piece::Wrong(Reason::NotWholeNumber),
        Kind::Negative => Piece::Wrong(Reason::Negative),
        _ => Piece::Unknown,
    }
}

/// Adds an item; gives how many tokens it takes. Letters glued to a number (`1o`) make one
/// wrong number with it; unknown words in a row are one.
fn push(items: &mut Vec<Item>, mut item: Item, taken: usize, tokens: &[Token]) -> usize {
    if item.what != Piece::Unknown {
        items.push(item);
        return taken;
    }
    let glued = tokens[0].glued && tokens[0].kind != Kind::At && items.last().is_some_and(|last| last.to == item.from);
    let mut taken = taken;
    match items.last_mut() {
        Some(last) if glued && matches!(last.what, Piece::Number(_) | Piece::Wrong(_)) => {
            while let Some(more) = tokens.get(taken).filter(|t| t.glued && t.kind != Kind::At) {
                item.to = more.end();
                taken += 1;
            }
            last.to = item.to;
            last.what = Piece::Wrong(Reason::NotWholeNumber);
        }
        Some(last) if last.what == Piece::Unknown => last.to = item.to,
        _ => items.push(item),
    }
    taken
}

/// `3 hồ sơ`, `45.000đ`: a word that only says what a number counts, unless a field is
/// called so. A lone `đ` is such a word only right at the number; elsewhere it is Đất đai
/// typed with Telex.
fn unit_word(tokens: &[Token], vocabulary: &Vocabulary) -> Option<usize> {
    if tokens[0].word == "d" && tokens[0].glued {
        return Some(1);
    }
    let taken = match (tokens[0].word.as_str(), tokens.get(1).map(|t| t.word.as_str())) {
        ("ho", Some("so")) => 2,
        ("hs" | "dong" | "vnd", _) => 1,
        _ => return None,
    };
    vocabulary.field_at(tokens).is_none().then_some(taken)
}
