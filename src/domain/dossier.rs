//! A dossier (hồ sơ) of the register: its states, its due day, and how late it is.
//!
//! All comparisons are by day, not time (DOMAIN §1.4, §3.2): a dossier is overdue from the
//! day *after* its due day; on the due day itself it is "đến hạn hôm nay".

mod steps;

use chrono::NaiveDate;

pub use steps::{Cannot, Step};

use super::field::FieldId;
use super::official::OfficialId;
use super::unit::UnitId;

/// Row id of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DossierId(pub i64);

/// Where a dossier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being worked on; its clock runs.
    Open,
    /// Waiting for papers; its clock stands still, and it cannot become late.
    Stopped,
    Resolved,
    /// Withdrawn by the citizen, or returned.
    Withdrawn,
    /// Its registration was taken back; kept for its story only.
    Void,
}

impl State {
    pub const ALL: [State; 5] = [State::Open, State::Stopped, State::Resolved, State::Withdrawn, State::Void];

    /// Name in the database.
    pub fn key(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Stopped => "stopped",
            State::Resolved => "resolved",
            State::Withdrawn => "withdrawn",
            State::Void => "void",
        }
    }

    pub fn from_key(key: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// Why a dossier became late (SPEC §7 `/lydo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Mất điện.
    PowerCut,
    /// Lỗi phần mềm.
    Software,
    /// Chờ liên thông.
    OtherAgency,
    /// Thiếu người.
    Understaffed,
    /// Công dân.
    Citizen,
    /// Khác, with a text of its own.
    Other,
}

impl Reason {
    pub const ALL: [Reason; 6] =
        [Reason::PowerCut, Reason::Software, Reason::OtherAgency, Reason::Understaffed, Reason::Citizen, Reason::Other];

    /// Name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Reason::PowerCut => "power_cut",
            Reason::Software => "software",
            Reason::OtherAgency => "other_agency",
            Reason::Understaffed => "understaffed",
            Reason::Citizen => "citizen",
            Reason::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|r| r.key() == key)
    }
}

/// One dossier as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    pub id: DossierId,
    pub unit: UnitId,
    /// Whole, upper case: `H12.34.56-251121-0001`.
    pub code: String,
    pub field: FieldId,
    pub holder: Option<OfficialId>,
    pub received: NaiveDate,
    /// The day that counts; only a stop moves it.
    pub due: NaiveDate,
    /// The new day of an apology; the due day still counts.
    pub promised: Option<NaiveDate>,
    /// The reason of that new day, and its text; not the reason of lateness.
    pub promised_for: Option<(Reason, String)>,
    pub state: State,
    /// Day it was resolved or withdrawn.
    pub ended: Option<NaiveDate>,
    /// Of lateness (`/lydo`).
    pub reason: Option<Reason>,
    pub reason_text: String,
    /// Each time that papers were asked for, oldest first.
    pub stops: Vec<Stop>,
}

/// A span in which the clock stood still (bổ sung … tiếp tục).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub from: NaiveDate,
    /// The day on which the clock ran on; `None`: it stands still.
    pub to: Option<NaiveDate>,
    /// What the due day was until then, so that the past stays as it was.
    pub due_before: NaiveDate,
}

impl Dossier {
    /// Whether it was pending and overdue at the end of a day, by the due day of that time.
    /// A dossier due on `end` itself is not overdue at its end.
    pub fn was_late_at(&self, end: NaiveDate) -> bool {
        let gone = self.state == State::Void || self.received > end || self.ended.is_some_and(|e| e <= end);
        let stopped = self.stop_after(end).is_some_and(|s| s.from <= end);
        !gone && !stopped && self.due_as_of(end) < end
    }

    /// The due day as it was on a day: later stops had not moved it yet.
    pub fn due_as_of(&self, day: NaiveDate) -> NaiveDate {
        self.stop_after(day).map_or(self.due, |s| s.due_before)
    }

    /// The first stop that had not ended by a day.
    fn stop_after(&self, day: NaiveDate) -> Option<&Stop> {
        self.stops.iter().find(|s| s.to.is_none_or(|to| to > day))
    }

    /// Days past the due day, as of `today`; 0 while it is not overdue, is stopped or ended
    /// in time. Of an ended one the days by which it was late.
    ///
    /// ```
    /// # use motcua::domain::dossier::*;
    /// # use motcua::domain::{field::FieldId, unit::UnitId};
    /// # let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    /// # let mut dossier = Dossier { id: DossierId(1), unit: UnitId(1), code: String::new(), field: FieldId(1),
    /// #     holder: None, received: day(16), due: day(19), promised: None, promised_for: None, state: State::Open, ended: None,
    /// #     reason: None, reason_text: String::new(), stops: vec![] };
    /// assert_eq!(dossier.days_late(day(19)), 0); // due today
    /// assert_eq!(dossier.days_late(day(21)), 2);
    /// dossier.state = State::Stopped;
    /// assert_eq!(dossier.days_late(day(21)), 0);
    /// ```
    pub fn days_late(&self, today: NaiveDate) -> i64 {
        let until = match self.state {
            State::Open => today,
            State::Resolved => self.ended.unwrap_or(today),
            State::Stopped | State::Withdrawn | State::Void => return 0,
        };
        (until - self.due).num_days().max(0)
    }

    /// Why it is late, as far as anybody has said: the reason of lateness, else that of the
    /// apology.
    pub fn why_late(&self) -> Option<(Reason, &str)> {
        let apology = self.promised_for.as_ref().map(|(reason, text)| (*reason, text.as_str()));
        self.reason.map(|reason| (reason, self.reason_text.as_str())).or(apology)
    }

    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == State::Open && self.days_late(today) > 0
    }
}

/// How a dossier was resolved (DOMAIN §1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timeliness {
    Early,
    OnTime,
    Late,
}

impl Timeliness {
    /// Of a dossier due on `due` that ended on `ended`.
    pub fn of(due: NaiveDate, ended: NaiveDate) -> Timeliness {
        match ended.cmp(&due) {
            std::cmp::Ordering::Less => Timeliness::Early,
            std::cmp::Ordering::Equal => Timeliness::OnTime,
            std::cmp::Ordering::Greater => Timeliness::Late,
        }
    }
}
