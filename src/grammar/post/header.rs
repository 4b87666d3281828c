//! What heads a message: a day, and on whose behalf it is.

use chrono::NaiveDate;

use super::super::day::{BadDay, day_at, dotted};
use super::part::Part;
use super::{Colleague, Context, colleague};

/// A day as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Day<'a> {
    pub raw: &'a str,
    pub date: Result<NaiveDate, BadDay>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Header<'a> {
    pub day: Option<Day<'a>>,
    pub colleague: Option<Colleague>,
}

/// Takes day and `@Lan`, in either order, off the first part.
pub(super) fn take<'a>(part: &mut Part<'a>, context: &Context) -> Header<'a> {
    let mut header = Header::default();
    loop {
        let rest = &part.tokens[part.taken..];
        if header.day.is_none()
            && let Some((day, taken)) = leading_day(part, context)
        {
            header.day = Some(day);
            part.taken += taken;
        } else if context.marked
            && header.colleague.is_none()
            && let Some((colleague, taken)) = colleague::at(part.text, rest, context)
        {
            header.colleague = Some(colleague);
            part.taken += taken;
        } else {
            return header;
        }
    }
}

/// The day that what is left of a part begins with.
pub(super) fn leading_day<'a>(part: &Part<'a>, context: &Context) -> Option<(Day<'a>, usize)> {
    let rest = &part.tokens[part.taken..];
    // `20.11 ct ol 3`: before a field, or alone, no number can stand.
    let before_field = || rest.len() == 1 || context.vocabulary.field_at(&rest[1..]).is_some();
    let by_dots = || dotted(rest.first()?, context.today).filter(|_| before_field()).map(|day| (day, 1));
    let (date, taken) = day_at(rest, context.today, true).or_else(by_dots)?;
    Some((Day { raw: &part.text[rest[0].at..rest[taken - 1].end()], date }, taken))
}
