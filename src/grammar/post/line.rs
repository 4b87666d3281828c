//! One part of a message: its day, its field, its figures; two fields are two lines.

use super::super::day::day_at;
use super::super::lex::{Kind, Token};
use super::super::privacy;
use super::super::vocabulary::{Special, Vocabulary};
use super::aside::{Person, person};
use super::figures::{Figures, Verdict, judge};
use super::header::{Day, leading_day};
use super::part::Part;
use super::reader::{Block, Reader};
use super::scan::{Piece, Scan, scan};
use super::{Bad, Context, Reason, Scope, What, colleague};

/// A stretch of a line that is about one thing.
#[derive(Clone, Debug)]
pub(super) struct Stretch<'a> {
    pub line: usize,
    /// The part it stands in.
    pub text: &'a str,
    /// As typed.
    pub source: &'a str,
    /// A day of its own, in or before it.
    pub day: Option<Day<'a>>,
    pub scan: Scan<'a>,
}

/// What a stretch begins with.
enum Head {
    Field { place: usize, taken: usize, near: bool },
    Rest { taken: usize },
    Figures,
    Unknown { taken: usize },
}

impl Head {
    fn taken(&self) -> usize {
        match self {
            Head::Field { taken, .. } | Head::Rest { taken } | Head::Unknown { taken } => *taken,
            Head::Figures => 0,
        }
    }
}

impl<'a> Reader<'_, 'a> {
    /// Reads one part.
    pub fn part(&mut self, part: &Part<'a>) {
        if privacy::is_masked(part.text) {
            self.close_block();
            let word = masked_word(part.text).to_string();
            return self.bad((part.line, part.text), word, Reason::PersonalNumber, Vec::new());
        }
        self.aside.take_if(|a| !a.whole);
        let mut at = part.taken;
        let mut day = None;
        if !self.is_first
            && let Some((own, taken)) = leading_day(part, self.context)
        {
            day = Some(own);
            at += taken;
        }
        if let (Some(day), true) = (day, at == part.tokens.len()) {
            return self.day_alone(part, day);
        }
        let mut from = 0;
        while at < part.tokens.len() && !self.is_full() {
            let heads = self.is_first && at == part.taken && self.context.marked;
            at += self.stretch(part, (at, from, heads), &mut day);
            from = part.tokens.get(at).map_or(part.text.len(), |t| t.at);
        }
    }

    /// A day alone on a later line heads nothing (SPEC §14 Days), but lines below it must
    /// not land silently on another day either: they come back with the day in them.
    fn day_alone(&mut self, part: &Part<'a>, day: Day<'a>) {
        self.close_block();
        let alone = Bad {
            line: part.line,
            source: part.text.to_string(),
            word: day.raw.to_string(),
            reason: Reason::DayAlone,
            fixes: Vec::new(),
        };
        self.note_stray(day, alone);
    }

    /// Reads what begins at token `at`, typed from byte `from`; gives the tokens taken.
    /// `heads`: it heads a message behind `/nhap`.
    fn stretch(
        &mut self,
        part: &Part<'a>,
        (at, from, heads): (usize, usize, bool),
        day: &mut Option<Day<'a>>,
    ) -> usize {
        let tokens = &part.tokens[at..];
        let head = self.head(part.text, tokens);
        let field = if let Head::Field { place, .. } = head { Some(place) } else { None };
        let scan = scan(part.text, &tokens[head.taken()..], self.context, field);
        let taken = (head.taken() + scan.taken).max(1);
        let to = if taken < tokens.len() { tokens[taken - 1].end() } else { part.text.len() };
        *day = day.or(scan.days.first().copied());
        let stretch = Stretch { line: part.line, text: part.text, source: &part.text[from..to], day: *day, scan };
        if let Some(other) = stretch.scan.days.iter().find(|d| day.is_some_and(|own| own.date != d.date)) {
            self.close_block();
            self.bad((part.line, stretch.source), other.raw.to_string(), Reason::TwoDays, Vec::new());
            return taken;
        }
        if taken < tokens.len() && !matches!(head, Head::Unknown { .. }) {
            self.note_amid(&stretch);
        }
        let word = &part.text[tokens[0].at..tokens[head.taken().max(1) - 1].end()];
        match head {
            Head::Field { place, near, .. } => {
                let alone = stretch.scan.items.is_empty() && from == 0 && taken == tokens.len();
                let near = near.then(|| word.to_string());
                self.field(&stretch, Block { place, day: *day, near, alone: None, open: alone }, word);
            }
            Head::Rest { .. } => self.rest(&stretch, word),
            Head::Figures => self.figures(&stretch),
            Head::Unknown { taken: unknown } => {
                let items = &stretch.scan.items;
                let counts = items.iter().any(|i| matches!(i.what, Piece::Number(_) | Piece::Wrong(_) | Piece::Zero));
                let behind = taken < tokens.len();
                // A name may be a figure word too: `cho Dũng`.
                let end = items.last().filter(|_| !counts).map_or(tokens[unknown - 1].end(), |i| i.to);
                let phrase = &part.text[tokens[0].at..end];
                let speaks = person(phrase, self.context) != Person::Nobody;
                let is_addressed = tokens[0].kind == Kind::At;
                if is_addressed && (counts || !behind) {
                    self.bad((part.line, stretch.source), word.to_string(), Reason::UnknownWord, Vec::new());
                } else if counts || !behind {
                    self.unknown_field(&stretch, &tokens[..unknown], word);
                }
                self.close_block();
                if (behind && !counts) || (speaks && (behind || heads)) || is_addressed {
                    self.note_aside(phrase, heads);
                }
            }
        }
        taken
    }

    fn head(&self, text: &str, tokens: &[Token]) -> Head {
        let vocabulary = self.vocabulary();
        match vocabulary.special_at(tokens) {
            Some((Special::Rest, taken)) => return Head::Rest { taken },
            Some(_) => return Head::Figures,
            None => {}
        }
        if let Some((place, taken)) = vocabulary.field_at(tokens) {
            let longer_name = vocabulary.name_at(tokens).is_some_and(|(_, n)| n > taken);
            if !longer_name {
                return Head::Field { place, taken, near: false };
            }
        }
        if tokens[0].is_numeral() || vocabulary.name_at(tokens).is_some() {
            return Head::Figures;
        }
        if let [(place, taken)] = vocabulary.near_field(tokens)[..] {
            let complete = || reads_completely(text, &tokens[taken..], self.context, Some(place));
            if self.context.marked || complete() {
                return Head::Field { place, taken, near: true };
            }
        }
        Head::Unknown { taken: unknown_words(text, tokens, self.context) }
    }

    /// A field with what stands behind it.
    fn field(&mut self, stretch: &Stretch<'a>, mut block: Block<'a>, word: &str) {
        self.close_block();
        let at = (stretch.line, stretch.source);
        if self.aside.is_some() && self.vocabulary().in_use(block.place) {
            // Figure lines below must not find this field.
            return self.field_figures(stretch, &block);
        }
        if block.open {
            block.alone = Some(Bad {
                line: stretch.line,
                source: stretch.source.to_string(),
                word: word.to_string(),
                reason: Reason::FieldAlone,
                fixes: Vec::new(),
            });
        } else if !self.vocabulary().in_use(block.place) {
            self.bad(at, word.to_string(), Reason::FieldNotEnabled, Vec::new());
        } else if stretch.scan.items.is_empty() {
            self.bad(at, word.to_string(), Reason::FieldAlone, Vec::new());
        } else {
            self.field_figures(stretch, &block);
        }
        self.block = Some(block);
    }

    /// Figures without a field in front: of the block above, or of the whole unit.
    fn figures(&mut self, stretch: &Stretch<'a>) {
        let items = &stretch.scan.items;
        let open = self.block.as_ref().is_some_and(|b| b.open);
        if items.iter().all(|i| i.what == Piece::Zero) && !open {
            self.close_block();
            return self.good(stretch, Scope::All, None, What::Zero);
        }
        let vocabulary = self.vocabulary();
        let is_indicator = |p: Piece| matches!(p, Piece::Name(n) if vocabulary.is_indicator(n));
        let indicators = items.iter().any(|i| is_indicator(i.what))
            && !items.iter().any(|i| matches!(i.what, Piece::Name(_) | Piece::Ambiguous) && !is_indicator(i.what));
        if let Some(block) = self.block.as_mut().filter(|b| b.open || !indicators) {
            block.alone = None;
            let block = block.clone();
            let stretch = Stretch { day: stretch.day.or(block.day), ..stretch.clone() };
            return self.field_figures(&stretch, &block);
        }
        if let Some(block) = self.block.clone() {
            return self.field_or_unit(stretch, &block);
        }
        if indicators {
            let figures = Figures { unit_wide: true, ..Figures::of(stretch.text, vocabulary) };
            return self.verdict(stretch, Scope::Unit, None, judge(figures, items));
        }
        let first = items.iter().find(|i| !is_indicator(i.what)).map_or("", |i| &stretch.text[i.from..i.to]);
        self.bad((stretch.line, stretch.source), first.to_string(), Reason::MissingField, Vec::new());
    }

    fn field_figures(&mut self, stretch: &Stretch<'a>, block: &Block<'a>) {
        let vocabulary = self.vocabulary();
        let items = &stretch.scan.items;
        if !vocabulary.in_use(block.place) {
            let code = vocabulary.field_code(block.place).to_string();
            return self.bad((stretch.line, stretch.source), code, Reason::FieldNotEnabled, Vec::new());
        }
        if self.from_template && !items.iter().any(|i| matches!(i.what, Piece::Number(_))) {
            return;
        }
        let figures = Figures { from_template: self.from_template, ..Figures::of(stretch.text, vocabulary) };
        let scope = Scope::Field(vocabulary.field_id(block.place));
        self.verdict(stretch, scope, block.near.clone(), judge(figures, items));
    }
}

