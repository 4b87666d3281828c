//! What the invented officials register: the dossiers of slow fields, with the days on which
//! they are to be handed over; most are resolved in time, a few late and with a reason.

use chrono::{Datelike, NaiveDate};

use super::dice::Dice;

/// Fields in which dossiers take days, and so are worth a register.
pub const SLOW: [&str; 4] = ["ĐĐ", "BTXH", "NCC", "CS"];
/// Working days that a dossier is given.
const GIVEN: i64 = 8;

/// The dossiers in an official's hands, oldest first.
#[derive(Default)]
pub struct InHand {
    open: Vec<String>,
    /// Codes given on the latest day.
    given: (Option<NaiveDate>, i64),
}

impl InHand {
    /// What an official says of a field's day on which so many came and went: `/hoso` with a
    /// line a dossier, `/xong` with the last parts of codes. `desk` is the agency's number.
    pub fn day(
        &mut self,
        dice: &mut Dice,
        (desk, field, day): (usize, &str, NaiveDate),
        (came, went): (i64, i64),
    ) -> Vec<String> {
        let mut said = Vec::new();
        let new: Vec<String> = (0..came).map(|_| self.code(desk, field, day)).collect();
        if !new.is_empty() {
            let line = |code: &String| format!("{code} {field} {}n", GIVEN + dice.below(8));
            let lines: Vec<String> = new.iter().map(line).collect();
            said.push(format!("/hoso {}", lines.join("\n")));
        }
        let last = (went.max(0) as usize).min(self.open.len());
        let done: Vec<String> = self.open.drain(..last).collect();
        if !done.is_empty() {
            said.push(format!("/xong {}", done.join("\n")));
        }
        // Of a hundred one or two are laid aside, and will be overdue.
        self.open.extend(new.into_iter().filter(|_| !dice.percent(2)));
        said
    }

    fn code(&mut self, desk: usize, field: &str, day: NaiveDate) -> String {
        let n = if self.given.0 == Some(day) { self.given.1 + 1 } else { 1 };
        self.given = (Some(day), n);
        // Each field has its own row of numbers, so that no two give the same code.
        let row = SLOW.iter().position(|f| *f == field).unwrap_or(0) as i64;
        format!("H99.{desk:02}-{:02}{:02}{:02}-{:04}", day.year() % 100, day.month(), day.day(), row * 1000 + n)
    }
}
