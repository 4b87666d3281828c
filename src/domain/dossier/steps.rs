//! What may be done with a dossier, and what comes of it. Days come in, nothing is asked.

use chrono::NaiveDate;

use super::{Dossier, Reason, State, Stop};
use crate::domain::calendar::Calendar;

/// One thing done with a dossier of the register (SPEC §7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `/xong`
    Resolve { on: NaiveDate },
    /// `/xong` again, with a day: the result was handed over on another.
    Redate { on: NaiveDate },
    /// `/rut`
    Withdraw { on: NaiveDate },
    /// `/bosung`: papers are asked for, the clock stops.
    Stop { on: NaiveDate },
    /// `/tieptuc`: the clock runs on.
    Resume { on: NaiveDate },
    /// `/giahan`: an apology and a new day; the due day still counts.
    Extend { to: NaiveDate, on: NaiveDate, reason: Reason, text: String },
    /// `/lydo`: why it is late.
    Explain { reason: Reason, text: String },
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cannot {
    /// Resolved or withdrawn already.
    Ended,
    StoppedAlready,
    NotStopped,
    /// The day lies before its receipt.
    BeforeReceipt,
    /// The day lies before the last stop or resumption.
    BeforeLast(NaiveDate),
    /// The new day is not after the due day, or past already.
    NoLater,
    /// It ended in time: there is no lateness to explain.
    NotLate,
}

impl Dossier {
    /// The dossier after a step.
    ///
    /// Resolving one whose clock stands lets the clock run on that day: the papers came.
    ///
    /// # Errors
    /// [`Cannot`]; nothing comes of such a step.
    ///
    /// ```
    /// # use motcua::domain::{calendar::Calendar, dossier::*, field::FieldId, unit::UnitId};
    /// # let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    /// # let dossier = Dossier { id: DossierId(1), unit: UnitId(1), code: String::new(), field: FieldId(1),
    /// #     holder: None, received: day(16), due: day(19), promised: None, promised_for: None, state: State::Open, ended: None,
    /// #     reason: None, reason_text: String::new(), stops: vec![] };
    /// let weekdays = Calendar::default();
    /// let stopped = dossier.after(&Step::Stop { on: day(17) }, &weekdays).unwrap(); // Tuesday
    /// let resumed = stopped.after(&Step::Resume { on: day(23) }, &weekdays).unwrap(); // Monday
    /// assert_eq!(resumed.due, day(25)); // moved by 18, 19, 20 and 23 November
    /// ```
    pub fn after(&self, step: &Step, calendar: &Calendar) -> Result<Dossier, Cannot> {
        let next = self.clone();
        match step {
            Step::Explain { reason, text } => self.explained(*reason, text),
            Step::Redate { on } if self.state == State::Resolved && self.ended != Some(*on) => {
                self.may_be_on(*on)?;
                Ok(Dossier { ended: Some(*on), ..next })
            }
            Step::Redate { .. } => Err(Cannot::Ended),
            _ if !matches!(self.state, State::Open | State::Stopped) => Err(Cannot::Ended),
            Step::Resolve { on } => {
                self.may_be_on(*on)?;
                let running = if self.state == State::Stopped { self.resumed(*on, calendar)? } else { next };
                Ok(Dossier { state: State::Resolved, ended: Some(*on), ..running })
            }
            Step::Withdraw { on } => {
                self.may_be_on(*on)?;
                let running = if self.state == State::Stopped { self.resumed(*on, calendar)? } else { next };
                Ok(Dossier { state: State::Withdrawn, ended: Some(*on), ..running })
            }
            Step::Stop { on } => self.stopped(*on),
            Step::Resume { on } => self.resumed(*on, calendar),
            Step::Extend { to, on, reason, text } => {
                if *to <= self.due || to < on {
                    return Err(Cannot::NoLater);
                }
                Ok(Dossier { promised: Some(*to), promised_for: Some((*reason, text.clone())), ..next })
            }
        }
    }

