//! Which bot serves whom. A Zalo bot takes 50 people (CHAT-APIS A7), so a unit may have a bot
//! of its own, for itself and all below it; everybody else uses the bot of the settings.

use super::unit::UnitId;

/// A bot at work on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bot {
    /// Its row.
    pub id: i64,
    /// As its platform calls it.
    pub name: String,
    /// Whose own it is; `None`: of the settings, for everybody.
    pub unit: Option<UnitId>,
}

/// The bots of one channel that serve a unit: its own, else those of the nearest unit above
/// that has any, else those of the settings. `line` is the unit and then those above it, the
/// nearest first.
///
/// ```
/// use motcua::domain::bots::{Bot, of_unit};
/// use motcua::domain::unit::UnitId;
///
/// let bot = |id, unit: Option<i64>| Bot { id, name: String::new(), unit: unit.map(UnitId) };
/// let bots = [bot(1, None), bot(2, Some(20))];
/// let serving = |line: &[i64]| {
///     let line: Vec<UnitId> = line.iter().copied().map(UnitId).collect();
///     of_unit(&line, &bots).iter().map(|b| b.id).collect::<Vec<_>>()
/// };
/// assert_eq!(serving(&[21, 20, 9]), [2]);
/// assert_eq!(serving(&[9]), [1]);
/// ```
pub fn of_unit<'a>(line: &[UnitId], bots: &'a [Bot]) -> Vec<&'a Bot> {
    let whose = line.iter().find(|unit| bots.iter().any(|b| b.unit == Some(**unit)));
    bots.iter().filter(|b| b.unit.as_ref() == whose).collect()
}

/// All the people that a Zalo bot takes.
pub const MOST: i64 = 50;
/// People linked to a Zalo bot at which administrators are told.
pub const TOLD_AT: [i64; 2] = [45, MOST];

/// The highest number of [`TOLD_AT`] that `people` has reached.
pub fn crowded(people: i64) -> Option<i64> {
    TOLD_AT.into_iter().rev().find(|at| people >= *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bots as `(id, unit)`; 0: of the settings.
    fn check(line: &[i64], bots: &[(i64, i64)], expected: &[i64]) {
        let unit = |u: i64| (u > 0).then_some(UnitId(u));
        let all: Vec<Bot> = bots.iter().map(|(id, u)| Bot { id: *id, name: String::new(), unit: unit(*u) }).collect();
        let line: Vec<UnitId> = line.iter().copied().map(UnitId).collect();
        let found: Vec<i64> = of_unit(&line, &all).iter().map(|b| b.id).collect();
        assert_eq!(found, expected, "{line:?} of {bots:?}");
    }

    #[test]
    fn the_nearest_bot_serves_and_that_of_the_settings_all_others() {
        check(&[3, 2, 1], &[(10, 0), (11, 1), (12, 3)], &[12]);
        check(&[2, 1], &[(10, 0), (11, 1), (12, 3)], &[11]);
        check(&[4], &[(10, 0), (11, 1), (12, 3)], &[10]);
        check(&[3], &[(12, 3), (13, 3)], &[12, 13]);
        check(&[4], &[(12, 3)], &[]);
        check(&[4], &[], &[]);
    }

    #[test]
    fn a_bot_is_crowded_from_45_people_on() {
        let of = |people| crowded(people);
        assert_eq!([of(44), of(45), of(49), of(50), of(63)], [None, Some(45), Some(45), Some(50), Some(50)]);
    }
}
