//! When a command of the register needs no slash.
//!
//! `xong`, `rut`, `qua han` are figure words too: `xong 10 dh 2` and `rut 1` are counts
//! that lack their field. So a bare word is a command of the register only if a dossier
//! follows: a whole code, or its last part of four digits or more (no office finishes a
//! thousand dossiers of a field in a day), and nothing that is no dossier or day.

use chrono::NaiveDate;

use super::code::{Called, called_at, looks_like_a_code};
use super::lines::{naming, without_lead};
use super::tidy;
use crate::grammar::fold::fold;
use crate::grammar::table::Command;

/// Fewest digits of a last part that stands for a dossier without a slash.
const TAIL_MIN: usize = 4;
/// How a period begins.
const PERIODS: [&str; 5] = ["thang ", "quy ", "nam ", "tuan", "6thang"];

/// Whether a command without slash is meant, given what stands behind its name. Commands
/// that are none of the register's always are.
pub fn is_meant(command: Command, rest: &str) -> bool {
    let rest = tidy(rest);
    let first = rest.split(['\n', ';']).next().unwrap_or_default();
    match command {
        Command::Resolve | Command::Withdraw | Command::Stop | Command::Resume | Command::LookUp => {
            names_dossiers(first)
        }
        Command::Extend | Command::Reason => begins_with_dossier(first),
        Command::Register => {
            let line = without_lead(first);
            // A last part alone is refused with the register's own hint.
            begins_with_dossier(line) || looks_like_a_code(line.split(' ').next().unwrap_or_default())
        }
        Command::DueSoon => rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()),
        Command::Overdue => !rest.contains(|c: char| c.is_ascii_digit()),
        // `Số liệu hôm nay…` is no register.
        Command::Book => rest.is_empty() || PERIODS.iter().any(|p| fold(first).starts_with(p)),
        _ => true,
    }
}

fn names_dossiers(line: &str) -> bool {
    naming(line, NaiveDate::MAX).is_ok_and(|read| read.called.iter().all(is_clear))
}

fn begins_with_dossier(line: &str) -> bool {
    called_at(without_lead(line), NaiveDate::MAX).is_some_and(|(called, _)| called.is_ok_and(|c| is_clear(&c)))
}

fn is_clear(called: &Called) -> bool {
    match called {
        Called::Whole(_) => true,
        Called::Tail(tail) => tail.len() >= TAIL_MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: Command, rest: &str, meant: bool) {
        assert_eq!(is_meant(command, rest), meant, "{command:?} {rest}");
    }

    #[test]
    fn figures_of_a_post_are_no_dossiers() {
        for rest in ["10 dh 2", "10", "120", "120 dh 20", "1", "", "0583 dh 2", "ol 3"] {
            check(Command::Resolve, rest, false);
            check(Command::Withdraw, rest, false);
        }
        check(Command::Overdue, "3", false);
        check(Command::Overdue, "= 3", false);
        check(Command::Stop, "2", false);
        check(Command::Register, "khai sinh", false);
        check(Command::Register, "583 cái", false);
    }

    #[test]
    fn dossiers_need_no_slash() {
        check(Command::Register, "0583 ht 5n", true);
        check(Command::Register, "261118-0583 ht 5n", true);
        for rest in ["0583", "261118-0583", "0583, 0584", "0583 19/11", "H57.132-260804-0583", "hồ sơ 0583"] {
            check(Command::Resolve, rest, true);
        }
        check(Command::Extend, "0583 26/11 mất điện", true);
        check(Command::Reason, "0583 mất điện", true);
        check(Command::Register, "H57.132-260804-0583 ht 5n", true);
        check(Command::Register, "H57.132-2608-0583 ht 5n", true);
        check(Command::Overdue, "", true);
        check(Command::Overdue, "KTD", true);
        check(Command::DueSoon, "3", true);
        check(Command::DueSoon, "giờ họp", false);
        check(Command::Book, "", true);
        check(Command::Book, "tháng 11/2026", true);
        check(Command::Book, "liệu hôm nay thế nào", false);
    }
}