    /// Working days by which the clock stood still up to `on`: after the stop, up to and
    /// including the day of resumption (SPEC §14).
    fn resumed(&self, on: NaiveDate, calendar: &Calendar) -> Result<Dossier, Cannot> {
        if self.state != State::Stopped {
            return Err(Cannot::NotStopped);
        }
        let mut next = Dossier { state: State::Open, ..self.clone() };
        if let Some(stop) = next.stops.last_mut() {
            if on < stop.from {
                return Err(Cannot::BeforeLast(stop.from));
            }
            let first = stop.from.succ_opt().unwrap_or(stop.from);
            let still = calendar.working_days(first, on).count();
            next.due = calendar.add_working_days(self.due, still.try_into().unwrap_or(u32::MAX));
            stop.to = Some(on);
        }
        Ok(next)
    }

    fn stopped(&self, on: NaiveDate) -> Result<Dossier, Cannot> {
        if self.state == State::Stopped {
            return Err(Cannot::StoppedAlready);
        }
        self.may_be_on(on)?;
        let mut next = Dossier { state: State::Stopped, ..self.clone() };
        match next.stops.last_mut().filter(|s| s.from == on) {
            // Stopped and resumed that very day: the due day has not moved.
            Some(again) => again.to = None,
            None => next.stops.push(Stop { from: on, to: None, due_before: self.due }),
        }
        Ok(next)
    }

    fn explained(&self, reason: Reason, text: &str) -> Result<Dossier, Cannot> {
        match self.state {
            State::Withdrawn | State::Void => Err(Cannot::Ended),
            State::Resolved if self.ended.is_none_or(|e| e <= self.due) => Err(Cannot::NotLate),
            _ => Ok(Dossier { reason: Some(reason), reason_text: text.to_string(), ..self.clone() }),
        }
    }

