//! Goes through a message part by part and keeps what one line leaves for the next: the
//! heading day, the open block, a day that stands alone.

use chrono::NaiveDate;

use super::super::day::{BadDay, day_at, shortest};
use super::super::fold::telex_word;
use super::super::lex::Token;
use super::super::privacy;
use super::super::vocabulary::{Name, Special, Vocabulary};
use super::aside::Aside;
use super::header::{self, Day, Header};
use super::line::reads_completely;
use super::part::{Part, parts};
use super::scan::{Piece, scan};
use super::{Bad, Colleague, Context, Judged, Reading, Reason, Scope, template};

/// Lines of counts in one message, `;` parts and fields of a line among them; a message of
/// more is refused as a whole.
const LINES_MAX: usize = 200;
/// Letters of such a message that are quoted.
const QUOTED: usize = 60;

fn too_long(parts: &[Part]) -> Reading {
    let source = parts.first().map_or(String::new(), |p| p.text.chars().take(QUOTED).collect());
    let bad =
        Bad { line: 1, source, word: String::new(), reason: Reason::TooManyLines { max: LINES_MAX }, fixes: vec![] };
    Reading { lines: vec![Judged::Bad(bad)], ..Reading::default() }
}

pub(super) fn read(text: &str, context: &Context) -> Option<Reading> {
    if !context.marked && !context.private {
        return None;
    }
    let mut parts = parts(text);
    parts.iter_mut().for_each(|p| p.skip_numbering(context.vocabulary));
    let Some(first) = parts.first_mut() else { return context.marked.then(Reading::default) };
    let header = header::take(first, context);
    if !context.marked && !is_entry(&parts, context, header.day.is_some()) {
        return None;
    }
    if parts.len() > LINES_MAX {
        return Some(too_long(&parts));
    }
    let from_template = stems_from_template(&parts, context);
    let mut reader = Reader {
        context,
        header,
        from_template,
        is_first: true,
        block: None,
        aside: None,
        stray: None,
        lines: Vec::new(),
    };
    for (i, part) in parts.iter().enumerate() {
        reader.is_first = i == 0;
        reader.part(part);
        if reader.is_full() {
            return Some(too_long(&parts));
        }
    }
    Some(reader.finish())
}

/// Whether a text without `/nhap` is an entry: it begins with a field, or with something
/// that needs no field and reads completely; small talk about a field, or a day before
/// small talk, is none.
fn is_entry(parts: &[Part], context: &Context, has_day: bool) -> bool {
    let Some((part, tokens)) = parts.iter().map(|p| (p, &p.tokens[p.taken..])).find(|(_, t)| !t.is_empty()) else {
        return false;
    };
    let vocabulary = context.vocabulary;
    if let Some((place, taken)) = vocabulary.field_at(tokens) {
        let rest = &tokens[taken..];
        let plainly = tokens[0].raw.to_lowercase() == vocabulary.field_code(place) && rest.len() <= 3;
        return rest.is_empty() || plainly || privacy::is_masked(part.text) || rest.iter().any(Token::is_numeral) || {
            let scan = scan(part.text, rest, context, Some(place));
            scan.items.iter().any(|i| matches!(i.what, Piece::Zero | Piece::Name(_) | Piece::Ambiguous))
                && !scan.items.iter().any(|i| i.what == Piece::Unknown)
        };
    }
    if let Some((special, taken)) = vocabulary.special_at(tokens) {
        // "ko", "không có" alone are answers in a talk; `khong` and `khac khong` are entries.
        let loose = |w: &str| w.starts_with("ko") || w.ends_with("co");
        let firm = tokens[..taken].iter().all(|t| !loose(&t.word) && !telex_word(t.raw).is_some_and(|w| loose(&w)));
        let ends = taken == tokens.len() || day_at(&tokens[taken..], context.today, false).is_some();
        return special != Special::Ambiguous && firm && ends;
    }
    if let [(place, taken)] = vocabulary.near_field(tokens)[..]
        && reads_completely(part.text, &tokens[taken..], context, Some(place))
    {
        return true;
    }
    let scan = scan(part.text, tokens, context, None);
    let figures = |known: bool| {
        let fits = |w: &Piece| matches!(w, Piece::Name(_) | Piece::Number(_) | Piece::Wrong(_)) || !known;
        scan.items.iter().all(|i| fits(&i.what)) && scan.items.windows(2).any(|w| is_pair(&w[0].what, &w[1].what))
    };
    match vocabulary.name_at(tokens) {
        Some((name, _)) if !matches!(name, Name::Control(_)) => {
            scan.items.iter().all(|i| !matches!(i.what, Piece::Name(n) if !vocabulary.is_indicator(n))) && figures(true)
        }
        _ => has_day && figures(false),
    }
}

fn is_pair(a: &Piece, b: &Piece) -> bool {
    let number = |p: &Piece| matches!(p, Piece::Number(_) | Piece::Wrong(_));
    matches!(a, Piece::Name(_)) && number(b) || number(a) && matches!(b, Piece::Name(_))
}

