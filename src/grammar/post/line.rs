//! One part of a message: its day, its field, its figures; two fields are two lines.

use super::super::day::day_at;
use super::super::lex::Token;
use super::super::near::LETTERS_MIN;
use super::super::privacy;
use super::super::vocabulary::{Special, Vocabulary, joined};
use super::figures::{Figures, Verdict, judge};
use super::header::{Day, leading_day};
use super::part::Part;
use super::reader::{Block, Reader};
use super::scan::{Piece, Scan, scan};
use super::{Ask, Bad, Context, Good, Judged, Reason, Scope, What};

/// Whether figures read completely and nothing else stands behind them.
pub(super) fn reads_completely(text: &str, tokens: &[Token], context: &Context, field: Option<usize>) -> bool {
    let scan = scan(text, tokens, context, field);
    scan.taken == tokens.len()
        && !scan.items.is_empty()
        && judge(Figures { text, ..plain(context.vocabulary) }, &scan.items).body().is_some()
}

fn plain(vocabulary: &Vocabulary) -> Figures<'_> {
    Figures { text: "", vocabulary, from_template: false, unit_wide: false }
}

/// What a stretch of a line begins with.
enum Head {
    Field { place: usize, taken: usize, near: bool },
    Rest { taken: usize },
    Figures,
    Unknown { taken: usize },
}

/// A stretch of a line that is about one thing.
struct Stretch<'a, 's> {
    line: usize,
    /// The part it stands in.
    text: &'a str,
    source: &'s str,
    own_day: Option<Day<'a>>,
    scan: Scan<'a>,
}

