//! Lines of the register's commands, behind the name of the command.

use chrono::NaiveDate;

use super::Fault;
use super::code::{Called, Code, called_at, code_at, looks_like_a_code};
use super::due::{self, Due, due_at};
use super::reason::{Given, read_reason};
use crate::domain::field::FieldId;
use crate::grammar::day::{BadDay, read_day};
use crate::grammar::fold::fold;
use crate::grammar::names::{Found, WORDS_MAX, find_by_name, quoted};
use crate::grammar::vocabulary::{FieldMatch, Vocabulary};

/// What a line of `/hoso` says, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registering {
    pub code: Option<Code>,
    pub field: Option<FieldId>,
    /// The field as typed, where it was only near.
    pub near: Option<String>,
    pub due: Option<Due>,
    /// The due day as typed.
    pub due_typed: String,
    /// Behind `@`.
    pub holder: Option<Holder>,
}

/// Whom `@Lan` means, by the place among the names that the grammar was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub typed: String,
    pub found: Found<usize>,
}

/// What the grammar has to know for a line of `/hoso`.
pub struct Context<'a> {
    pub vocabulary: &'a Vocabulary,
    /// The day of the message.
    pub today: NaiveDate,
    /// Officials of the unit.
    pub names: &'a [&'a str],
}

/// `H12.34.56-261120-0001 HT 5n @Lan`. What could be read stands beside the first fault.
pub fn registering(part: &str, context: &Context) -> (Registering, Option<Fault>) {
    let mut read = Registering::default();
    let fault = read.take(part, context).err();
    (read, fault)
}

impl Registering {
    fn take(&mut self, part: &str, context: &Context) -> Result<(), Fault> {
        let part = without_lead(part);
        let Some((code, rest)) = code_at(part, context.today) else {
            return Err(match called_at(part, context.today) {
                Some((Ok(tail), _)) => Fault::WholeCodeOnly(tail.text().to_string()),
                Some((Err(fault), _)) => fault,
                None => no_code(part),
            });
        };
        let code = code?;
        // A note of the receipt may stand behind the code.
        let rest = self.without_holder(rest, context.names);
        let (field, due) = self.field_and_due(&rest, context);
        self.code = Some(code);
        field?;
        due
    }

    /// Takes `@name` out of a text.
    fn without_holder(&mut self, rest: &str, names: &[&str]) -> String {
        let Some((before, behind)) = rest.split_once('@') else { return rest.to_string() };
        let words: Vec<&str> = behind.split_whitespace().take(WORDS_MAX).collect();
        let by_length = (1..=words.len()).rev().map(|n| (n, words[..n].join(" ")));
        let found = by_length
            .map(|(n, typed)| {
                (n, find_by_name(typed.trim_matches([',', '.']), names.iter().copied().enumerate()), typed)
            })
            .find(|(_, found, _)| *found != Found::None);
        let (taken, found, typed) = found.unwrap_or((1, Found::None, words.first().unwrap_or(&"").to_string()));
        self.holder = Some(Holder { typed: quoted(&typed), found });
        let left = behind.split_whitespace().skip(taken).collect::<Vec<_>>().join(" ");
        format!("{before} {left}")
    }

    /// Field and due day, in either order.
    fn field_and_due(&mut self, rest: &str, context: &Context) -> (Result<(), Fault>, Result<(), Fault>) {
        let signs = |c: char| c == ' ' || c == ',' || c == '-' || c == ':' || c == '–';
        let mut rest = rest.trim_matches(signs);
        let is_field = |text| !matches!(context.vocabulary.find_field(text), FieldMatch::Unknown);
        let mut due = due_at(rest, context.today).filter(|_| !(due::is_in_words(rest) && is_field(rest)));
        if let Some((_, behind)) = due {
            self.due_typed = typed_before(rest, behind);
            rest = behind.trim_matches(signs);
        }
        let mut field = Ok(());
        match context.vocabulary.find_field(rest) {
            FieldMatch::Found { id, near, rest: behind } => {
                (self.field, self.near) = (Some(id), near.map(str::to_string));
                rest = behind.trim_matches(signs);
            }
            FieldMatch::NotInUse { word, rest: behind, .. } => {
                field = Err(Fault::FieldNotEnabled(quoted(word)));
                rest = behind.trim_matches(signs);
            }
            FieldMatch::Unknown if rest.is_empty() => field = Err(Fault::MissingField),
            FieldMatch::Unknown => {
                let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
                field = Err(Fault::UnknownField(quoted(word)));
                rest = behind.trim_matches(signs);
            }
        }
        if due.is_none() {
            due = due_at(rest, context.today);
            if let Some((_, behind)) = due {
                self.due_typed = typed_before(rest, behind);
                rest = behind.trim_matches(signs);
            }
        }
        let first = quoted(rest.split(' ').next().unwrap_or_default());
        let due = match due {
            Some((Ok(due), _)) => {
                self.due = Some(due);
                if rest.is_empty() { Ok(()) } else { Err(Fault::Unknown(first)) }
            }
            Some((Err(fault), _)) => Err(fault),
            None if rest.is_empty() => Err(Fault::MissingDue),
            None => Err(Fault::NotADue(first)),
        };
        (field, due)
    }
}

