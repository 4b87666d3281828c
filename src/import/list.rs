//! Rows → dossiers as the file tells them, or rejections. What a row does not say stays
//! open here: the register may know it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::code;
use super::procedures;
use super::sheet::Cell;
use super::status::{self, Status};
use super::table::Raw;
use super::unknown::Unknown;
use super::when::{self, When};
use crate::domain::field::{Field, FieldId};
use crate::domain::official::OfficialId;
use crate::grammar::dossier;
use crate::grammar::dossier::code::Code;
use crate::grammar::fold::fold;
use crate::grammar::names::{self, find_by_name, quoted};
use crate::grammar::privacy::mask;

/// Longest text that is repeated as a code, in bytes.
const CODE_MAX: usize = 40;
/// Most digits together in one: the day of receipt and one more.
const DIGITS_MAX: usize = 7;

/// What a list is read with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub today: NaiveDate,
    /// The catalogue.
    pub fields: &'a [Field],
    /// Who works in the unit.
    pub officials: &'a [(OfficialId, String)],
}

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Empty where only one sheet holds dossiers.
    pub sheet: Arc<str>,
    pub row: usize,
}

/// One dossier as the file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub place: Place,
    /// Whole, upper case.
    pub code: String,
    pub field: Option<FieldId>,
    /// The field was told by words of the procedure, not by its name.
    pub guessed_field: bool,
    /// What the file calls the field, where that is unknown.
    pub unknown_field: String,
    /// `None`: not said; the day in the code stands for it where the register knows none.
    pub received: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub promised: Option<NaiveDate>,
    pub status: Option<Status>,
    pub ended: Option<NaiveDate>,
    pub holder: Option<OfficialId>,
}

/// A row that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub place: Place,
    /// Empty where it cannot be read.
    pub code: String,
    pub why: Why,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    NoCode,
    /// What stands there instead, if it was meant as a code; empty for anything else, which
    /// may be a citizen's name.
    BadCode(String),
    /// The day in the code has not come yet.
    FutureCode,
    /// What should be a day is none; which one.
    OddDay(Day),
    Future(Day, NaiveDate),
    /// Due or ended before it was received.
    BeforeReceived(Day),
    NoField,
    UnknownField(String),
    NoDue,
    /// Ended, but not when.
    NoEnd,
    /// The same code stands elsewhere in the file and says something else.
    Twice(Place),
}

/// A day of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Received,
    Due,
    Promised,
    Ended,
}

/// A list as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub rows: Vec<Listed>,
    pub rejected: Vec<Rejected>,
    /// Rows of dossiers that were not received (statuses 1 and 3).
    pub not_received: usize,
    pub unknown: Unknown,
}

/// Reads rows.
pub fn read(raws: &[Raw], context: &Context<'_>) -> List {
    let mut reader = RowReader { context, fields: HashMap::new(), holders: HashMap::new() };
    let mut list = List::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut twice: HashMap<String, Vec<Place>> = HashMap::new();
    for raw in raws {
        let place = Place { sheet: raw.sheet.clone(), row: raw.number };
        match reader.row(raw, &place) {
            Ok(Some(row)) => match seen.get(&row.code) {
                None => {
                    list.unknown.note(raw, &row);
                    seen.insert(row.code.clone(), list.rows.len());
                    list.rows.push(row);
                }
                Some(i) if says_the_same(&list.rows[*i], &row) => list.rows[*i].holder = row.holder,
                Some(i) => {
                    let first = list.rows[*i].place.clone();
                    twice.entry(row.code).or_insert_with(|| vec![first]).push(place);
                }
            },
            Ok(None) if status::read(&raw.status) == Some(Status::NotReceived) => list.not_received += 1,
            Ok(None) => {}
            Err((code, why)) => list.rejected.push(Rejected { place, code, why }),
        }
    }
    list.rows.retain(|r| !twice.contains_key(&r.code));
    for (code, places) in twice {
        for (i, place) in places.iter().enumerate() {
            let other = places[if i == 0 { 1 } else { 0 }].clone();
            list.rejected.push(Rejected { place: place.clone(), code: code.clone(), why: Why::Twice(other) });
        }
    }
    list.rejected.sort_by(|a, b| a.place.cmp(&b.place));
    list
}

/// A row a step of the work: the same dossier, in other hands.
fn says_the_same(a: &Listed, b: &Listed) -> bool {
    let plain = |l: &Listed| Listed { place: Place::default(), holder: None, ..l.clone() };
    plain(a) == plain(b)
}

/// Reads row after row; the same names come again and again.
struct RowReader<'a> {
    context: &'a Context<'a>,
    fields: HashMap<String, Option<(FieldId, bool)>>,
    holders: HashMap<String, Option<OfficialId>>,
}

type Fault = (String, Why);

