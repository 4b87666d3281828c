//! A unit (đơn vị): a commune's one-stop-shop office, or a parent of such offices.

use super::period::Scheme;

/// Row id of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub i64);

/// One office. `practice` units (made by `motcua chat` on an empty database) stay
/// out of parents, nags and alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    /// Short code such as `KTD`, unique, as typed by whoever added it.
    pub code: String,
    /// Full name such as `UBND xã Khúc Thừa Dụ`.
    pub name: String,
    pub parent: Option<UnitId>,
    pub scheme: Scheme,
    pub practice: bool,
}