/// Every line is one that `/mau` printed, and somewhere a word has no number while another
/// has.
fn stems_from_template(parts: &[Part], context: &Context) -> bool {
    let (mut gap, mut number) = (false, false);
    for part in parts {
        let tokens = &part.tokens[part.taken..];
        let day = day_at(tokens, context.today, true).map_or(0, |(_, taken)| taken);
        let tokens = &tokens[day..];
        if tokens.is_empty() {
            continue;
        }
        let Some((place, taken)) = context.vocabulary.field_at(tokens) else { return false };
        let scan = scan(part.text, &tokens[taken..], context, Some(place));
        if !template::stems(&scan.items) || taken + scan.taken < tokens.len() {
            return false;
        }
        gap |= template::has_gap(&scan.items);
        number |= scan.items.iter().any(|i| matches!(i.what, Piece::Number(_)));
    }
    gap && number
}

/// The field whose figure lines may follow.
#[derive(Clone, Debug)]
pub(super) struct Block<'a> {
    pub place: usize,
    pub day: Option<Day<'a>>,
    pub near: Option<String>,
    /// The field stood alone on its line; reported if nothing follows.
    pub alone: Option<Bad>,
    /// The field stood alone, so that every line below belongs to it, indicators too.
    pub open: bool,
}

pub(super) struct Reader<'c, 'a> {
    pub context: &'c Context<'c>,
    pub header: Header<'a>,
    pub from_template: bool,
    /// In the first part, which the head of the message stands in.
    pub is_first: bool,
    pub block: Option<Block<'a>>,
    /// Unknown words in front, which keep what is behind them from being stored.
    pub aside: Option<Aside>,
    /// A day alone on a later line.
    pub stray: Option<(Day<'a>, Option<Bad>)>,
    pub lines: Vec<Judged>,
}

impl<'c, 'a> Reader<'c, 'a> {
    pub fn vocabulary(&self) -> &'c Vocabulary {
        self.context.vocabulary
    }

    /// More lines than one message may have.
    pub fn is_full(&self) -> bool {
        self.lines.len() > LINES_MAX
    }

    /// The day of a line whose own day is `own`; with the reason where it cannot be taken.
    pub fn day_of(&self, own: Option<Day<'a>>) -> (Option<Day<'a>>, Result<NaiveDate, Reason>) {
        let day = own.or(self.stray.as_ref().map(|(day, _)| *day)).or(self.header.day);
        let date = match day.map(|d| d.date) {
            None => Ok(self.context.today),
            Some(Ok(date)) => Ok(date),
            Some(Err(BadDay::NoSuchDay)) => Err(Reason::BadDate),
            Some(Err(BadDay::Future { .. })) => Err(Reason::FutureDay),
        };
        (day, date)
    }

    /// A corrected line: `/nhap` where it is needed, colleague, day, field, figures.
    pub fn ready(&self, day: Option<NaiveDate>, (whose, scope): (Option<&Colleague>, Scope), body: &str) -> String {
        let colleague = whose.map(|c| format!("@{}", c.typed));
        let command = (!self.context.private || colleague.is_some()).then(|| "/nhap".to_string());
        let day = day.map(|d| shortest(d, self.context.read_on));
        let scope = match scope {
            Scope::Field(id) => self.vocabulary().code_word(id).map(String::from),
            Scope::Rest => Some("khac".to_string()),
            Scope::Unit | Scope::All => None,
        };
        let words = [command, colleague, day, scope, Some(body.to_string())];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Ends the block; a field that was left alone is reported.
    pub fn close_block(&mut self) {
        if let Some(alone) = self.block.take().and_then(|b| b.alone) {
            self.lines.push(Judged::Bad(alone));
        }
    }

    /// Notes a day alone on a later line; reported unless lines follow.
    pub fn note_stray(&mut self, day: Day<'a>, alone: Bad) {
        if let Some((_, Some(earlier))) = self.stray.replace((day, Some(alone))) {
            self.lines.push(Judged::Bad(earlier));
        }
    }

    /// The day alone above a line without a day of its own; the day itself need not be
    /// reported any more.
    pub fn under_stray(&mut self, own: Option<Day<'a>>) -> Option<Day<'a>> {
        let (day, alone) = self.stray.as_mut().filter(|_| own.is_none())?;
        *alone = None;
        Some(*day)
    }

    fn finish(mut self) -> Reading {
        self.close_block();
        if let Some((_, Some(alone))) = self.stray.take() {
            self.lines.push(Judged::Bad(alone));
        }
        if let (true, Some(day)) = (self.lines.is_empty() && !self.from_template, self.header.day) {
            let reason = self.day_of(None).1.err().unwrap_or(Reason::DayAlone);
            self.bad((1, day.raw), day.raw.to_string(), reason, Vec::new());
        }
        Reading { lines: self.lines, colleague: self.header.colleague, from_template: self.from_template }
    }
}
