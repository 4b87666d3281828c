//! `/bieudo [PERIOD] [UNIT]`: the card of SPEC §9, a picture to be read on a phone. It names
//! nobody, so that everybody gets the same.

use super::reply::{FileKind, Reply};
use super::{Act, Answer, export};
use crate::words::numbers::date;

/// Answers with one line and the recipe of the picture.
///
/// # Errors
/// A period or unit that is none, or a unit that is not this person's to ask about.
pub fn picture(act: &Act<'_>, rest: &str) -> Answer {
    let (unit, period) = export::asked(act, rest)?;
    let recipe = export::recipe(act, FileKind::Card, (unit, &period));
    let (name, label, days) = (unit.name.as_str(), act.words.period(&period), act.words.period_days(&period));
    let text = match period.to_date(act.today) {
        Some(day) => act.words.card_sent_to_date(name, label, days, date(day)),
        None => act.words.card_sent(name, label, days),
    };
    Ok(vec![Reply::text(text).with_file(recipe)])
}
