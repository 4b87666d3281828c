//! Who may read whose name: leads, leaders and admins all, officers their own, groups none
//! (SPEC §3).

use std::collections::BTreeMap;

use crate::words::Words;
use crate::words::numbers;

/// Which names of people a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names<'a> {
    All,
    /// An officer sees their own (full) name and how many others.
    Own(&'a str),
    /// In groups numbers only.
    None,
}

impl Names<'_> {
    /// `Lan, Minh`, or `Lan và 2 người khác`, or `3 người`. `called` says how a full name is
    /// shortened.
    pub fn list(self, people: &[String], called: &BTreeMap<String, String>, words: &Words) -> String {
        let short = |name: &str| called.get(name).cloned().unwrap_or_else(|| name.to_string());
        let count = |n: usize| words.summary_people(numbers::count(n));
        match self {
            Names::All => people.iter().map(|p| short(p)).collect::<Vec<_>>().join(", "),
            Names::Own(own) if people.iter().any(|p| p == own) => match people.len() {
                1 => short(own),
                n => words.summary_one_and_people(short(own), numbers::count(n - 1)),
            },
            _ => count(people.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    fn check(names: Names, people: &[&str], expected: &str) {
        let people: Vec<String> = people.iter().map(|p| p.to_string()).collect();
        let called = BTreeMap::from([("Trần Lan".to_string(), "Lan".to_string())]);
        assert_eq!(names.list(&people, &called, Locale::Vi.words()), expected);
    }

    #[test]
    fn each_reader_sees_the_names_that_are_theirs_to_see() {
        let people = ["Trần Lan", "Đỗ Minh", "Lê Minh"];
        check(Names::All, &people, "Lan, Đỗ Minh, Lê Minh");
        check(Names::Own("Trần Lan"), &people, "Lan và 2 người khác");
        check(Names::Own("Trần Lan"), &["Trần Lan"], "Lan");
        check(Names::Own("Vũ Hà"), &people, "3 người");
        check(Names::None, &people, "3 người");
    }
}