/// What stands before the rest of a text.
fn typed_before(text: &str, behind: &str) -> String {
    text.strip_suffix(behind).unwrap_or(text).trim_matches([' ', ',', '.']).to_string()
}

/// What a line of `/xong`, `/rut`, `/bosung`, `/tieptuc` or `/tracuu` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    pub called: Vec<Called>,
    pub day: Option<NaiveDate>,
}

/// `0583 0584 19/11`: dossiers, and perhaps a day.
///
/// # Errors
/// The first word that is neither.
pub fn naming(part: &str, today: NaiveDate) -> Result<Naming, Fault> {
    let mut read = Naming::default();
    let mut rest = without_lead(part);
    while !rest.is_empty() {
        if let Some((called, behind)) = called_at(rest, today) {
            read.called.push(called?);
            rest = without_lead(behind);
        } else if let Some(day) = read_day(rest, today) {
            read.day = Some(day.day.map_err(|bad| match bad {
                BadDay::NoSuchDay => Fault::BadDay(day.word.to_string()),
                BadDay::Future { .. } => Fault::FutureDay(day.word.to_string()),
            })?);
            rest = without_lead(day.rest);
        } else if read.called.is_empty() {
            return Err(no_code(rest));
        } else {
            return Err(Fault::Unknown(quoted(rest.split(' ').next().unwrap_or_default())));
        }
    }
    if read.called.is_empty() { Err(Fault::NoCode) } else { Ok(read) }
}

/// What a line of `/giahan` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extending {
    pub called: Called,
    pub due: Due,
    pub given: Given,
}

/// `0583 26/11 mất điện`.
///
/// # Errors
/// The first part that is missing or cannot be read.
pub fn extending(part: &str, today: NaiveDate) -> Result<Extending, Fault> {
    let part = without_lead(part);
    let (called, rest) = called_at(part, today).ok_or_else(|| no_code(part))?;
    let called = called?;
    let rest = without_lead(rest);
    let rest = rest.strip_prefix("đến ").or_else(|| rest.strip_prefix("den ")).unwrap_or(rest).trim_start();
    let Some((due, rest)) = due_at(rest, today) else {
        let word = rest.split(' ').next().unwrap_or_default();
        return Err(if word.is_empty() { Fault::MissingDue } else { Fault::NotADue(quoted(word)) });
    };
    let due = due?;
    Ok(Extending { called, due, given: read_reason(rest).ok_or(Fault::MissingReason)? })
}

/// `0583 0584 mất điện`: dossiers and their one reason.
///
/// # Errors
/// The part that is missing.
pub fn explaining(part: &str, today: NaiveDate) -> Result<(Vec<Called>, Given), Fault> {
    let mut rest = without_lead(part);
    let mut all = Vec::new();
    while let Some((called, behind)) = called_at(rest, today) {
        all.push(called?);
        rest = without_lead(behind);
    }
    if all.is_empty() {
        return Err(no_code(rest));
    }
    Ok((all, read_reason(rest).ok_or(Fault::MissingReason)?))
}