    fn may_be_on(&self, on: NaiveDate) -> Result<(), Cannot> {
        let last = self.stops.iter().filter_map(|s| s.to.or(Some(s.from))).max();
        match last.filter(|last| on < *last) {
            _ if on < self.received => Err(Cannot::BeforeReceipt),
            Some(last) => Err(Cannot::BeforeLast(last)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DayKind;
    use crate::domain::dossier::DossierId;
    use crate::domain::field::FieldId;
    use crate::domain::unit::UnitId;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    /// Received on Monday 16/11/2026, due on Thursday.
    fn dossier() -> Dossier {
        Dossier {
            id: DossierId(1),
            unit: UnitId(1),
            code: "H12.34.56-261116-0001".to_string(),
            field: FieldId(1),
            holder: None,
            received: day(16),
            due: day(19),
            promised: None,
            promised_for: None,
            state: State::Open,
            ended: None,
            reason: None,
            reason_text: String::new(),
            stops: Vec::new(),
        }
    }

    /// The calendar of November 2026: the 24th is a day off.
    fn calendar() -> Calendar {
        Calendar::new([(day(24), DayKind::Off)])
    }

    fn walk(steps: &[Step]) -> Result<Dossier, Cannot> {
        steps.iter().try_fold(dossier(), |d, step| d.after(step, &calendar()))
    }

    fn check(steps: &[Step], expected: Result<(State, u32), Cannot>) {
        assert_eq!(walk(steps).map(|d| (d.state, day_of(d.due))), expected, "{steps:?}");
    }

    fn day_of(day: NaiveDate) -> u32 {
        chrono::Datelike::day(&day)
    }

    #[test]
    fn a_stop_moves_the_due_day_by_the_working_days_that_follow_it() {
        let stop = |d| Step::Stop { on: day(d) };
        let go_on = |d| Step::Resume { on: day(d) };
        check(&[stop(17)], Ok((State::Stopped, 19)));
        check(&[stop(17), go_on(17)], Ok((State::Open, 19)));
        check(&[stop(17), go_on(18)], Ok((State::Open, 20)));
        // 18, 19, 20, 23 and 25: five working days; from Thursday 19 they lead to Friday 27.
        check(&[stop(17), go_on(25)], Ok((State::Open, 27)));
        check(&[stop(17), go_on(18), stop(18), go_on(19)], Ok((State::Open, 23)));
        check(&[stop(17), go_on(17), stop(17), go_on(18)], Ok((State::Open, 20)));
        check(&[stop(17), stop(18)], Err(Cannot::StoppedAlready));
        check(&[go_on(18)], Err(Cannot::NotStopped));
        check(&[stop(18), go_on(17)], Err(Cannot::BeforeLast(day(18))));
        check(&[stop(15)], Err(Cannot::BeforeReceipt));
    }

    #[test]
    fn what_has_ended_stays_as_it_is() {
        let done = Step::Resolve { on: day(20) };
        check(std::slice::from_ref(&done), Ok((State::Resolved, 19)));
        // Stopped on the 17th: 18, 19 and 20 lead from Thursday 19 to Wednesday 25.
        check(&[Step::Stop { on: day(17) }, done.clone()], Ok((State::Resolved, 25)));
        check(&[done.clone(), Step::Withdraw { on: day(20) }], Err(Cannot::Ended));
        check(&[Step::Resolve { on: day(13) }], Err(Cannot::BeforeReceipt));
        check(&[Step::Withdraw { on: day(17) }, Step::Stop { on: day(18) }], Err(Cannot::Ended));
    }

    #[test]
    fn an_apology_keeps_the_due_day() {
        let apology = |to| Step::Extend { to: day(to), on: day(18), reason: Reason::PowerCut, text: String::new() };
        let promised = walk(&[apology(26)]).unwrap();
        assert_eq!((promised.due, promised.promised), (day(19), Some(day(26))));
        assert_eq!(walk(&[apology(19)]), Err(Cannot::NoLater));
        assert_eq!(promised.days_late(day(21)), 2);
    }

    #[test]
    fn the_reason_of_a_new_day_and_that_of_lateness_are_two() {
        let apology = Step::Extend { to: day(26), on: day(18), reason: Reason::PowerCut, text: "8 giờ".into() };
        let why = Step::Explain { reason: Reason::Software, text: String::new() };
        let power = Some((Reason::PowerCut, "8 giờ"));
        assert_eq!(walk(std::slice::from_ref(&apology)).unwrap().why_late(), power);
        for steps in [[why.clone(), apology.clone()], [apology, why]] {
            let both = walk(&steps).unwrap();
            assert_eq!(both.why_late(), Some((Reason::Software, "")));
            assert_eq!(both.promised_for.as_ref().map(|(r, t)| (*r, t.as_str())), power);
        }
    }

    #[test]
    fn only_what_is_or_may_become_late_has_a_reason() {
        let why = Step::Explain { reason: Reason::Software, text: String::new() };
        assert_eq!(walk(std::slice::from_ref(&why)).unwrap().reason, Some(Reason::Software));
        assert!(walk(&[Step::Resolve { on: day(20) }, why.clone()]).is_ok());
        assert_eq!(walk(&[Step::Resolve { on: day(19) }, why.clone()]), Err(Cannot::NotLate));
        assert_eq!(walk(&[Step::Withdraw { on: day(20) }, why]), Err(Cannot::Ended));
    }

    #[test]
    fn the_past_is_judged_by_the_due_day_of_its_time() {
        let late = |d: &Dossier, on: u32| d.was_late_at(day(on));
        let open = dossier();
        assert!(!late(&open, 19) && late(&open, 20));
        let moved = walk(&[Step::Stop { on: day(23) }, Step::Resume { on: day(26) }]).unwrap();
        assert_eq!(moved.due, day(23)); // 25 and 26: two working days behind the 19th
        assert_eq!(
            (late(&moved, 22), late(&moved, 23), late(&moved, 25), late(&moved, 26)),
            (true, false, false, true)
        );
        let done = walk(&[Step::Resolve { on: day(23) }]).unwrap();
        assert!(late(&done, 22) && !late(&done, 23));
        assert!(!Dossier { state: State::Void, ..open }.was_late_at(day(30)));
    }
}