impl<'c, 'a> Reader<'c, 'a> {
    /// Reads one part; `first` is the first of the message, whose day heads all.
    pub fn part(&mut self, part: &Part<'a>, first: bool) {
        if privacy::is_masked(part.text) {
            self.close_block();
            return self.bad(part.line, part.text, masked_word(part.text), Reason::PersonalNumber, Vec::new());
        }
        let mut at = part.taken;
        let mut own = None;
        if !first && let Some((day, taken)) = leading_day(part, self.context) {
            own = Some(day);
            at += taken;
        }
        if at == part.tokens.len() {
            if let Some(day) = own {
                self.day_alone(part, day);
            }
            return;
        }
        let mut from = 0;
        while at < part.tokens.len() {
            let taken = self.stretch(part, at, from, &mut own);
            at += taken.max(1);
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
        if let Some((_, Some(earlier))) = self.stray.replace((day, Some(alone))) {
            self.lines.push(Judged::Bad(earlier));
        }
    }

    /// Reads what begins at token `at`, typed from byte `from`; gives the tokens taken.
    fn stretch(&mut self, part: &Part<'a>, at: usize, from: usize, own: &mut Option<Day<'a>>) -> usize {
        let tokens = &part.tokens[at..];
        let head = self.head(part.text, tokens);
        let (field, taken) = match head {
            Head::Field { place, taken, .. } => (Some(place), taken),
            Head::Rest { taken } | Head::Unknown { taken } => (None, taken),
            Head::Figures => (None, 0),
        };
        let scan = scan(part.text, &tokens[taken..], self.context, field);
        let taken_all = (taken + scan.taken).max(1);
        let to = match part.tokens.get(at + taken_all) {
            Some(_) => part.tokens[at + taken_all - 1].end(),
            None => part.text.len(),
        };
        if let Some(day) = scan.days.first() {
            *own = own.or(Some(*day));
        }
        let source = &part.text[from..to];
        let stretch = Stretch { line: part.line, text: part.text, source, own_day: *own, scan };
        if let Some(day) = stretch.scan.days.iter().find(|d| own.is_some_and(|o| o.date != d.date)) {
            self.close_block();
            self.bad(part.line, source, day.raw.to_string(), Reason::TwoDays, Vec::new());
            return taken_all;
        }
        let head_word = || part.text[tokens[0].at..tokens[taken.max(1) - 1].end()].to_string();
        match head {
            Head::Field { place, near, .. } => {
                let alone = stretch.scan.items.is_empty() && from == 0 && at + taken_all == part.tokens.len();
                self.field(&stretch, place, near.then(head_word), head_word(), alone);
            }
            Head::Rest { .. } => self.rest(&stretch, head_word()),
            Head::Figures => self.figures(&stretch),
            Head::Unknown { .. } => self.unknown_field(&stretch, &tokens[..taken], head_word()),
        }
        taken_all
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
        Head::Unknown { taken: unknown_words(tokens, self.context) }
    }

    /// A field with what stands behind it.
    fn field(&mut self, stretch: &Stretch<'a, '_>, place: usize, near: Option<String>, word: String, alone: bool) {
        self.close_block();
        let day = stretch.own_day;
        let alone_bad = Bad {
            line: stretch.line,
            source: stretch.source.to_string(),
            word: word.clone(),
            reason: Reason::FieldAlone,
            fixes: Vec::new(),
        };
        let block = Block { place, day, near, alone: None, open: alone };
        if !self.vocabulary().in_use(place) && !alone {
            self.bad(stretch.line, stretch.source, word, Reason::FieldNotEnabled, Vec::new());
        } else if alone {
            self.block = Some(Block { alone: Some(alone_bad), ..block });
            return;
        } else if stretch.scan.items.is_empty() {
            self.lines.push(Judged::Bad(alone_bad));
        } else {
            self.judged(stretch, &block);
        }
        self.block = Some(block);
    }

    /// Figures without a field in front: of the block above, or of the whole unit.
    fn figures(&mut self, stretch: &Stretch<'a, '_>) {
        let items = &stretch.scan.items;
        if items.iter().all(|i| i.what == Piece::Zero) && self.block.as_ref().is_none_or(|b| !b.open) {
            self.close_block();
            return self.good(stretch, Scope::All, None, What::Zero);
        }
        let vocabulary = self.vocabulary();
        let names = || items.iter().filter_map(|i| if let Piece::Name(n) = i.what { Some(n) } else { None });
        let indicators = names().next().is_some()
            && names().all(|n| vocabulary.is_indicator(n))
            && items.iter().all(|i| i.what != Piece::Ambiguous);
        match self.block.clone() {
            Some(mut block) if block.open || !indicators => {
                block.alone = None;
                if let Some(open) = self.block.as_mut() {
                    open.alone = None;
                }
                let own_day = stretch.own_day.or(block.day);
                let stretch = Stretch { own_day, scan: stretch.scan.clone(), ..*stretch };
                if vocabulary.in_use(block.place) {
                    self.judged(&stretch, &block);
                } else {
                    let word = vocabulary.field_code(block.place).to_string();
                    self.bad(stretch.line, stretch.source, word, Reason::FieldNotEnabled, Vec::new());
                }
            }
            Some(block) => self.field_or_unit(stretch, &block),
            None if indicators => {
                let figures = Figures { text: stretch.text, unit_wide: true, ..plain(vocabulary) };
                let verdict = judge(figures, items);
                self.verdict(stretch, Scope::Unit, "", None, verdict);
            }
            None => {
                let first = items.iter().find(|i| !matches!(i.what, Piece::Name(n) if vocabulary.is_indicator(n)));
                let (from, to) = first.map_or((0, 0), |i| (i.from, i.to));
                let word = stretch.text.get(from..to).unwrap_or_default().to_string();
                self.bad(stretch.line, stretch.source, word, Reason::MissingField, Vec::new());
            }
        }
    }

    /// `phi 50.000` below `ht ol 3`: of the field, or of the whole unit?
    fn field_or_unit(&mut self, stretch: &Stretch<'a, '_>, block: &Block<'a>) {
        let verdict = judge(Figures { text: stretch.text, ..plain(self.vocabulary()) }, &stretch.scan.items);
        let code = self.vocabulary().field_code(block.place);
        let (typed, date) = self.day_of(stretch.own_day.or(block.day));
        let day = date.ok().filter(|_| typed.is_some());
        let readings = verdict.body().map(|body| vec![self.ready(day, code, body), self.ready(day, "", body)]);
        if !self.vocabulary().in_use(block.place) {
            let unit = readings.map_or(Vec::new(), |r| r[1..].to_vec());
            return self.bad(stretch.line, stretch.source, code.to_string(), Reason::FieldNotEnabled, unit);
        }
        let Some(readings) = readings else {
            return self.verdict(stretch, Scope::Field(self.vocabulary().field_id(block.place)), code, None, verdict);
        };
        let word = stretch.scan.items.first().map_or("", |i| &stretch.text[i.from..i.to]).to_string();
        let source = stretch.source.to_string();
        self.lines.push(Judged::Ask(Ask { line: stretch.line, source, word, readings }));
    }

    /// `khac khong`, with nothing behind it but a day.
    fn rest(&mut self, stretch: &Stretch<'a, '_>, word: String) {
        self.close_block();
        match stretch.scan.items.first() {
            None => self.good(stretch, Scope::Rest, None, What::Zero),
            Some(item) => {
                let extra = stretch.text[item.from..item.to].to_string();
                let (typed, date) = self.day_of(stretch.own_day);
                let fix = self.ready(date.ok().filter(|_| typed.is_some()), "", &word);
                self.bad(stretch.line, stretch.source, extra, Reason::UnknownWord, vec![fix]);
            }
        }
    }

    /// No field of ours: offers those in use that are one slip away, also from short codes.
    fn unknown_field(&mut self, stretch: &Stretch<'a, '_>, tokens: &[Token], word: String) {
        self.close_block();
        let vocabulary = self.vocabulary();
        let typed = joined(tokens);
        let near: Vec<usize> = if typed.len() < LETTERS_MIN {
            vocabulary.fields_near(&typed).collect()
        } else {
            vocabulary.near_field(tokens).into_iter().map(|(place, _)| place).collect()
        };
        let (typed_day, date) = self.day_of(stretch.own_day);
        let verdict = judge(Figures { text: stretch.text, ..plain(vocabulary) }, &stretch.scan.items);
        let mut fixes = Vec::new();
        if let (Ok(date), Some(body), false) = (date, verdict.body(), stretch.scan.items.is_empty()) {
            let day = typed_day.map(|_| date);
            fixes = near.into_iter().take(3).map(|p| self.ready(day, vocabulary.field_code(p), body)).collect();
        }
        self.bad(stretch.line, stretch.source, word, Reason::UnknownField, fixes);
    }

    fn judged(&mut self, stretch: &Stretch<'a, '_>, block: &Block<'a>) {
        let vocabulary = self.vocabulary();
        if self.from_template && !stretch.scan.items.iter().any(|i| matches!(i.what, Piece::Number(_))) {
            return;
        }
        let figures = Figures { text: stretch.text, from_template: self.from_template, ..plain(vocabulary) };
        let verdict = judge(figures, &stretch.scan.items);
        let scope = Scope::Field(vocabulary.field_id(block.place));
        self.verdict(stretch, scope, vocabulary.field_code(block.place), block.near.clone(), verdict);
    }

    /// Puts figures, day and field together.
    fn verdict(&mut self, stretch: &Stretch<'a, '_>, scope: Scope, code: &str, near: Option<String>, verdict: Verdict) {
        let (typed, date) = self.day_of(stretch.own_day);
        let explicit = date.ok().filter(|_| typed.is_some());
        let (line, source) = (stretch.line, stretch.source);
        let ready = |bodies: Vec<String>| bodies.iter().map(|b| self.ready(explicit, code, b)).collect();
        match verdict {
            _ if date.is_err() => self.bad_day(stretch, code, &verdict),
            Verdict::Zero => self.good(stretch, scope, near, What::Zero),
            Verdict::Read { entries, stated_pending, body } => match self.under_stray(stretch.own_day) {
                Some(day) => self.under_day(stretch, day, code, &body),
                None => self.good(stretch, scope, near, What::Entries { entries, stated_pending }),
            },
            Verdict::Bad { word, reason, bodies } => {
                let fixes = ready(bodies);
                self.bad(line, source, word, reason, fixes);
            }
            Verdict::Ask { word, bodies } => {
                let readings = ready(bodies);
                self.lines.push(Judged::Ask(Ask { line, source: source.to_string(), word, readings }));
            }
        }
    }

    /// A line on a day that cannot be: the day is named, and today offered for a slip ahead.
    fn bad_day(&mut self, stretch: &Stretch<'a, '_>, code: &str, verdict: &Verdict) {
        let (typed, date) = self.day_of(stretch.own_day);
        let reason = date.err().unwrap_or(Reason::BadDate);
        let fixes = match verdict.body() {
            Some(body) if reason == Reason::FutureDay => vec![self.ready(Some(self.context.today), code, body)],
            _ => Vec::new(),
        };
        let word = typed.map_or("", |d| d.raw).to_string();
        self.bad(stretch.line, stretch.source, word, reason, fixes);
    }

    /// A line below a day alone comes back with that day in it.
    fn under_day(&mut self, stretch: &Stretch<'a, '_>, day: Day<'a>, code: &str, body: &str) {
        let fixes = day.date.ok().map(|d| self.ready(Some(d), code, body)).into_iter().collect();
        self.bad(stretch.line, stretch.source, day.raw.to_string(), Reason::DayAlone, fixes);
    }

    fn good(&mut self, stretch: &Stretch<'a, '_>, scope: Scope, near: Option<String>, what: What) {
        match self.day_of(stretch.own_day) {
            (Some(day), Ok(_)) if what == What::Zero && self.under_stray(stretch.own_day).is_some() => {
                let code = self.zero_words(scope);
                self.under_day(stretch, day, &code, "khong");
            }
            (_, Ok(day)) => self.lines.push(Judged::Good(Good {
                line: stretch.line,
                source: stretch.source.to_string(),
                day,
                scope,
                near,
                what,
            })),
            (_, Err(_)) => {
                let code = self.zero_words(scope);
                self.bad_day(stretch, &code, &Verdict::Zero);
            }
        }
    }

    /// What stands before `khong` in a corrected line.
    fn zero_words(&self, scope: Scope) -> String {
        match scope {
            Scope::Field(id) => self.vocabulary().code_word(id).unwrap_or_default().to_string(),
            Scope::Rest => "khac".to_string(),
            Scope::Unit | Scope::All => String::new(),
        }
    }

    fn bad(&mut self, line: usize, source: &str, word: String, reason: Reason, fixes: Vec<String>) {
        self.lines.push(Judged::Bad(Bad { line, source: source.to_string(), word, reason, fixes }));
    }
}

/// How many tokens an unknown field takes: up to the first word of an entry.
fn unknown_words(tokens: &[Token], context: &Context) -> usize {
    let vocabulary = context.vocabulary;
    let known = |rest: &[Token]| {
        rest[0].is_numeral()
            || vocabulary.special_at(rest).is_some()
            || vocabulary.name_at(rest).is_some()
            || vocabulary.field_at(rest).is_some()
            || day_at(rest, context.today, false).is_some()
    };
    (1..tokens.len()).find(|i| known(&tokens[*i..])).unwrap_or(tokens.len())
}

/// The dots of a hidden number with what stands between them.
fn masked_word(text: &str) -> String {
    let (first, last) = (text.find(privacy::DOT), text.rfind(privacy::DOT));
    match (first, last) {
        (Some(first), Some(last)) => text[first..last + privacy::DOT.len_utf8()].to_string(),
        _ => String::new(),
    }
}
