//! The eleven figures of a row of Biểu số II.06a/VPCP/KSTT, by the column numbers (3)–(13)
//! that are printed on it, and the equations that bind them (DOMAIN §1.2, §1.3).
//!
//! ```
//! use motcua::domain::{count::Flows, form::{Columns, Equation}, summary::Row};
//! let flows = Flows { online: 9, direct: 3, early: 8, withdrawn: 1, ..Flows::default() };
//! let columns = Columns::of(&Row { carried: 2, flows, ..Row::default() });
//! assert_eq!((columns.get(3), columns.get(9), columns.get(11)), (14, 1, 5));
//! assert!(Equation::ALL.iter().all(|e| e.difference(&columns) == 0));
//! ```

use super::summary::Row;

/// Number of the first column that holds a figure.
pub const FIRST: usize = 3;
/// Number of the last one.
pub const LAST: usize = 13;

/// The figures of one row, numbers of dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns([i64; LAST - FIRST + 1]);

impl Columns {
    /// What the form prints of a row: (5) is direct and postal, (9) includes withdrawn,
    /// (12) includes awaiting supplement (DOMAIN §1.4).
    pub fn of(row: &Row) -> Columns {
        let flows = &row.flows;
        Columns([
            row.received_total(),
            flows.online,
            flows.direct + flows.postal,
            row.carried,
            row.resolved_total(),
            flows.early,
            flows.on_time + flows.withdrawn,
            flows.late,
            row.pending_total(),
            row.pending_in_time(),
            row.pending_late,
        ])
    }

    /// The figure of column `number`; 0 for a number outside (3)–(13).
    pub fn get(&self, number: usize) -> i64 {
        number.checked_sub(FIRST).and_then(|i| self.0.get(i)).copied().unwrap_or(0)
    }
}

/// A row as read from somewhere else, such as a printed report: figures in the order (3)–(13).
impl From<[i64; LAST - FIRST + 1]> for Columns {
    fn from(figures: [i64; LAST - FIRST + 1]) -> Columns {
        Columns(figures)
    }
}

/// An equation that holds within each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equation {
    /// (3) = (4) + (5) + (6)
    E1,
    /// (7) = (8) + (9) + (10)
    E2,
    /// (11) = (12) + (13)
    E3,
    /// (3) = (7) + (11)
    E4,
}

impl Equation {
    pub const ALL: [Equation; 4] = [Equation::E1, Equation::E2, Equation::E3, Equation::E4];

    /// Column on the left, columns on the right.
    pub fn terms(self) -> (usize, &'static [usize]) {
        match self {
            Equation::E1 => (3, &[4, 5, 6]),
            Equation::E2 => (7, &[8, 9, 10]),
            Equation::E3 => (11, &[12, 13]),
            Equation::E4 => (3, &[7, 11]),
        }
    }

    /// Both sides as they come out in this row.
    pub fn sides(self, row: &Columns) -> (i64, i64) {
        let (left, right) = self.terms();
        (row.get(left), right.iter().map(|c| row.get(*c)).sum())
    }

    /// Left less right: 0 where the equation holds.
    pub fn difference(self, row: &Columns) -> i64 {
        let (left, right) = self.sides(row);
        left - right
    }

    /// As printed: `E1`.
    pub fn name(self) -> &'static str {
        match self {
            Equation::E1 => "E1",
            Equation::E2 => "E2",
            Equation::E3 => "E3",
            Equation::E4 => "E4",
        }
    }

    /// As printed: `(3) = (4) + (5) + (6)`.
    pub fn law(self) -> String {
        let (left, right) = self.terms();
        let right: Vec<String> = right.iter().map(|c| format!("({c})")).collect();
        format!("({left}) = {}", right.join(" + "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::Flows;

    #[test]
    fn withdrawn_stands_in_nine_and_postal_in_five() {
        let flows = Flows { online: 1, direct: 2, postal: 4, early: 8, on_time: 16, late: 32, withdrawn: 64 };
        let row = Row { carried: 128, flows, pending_late: 3, awaiting: 5, ..Row::default() };
        let columns = Columns::of(&row);
        let found: Vec<i64> = (FIRST..=LAST).map(|n| columns.get(n)).collect();
        assert_eq!(found, [135, 1, 6, 128, 120, 8, 80, 32, 15, 12, 3]);
    }

    #[test]
    fn a_table_off_by_one_shows_by_how_much() {
        // A real table of 2026 had (3) = 10.361 beside (4) = 10.362 (DOMAIN §1.3).
        let row = Columns::from([10_361, 10_362, 0, 0, 10_361, 10_361, 0, 0, 0, 0, 0]);
        assert_eq!(Equation::E1.difference(&row), -1);
        assert_eq!(Equation::E2.difference(&row), 0);
        assert_eq!(Equation::E1.law(), "(3) = (4) + (5) + (6)");
    }
}