impl RowReader<'_> {
    /// `None` for what is no dossier of ours.
    fn row(&mut self, raw: &Raw, place: &Place) -> Result<Option<Listed>, Fault> {
        let Some(found) = self.code(raw)? else { return Ok(None) };
        let status = status::read(&raw.status);
        if status == Some(Status::NotReceived) {
            return Ok(None);
        }
        let fault = |why| (found.text.clone(), why);
        let day = |cell, which| day(cell, which).map_err(fault);
        let (received, due) = (day(&raw.received, Day::Received)?, day(&raw.due, Day::Due)?);
        let (promised, ended) = (day(&raw.promised, Day::Promised)?, day(&raw.ended, Day::Ended)?);
        let today = self.context.today;
        let of_future = |d: Option<NaiveDate>, which| d.filter(|d| *d > today).map(|d| Why::Future(which, d));
        let begun = received.unwrap_or(found.received);
        let before = |d: Option<NaiveDate>, which| d.filter(|d| *d < begun).map(|_| Why::BeforeReceived(which));
        let why = of_future(Some(begun), Day::Received)
            .or_else(|| of_future(ended, Day::Ended))
            .or_else(|| before(due, Day::Due))
            .or_else(|| before(ended, Day::Ended));
        if let Some(why) = why {
            return Err(fault(why));
        }
        let (field, unknown_field) = self.field(raw);
        let (field, guessed_field) = field.map_or((None, false), |(id, by_name)| (Some(id), !by_name));
        let holder = self.holder(&raw.holder);
        let place = place.clone();
        let code = found.text;
        Ok(Some(Listed {
            place,
            code,
            field,
            guessed_field,
            unknown_field,
            received,
            due,
            promised,
            status,
            ended,
            holder,
        }))
    }

    fn code(&self, raw: &Raw) -> Result<Option<Code>, Fault> {
        let text = match &raw.code {
            Cell::Text(text) => text.clone(),
            Cell::Number(n) => n.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Empty => {
                let says_more =
                    [&raw.received, &raw.due, &raw.ended].iter().any(|c| matches!(when::read(c), When::Day(_)));
                return if says_more { Err((String::new(), Why::NoCode)) } else { Ok(None) };
            }
        };
        match code::find(&text, self.context.today) {
            Some(Ok(found)) => Ok(Some(found)),
            Some(Err(dossier::Fault::FutureCode(code))) => Err((code, Why::FutureCode)),
            _ => Err((String::new(), Why::BadCode(meant_as_code(&text).map(quoted).unwrap_or_default()))),
        }
    }

    /// The field of the row's own cell, else of its procedure, else of the heading above.
    fn field(&mut self, raw: &Raw) -> (Option<(FieldId, bool)>, String) {
        let texts = [&raw.field, &raw.procedure].map(|c| if let Cell::Text(t) = c { t.as_str() } else { "" });
        for text in texts.into_iter().chain(raw.group.as_deref()).filter(|t| !t.is_empty()) {
            let known = match self.fields.get(text) {
                Some(known) => *known,
                None => {
                    let known = field_called(text, self.context.fields);
                    self.fields.insert(text.to_string(), known);
                    known
                }
            };
            if known.is_some() {
                return (known, String::new());
            }
        }
        // Only what stands under "lĩnh vực" is repeated: a procedure's text may name people.
        (None, if texts[0].is_empty() { String::new() } else { quoted(&mask(texts[0], &[])) })
    }

    fn holder(&mut self, cell: &Cell) -> Option<OfficialId> {
        let Cell::Text(text) = cell else { return None };
        if let Some(known) = self.holders.get(text) {
            return *known;
        }
        let name = text.split(['(', '-', '–', ',', ';', '\n']).next().unwrap_or_default();
        let people = self.context.officials.iter().map(|(id, name)| (*id, name.as_str()));
        let known = match find_by_name(name, people) {
            names::Found::One(id) => Some(id),
            _ => None,
        };
        self.holders.insert(text.clone(), known);
        known
    }
}

/// A text that has the signs of a code and nothing else: one letter, digits in groups, a
/// dash. Names, passport and phone numbers have not.
fn meant_as_code(text: &str) -> Option<&str> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−');
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == ' ' || is_dash(c);
    let digits = text.split(|c: char| !c.is_ascii_digit()).map(str::len);
    let is_code = text.len() <= CODE_MAX
        && text.chars().all(is_sign)
        && text.contains(is_dash)
        && text.chars().filter(char::is_ascii_alphabetic).count() == 1
        && digits.clone().sum::<usize>() > 0
        && digits.max() <= Some(DIGITS_MAX)
        && mask(text, &[]) == text;
    is_code.then_some(text)
}

fn day(cell: &Cell, which: Day) -> Result<Option<NaiveDate>, Why> {
    match when::read(cell) {
        When::None => Ok(None),
        When::Day(day) => Ok(Some(day)),
        When::Odd => Err(Why::OddDay(which)),
    }
}

/// The field of a text: its code, name or alias, alone or behind `Lĩnh vực`, or with
/// something in brackets behind (`true`); else by words of procedures.
fn field_called(text: &str, fields: &[Field]) -> Option<(FieldId, bool)> {
    let bare = text.split(['(', '[']).next().unwrap_or(text);
    let plain = |t: &str| {
        let folded = fold(t);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let name = plain(bare);
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let name = name.split_once("linh vuc ").map_or(name, |(_, behind)| behind);
    let called = |f: &&Field| {
        let mut names = [&f.code, &f.name].into_iter().chain(&f.aliases);
        names.any(|n| plain(n) == name)
    };
    let by_code = |code: &str| fields.iter().find(|f| f.code == code).map(|f| (f.id, false));
    fields.iter().find(called).map(|f| (f.id, true)).or_else(|| by_code(procedures::field_of(text)?))
}