fn no_code(text: &str) -> Fault {
    let word = text.split([' ', ',']).next().unwrap_or_default();
    let odd = !word.is_empty() && (looks_like_a_code(word) || word.starts_with(|c: char| c.is_ascii_digit()));
    if odd { Fault::NotACode(quoted(word)) } else { Fault::NoCode }
}

/// A text without the signs and words that may stand before a code: `hồ sơ`, `mã`, `và`.
pub(super) fn without_lead(text: &str) -> &str {
    let mut rest = text.trim_start_matches([' ', ',', '.', ':', '+', '&']);
    while let Some((word, behind)) = rest.split_once(' ') {
        let lead = matches!(fold(word).trim_end_matches(':'), "ho" | "so" | "hs" | "ma" | "va" | "hoso");
        if !lead {
            break;
        }
        rest = behind.trim_start_matches([' ', ',', '.', ':']);
    }
    rest.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dossier::Reason;
    use crate::grammar::vocabulary::FieldWords;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn vocabulary() -> Vocabulary {
        let field = |id, code: &str, name: &str, in_use| FieldWords {
            id: FieldId(id),
            code: code.into(),
            name: name.into(),
            aliases: vec![],
            in_use,
        };
        Vocabulary::new(
            &[
                field(1, "HT", "Hộ tịch", true),
                field(2, "ĐĐ", "Đất đai", true),
                field(3, "CT", "Chứng thực", false),
                field(4, "MTP", "Mai táng phí", true),
            ],
            &[],
        )
    }

    const NAMES: [&str; 3] = ["Đinh Quốc Lan", "Trần Thị Minh", "Lê Thị Minh"];

    fn read(line: &str) -> (Registering, Option<Fault>) {
        registering(line, &Context { vocabulary: &vocabulary(), today: today(), names: &NAMES })
    }

    /// Field, due day and holder of a line without fault.
    fn check(line: &str, field: i64, due: Due, holder: Option<Found<usize>>) {
        let (read, fault) = read(line);
        assert_eq!(fault, None, "{line}");
        assert_eq!(read.code.unwrap().text, "H12.34.56-261120-0001", "{line}");
        assert_eq!((read.field, read.due), (Some(FieldId(field)), Some(due)), "{line}");
        assert_eq!(read.holder.map(|h| h.found), holder, "{line}");
    }

    #[test]
    fn a_dossier_is_registered_by_code_field_due_day_and_holder() {
        let five = Due::WorkingDays(5);
        check("H12.34.56-261120-0001 HT 5n", 1, five, None);
        check("h12.34.56-261120-0001, hộ tịch, 5 ngày", 1, five, None);
        check("mã hồ sơ: H12.34.56-261120-0001 5n ht", 1, five, None);
        check("H12.34.56-261120-0001 đất đai 26/11", 2, Due::DayMonth { day: 26, month: 11 }, None);
        check("H12.34.56-261120-0001 ht 5n @Lan", 1, five, Some(Found::One(0)));
        check("H12.34.56-261120-0001 @Đinh Quốc Lan ht 5n", 1, five, Some(Found::One(0)));
        check("H12.34.56-261120-0001 ht 5n @Minh", 1, five, Some(Found::Several(vec![1, 2])));
        check("H12.34.56-261120-0001 mai táng phí mai", 4, Due::Day(today().succ_opt().unwrap()), None);
        check("H12.34.56-261120-0001 t6 ht", 1, Due::Weekday(chrono::Weekday::Fri), None);
        check("H12.34.56-261120-0001 HT cn @Lan", 1, Due::Weekday(chrono::Weekday::Sun), Some(Found::One(0)));
        check("H12.34.56-261120-0001 ht 5n @Tú", 1, five, Some(Found::None));
    }

    #[test]
    fn what_could_be_read_stands_beside_the_fault() {
        for line in ["H12-261120-0001 XX 5 ngày", "H12-261120-0001 5 ngày XX", "H12-261120-0001 5 ngày"] {
            let (read, fault) = read(line);
            assert!(matches!(fault, Some(Fault::UnknownField(_) | Fault::MissingField)), "{line}: {fault:?}");
            assert_eq!((read.due, read.due_typed.as_str()), (Some(Due::WorkingDays(5)), "5 ngày"), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_by_its_word() {
        let fault = |line: &str| read(line).1;
        assert_eq!(fault("0583 HT 5n"), Some(Fault::WholeCodeOnly("0583".into())));
        assert_eq!(fault("261118-0583 HT 5n"), Some(Fault::WholeCodeOnly("261118-0583".into())));
        assert_eq!(fault("H12.34-2611-1 HT 5n"), Some(Fault::NotACode("H12.34-2611-1".into())));
        assert_eq!(fault("ht 5n"), Some(Fault::NoCode));
        assert_eq!(fault("H12-261120-0001"), Some(Fault::MissingField));
        assert_eq!(fault("H12-261120-0001 5n"), Some(Fault::MissingField));
        assert_eq!(fault("H12-261120-0001 HT"), Some(Fault::MissingDue));
        assert_eq!(fault("H12-261120-0001 HT 5"), Some(Fault::NotADue("5".into())));
        assert_eq!(fault("H12-261120-0001 HT 31/11"), Some(Fault::NotADue("31/11".into())));
        assert_eq!(fault("H12-261120-0001 CT 5n"), Some(Fault::FieldNotEnabled("CT".into())));
        assert_eq!(fault("H12-261120-0001 XYZ 5n"), Some(Fault::UnknownField("XYZ".into())));
        assert_eq!(fault("H12-261120-0001 HT 5n gấp"), Some(Fault::Unknown("gấp".into())));
        assert_eq!(fault("H12-261121-0001 HT 5n"), Some(Fault::FutureCode("H12-261121-0001".into())));
    }

    #[test]
    fn several_dossiers_may_stand_in_one_line() {
        let named = |line: &str| {
            let read = naming(line, today())?;
            Ok((read.called.iter().map(|c| c.text().to_string()).collect::<Vec<_>>(), read.day.map(|d| d.to_string())))
        };
        let ok = |codes: &[&str], day: Option<&str>| {
            Ok((codes.iter().map(ToString::to_string).collect(), day.map(str::to_string)))
        };
        assert_eq!(named("0583"), ok(&["0583"], None));
        assert_eq!(named("0583, 0584 và 896048"), ok(&["0583", "0584", "896048"], None));
        assert_eq!(named("0583 19/11"), ok(&["0583"], Some("2026-11-19")));
        assert_eq!(named("hôm qua 0583"), ok(&["0583"], Some("2026-11-19")));
        assert_eq!(named("H57.132-260804-0583 0584"), ok(&["H57.132-260804-0583", "0584"], None));
        assert_eq!(named("hồ sơ 0583"), ok(&["0583"], None));
        assert_eq!(named("261118-0583, 0584 19/11"), ok(&["261118-0583", "0584"], Some("2026-11-19")));
        assert_eq!(named("261121-0583"), Err(Fault::FutureCode("261121-0583".into())));
        assert_eq!(named(""), Err(Fault::NoCode));
        assert_eq!(named("10 dh 2"), Err(Fault::NotACode("10".into())));
        assert_eq!(named("0583 dh"), Err(Fault::Unknown("dh".into())));
        assert_eq!(named("0583 21/11"), Err(Fault::FutureDay("21/11".into())));
        assert_eq!(named("0583 31/11"), Err(Fault::BadDay("31/11".into())));
    }

    #[test]
    fn an_apology_has_a_day_and_a_reason() {
        let read = extending("0583 26/11 mất điện", today()).unwrap();
        assert_eq!((read.due, read.given.reason), (Due::DayMonth { day: 26, month: 11 }, Reason::PowerCut));
        assert_eq!(extending("0583 đến 3n thiếu người", today()).unwrap().due, Due::WorkingDays(3));
        assert_eq!(extending("261118-0583 thứ 6 thiếu người", today()).unwrap().called.text(), "261118-0583");
        assert_eq!(extending("0583 26/11", today()), Err(Fault::MissingReason));
        assert_eq!(extending("0583", today()), Err(Fault::MissingDue));
        assert_eq!(extending("0583 mất điện", today()), Err(Fault::NotADue("mất".into())));
        let (all, given) = explaining("0583 0584 chờ liên thông", today()).unwrap();
        assert_eq!((all.len(), given.reason), (2, Reason::OtherAgency));
        assert_eq!(explaining("0583", today()), Err(Fault::MissingReason));
    }
}