/// Whether figures read completely and nothing else stands behind them.
pub(super) fn reads_completely(text: &str, tokens: &[Token], context: &Context, field: Option<usize>) -> bool {
    let scan = scan(text, tokens, context, field);
    let complete = scan.taken == tokens.len() && !scan.items.is_empty();
    complete
        && matches!(judge(Figures::of(text, context.vocabulary), &scan.items), Verdict::Zero | Verdict::Read { .. })
}

/// How many tokens an unknown field takes: up to the first word of an entry.
fn unknown_words(text: &str, tokens: &[Token], context: &Context) -> usize {
    let known = |rest: &[Token]| {
        let vocabulary: &Vocabulary = context.vocabulary;
        rest[0].is_numeral()
            || vocabulary.special_at(rest).is_some()
            || vocabulary.name_at(rest).is_some()
            || vocabulary.field_at(rest).is_some()
            || day_at(rest, context.today, false).is_some()
    };
    let mut taken = 0;
    while taken < tokens.len() && (taken == 0 || !known(&tokens[taken..])) {
        // A name may hold a figure word: `@Dũng`.
        taken += colleague::at(text, &tokens[taken..], context).map_or(1, |(_, n)| n);
    }
    taken
}

/// The dots of a hidden number with what stands between them.
fn masked_word(text: &str) -> &str {
    match (text.find(privacy::DOT), text.rfind(privacy::DOT)) {
        (Some(first), Some(last)) => &text[first..last + privacy::DOT.len_utf8()],
        _ => "",
    }
}
