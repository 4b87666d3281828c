//! An official (cán bộ): a person with a role in one or more units, and the one table
//! that says who may do what (SPEC §3). Every command asks [`may`].

use chrono::NaiveDate;

use super::field::FieldId;
use super::unit::UnitId;

/// Row id of an official.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficialId(pub i64);

/// What a person is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Cán bộ: posts counts.
    Officer,
    /// Đầu mối: posts too, sees who is missing, invites.
    Lead,
    /// Lãnh đạo: asks for summaries of the unit and all below.
    Leader,
    /// Quản trị: everything but counts.
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Officer, Role::Lead, Role::Leader, Role::Admin];

    /// Name on the command line and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Lead => "lead",
            Role::Leader => "leader",
            Role::Admin => "admin",
        }
    }

    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.key() == key)
    }
}

/// What a command does, for the permission table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Help, own language, own current unit: whoever is registered.
    Any,
    /// Post, correct, undo own counts.
    Post,
    /// Post or correct for a colleague.
    PostForColleague,
    /// Register and finish own dossiers, and those that nobody holds.
    KeepRegister,
    /// The same with a colleague's.
    KeepRegisterForColleague,
    /// Summaries, lists, Excel.
    Ask,
    /// Who is missing, by name.
    SeeMissing,
    /// Opening balances of the own unit.
    SetOpening,
    /// Invite, remove, hand over.
    ManagePeople,
    /// When the leader is told what has gone on for days: whoever is told, not who is told of.
    SetLeaderTime,
    /// Bind a group to a unit.
    BindGroup,
    /// Fields, holidays, settings.
    Administer,
}

/// The permission table of SPEC §3.
///
/// ```
/// use motcua::domain::official::{Action, Role, may};
/// assert!(may(Role::Lead, Action::ManagePeople));
/// assert!(!may(Role::Leader, Action::Post));
/// ```
pub fn may(role: Role, action: Action) -> bool {
    use Role::*;
    match action {
        Action::Any | Action::Ask => true,
        Action::Post | Action::KeepRegister => matches!(role, Officer | Lead),
        Action::PostForColleague | Action::KeepRegisterForColleague => matches!(role, Lead),
        Action::SeeMissing => matches!(role, Lead | Leader | Admin),
        Action::SetOpening | Action::ManagePeople | Action::BindGroup => matches!(role, Lead | Admin),
        Action::SetLeaderTime => matches!(role, Leader | Admin),
        Action::Administer => matches!(role, Admin),
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    pub id: OfficialId,
    /// Full name, unique within a unit.
    pub name: String,
    /// `vi` or `en`; the office's default where `None`.
    pub locale: Option<String>,
    /// The unit that this person's commands are about now (`/donvi`).
    pub current_unit: Option<UnitId>,
    /// Where this person wants notices (`/kenh`); `None`: on the channel used last.
    pub channel: Option<String>,
}

impl Official {
    /// The last word of a Vietnamese name: how colleagues call the person.
    pub fn given_name(&self) -> &str {
        self.name.split_whitespace().last().unwrap_or(&self.name)
    }
}

/// A span of days: `until` is the first day that no longer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Span {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|u| day < u)
    }
}

/// A person's place in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub official: OfficialId,
    pub unit: UnitId,
    pub role: Role,
    pub span: Span,
    /// Fields held, each with its own span; ordered by the catalogue.
    pub fields: Vec<(FieldId, Span)>,
}

/// Calendar days after `since` during which a new official is neither nagged nor missing.
pub const GRACE_DAYS: u64 = 7;

impl Membership {
    /// First day on which a post is expected: `since` + 7 calendar days (SPEC §14 "Grace").
    pub fn expected_from(&self) -> NaiveDate {
        self.span.since + chrono::Days::new(GRACE_DAYS)
    }

    /// Fields this person holds on `day`.
    pub fn fields_on(&self, day: NaiveDate) -> impl Iterator<Item = FieldId> + '_ {
        self.fields.iter().filter(move |(_, s)| s.holds(day)).map(|(f, _)| *f)
    }

    /// Whether a post is expected of this person on a working day.
    pub fn is_expected_on(&self, day: NaiveDate) -> bool {
        self.span.holds(day) && self.expected_from() <= day && self.fields_on(day).next().is_some()
    }
}
