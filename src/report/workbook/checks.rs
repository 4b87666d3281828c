//! Sheet `Kiểm tra`: the equations row by row as live formulas over the form, every other
//! check with its numbers and the way to mend it, the units with days missing, and who did
//! what ([`super::log`]).

use super::check_words::{place, remedy, title};
use super::{Workbook, form_06a, log};
use crate::domain::check::{Check, Outcome as Verdict, Place, Rule};
use crate::domain::form::Equation;
use crate::domain::summary::IncompleteUnit;
use crate::report::book::{Column, Outcome, Role, Shade, Sheet, Value, address, address_in};
use crate::words::Words;
use crate::words::numbers::number;

/// Columns of the sheet, shared by its tables.
const COLUMNS: [Column; 10] = [
    Column::Index,
    Column::Name,
    Column::Time,
    Column::Word,
    Column::Day,
    Column::Word,
    Column::Word,
    Column::Count,
    Column::Count,
    Column::Remark,
];

/// The sheet; `form` is the name of the sheet that holds the form by field.
pub fn sheet(facts: &Workbook, words: &Words, form: &str) -> Sheet {
    let names = (words.workbook_sheet_checks(), words.workbook_checks_heading());
    let mut sheet = super::begin(facts, words, names, COLUMNS.to_vec());
    super::remark(&mut sheet, 2, verdict(facts.checks, words));
    let mut row = equations(&mut sheet, 4, facts, (form, words));
    row = others(&mut sheet, row + 1, facts.checks, words);
    if let Some(below) = facts.summary.below.as_ref().filter(|b| !b.incomplete.is_empty()) {
        row = units(&mut sheet, row + 1, &below.incomplete, words);
    }
    log::tables(&mut sheet, row + 1, facts.log, words);
    sheet
}

fn verdict(checks: &[Check], words: &Words) -> String {
    let count = |outcome| number(checks.iter().filter(|c| c.outcome == outcome).count() as i64);
    if checks.iter().all(|c| c.outcome == Verdict::Passed) {
        return words.workbook_checks_all_passed();
    }
    words.workbook_checks_some(count(Verdict::Failed), count(Verdict::Note))
}

/// E1–E5, a row a field; returns the first free row.
fn equations(sheet: &mut Sheet, top: u32, facts: &Workbook, (form, words): (&str, &Words)) -> u32 {
    sheet.put((top, 0), Role::Section, words.workbook_checks_equations());
    let laws = Equation::ALL.iter().map(|e| format!("{}\n{}", e.name(), e.law()));
    let mut heads = vec![words.workbook_index(), words.workbook_field()];
    heads.extend(laws);
    heads.push(words.workbook_checks_carried());
    heads.push(words.workbook_checks_left());
    heads.push(format!("E5\n{}", words.workbook_checks_chain()));
    sheet.heads(top + 1, heads);
    let rows = facts.summary.rows.len();
    for i in 0..=rows {
        let (at, total) = (top + 2 + i as u32, i == rows);
        let place = if total { Place::Total } else { Place::Row(i, facts.summary.rows[i].name.clone()) };
        let (label, name) = if total {
            sheet.put((at, 0), Role::TotalLabel, Value::Blank);
            (Role::TotalLabel, words.workbook_total())
        } else {
            sheet.put((at, 0), Role::Index, i as i64 + 1);
            (Role::Label, facts.summary.rows[i].name.clone())
        };
        sheet.put((at, 1), label, name);
        let on_form = if total { form_06a::total_row(rows) } else { form_06a::FIRST_ROW + i as u32 };
        laws_of(sheet, at, (facts.checks, &place), (form, on_form));
        chain_of(sheet, at, (facts.checks, &place), (form, on_form));
    }
    top + 3 + rows as u32
}

/// E1–E4 of one row as differences that the spreadsheet works out again.
fn laws_of(sheet: &mut Sheet, at: u32, (checks, place): (&[Check], &Place), (form, row): (&str, u32)) {
    for (column, equation) in (2..).zip(Equation::ALL) {
        let found = checks.iter().find(|c| c.rule == Rule::Equation(equation) && c.place == *place);
        let difference = found.map_or(0, Check::difference);
        let (left, right) = equation.terms();
        let cell = |number: usize| address_in(form, row, number as u16 - 1);
        let right: Vec<String> = right.iter().map(|n| cell(*n)).collect();
        let formula = format!("{}-({})", cell(left), right.join("+"));
        let value = Value::Formula(formula, Outcome::Difference(difference));
        sheet.put((at, column), Role::Figure, value).shade = shade_of(found);
    }
}

/// E5 of one row: carried, what was left, the difference. Empty where nothing is known.
fn chain_of(sheet: &mut Sheet, at: u32, (checks, place): (&[Check], &Place), (form, row): (&str, u32)) {
    let found = checks.iter().find(|c| c.rule == Rule::CarryChain && c.place == *place);
    let [carried, left, difference] = match found {
        None => [Value::Blank, Value::Blank, Value::Blank],
        Some(check) => [
            Value::Formula(address_in(form, row, 5), Outcome::Number(check.found)),
            Value::Number(check.expected),
            Value::Formula(format!("{}-{}", address(at, 6), address(at, 7)), Outcome::Difference(check.difference())),
        ],
    };
    sheet.put((at, 6), Role::Figure, carried);
    sheet.put((at, 7), Role::Figure, left);
    sheet.put((at, 8), Role::Figure, difference).shade = shade_of(found);
}

/// Every other check: those that hold for all rows in one line, the rest one by one.
fn others(sheet: &mut Sheet, top: u32, checks: &[Check], words: &Words) -> u32 {
    sheet.put((top, 0), Role::Section, words.workbook_checks_others());
    let head = top + 1;
    sheet.heads(
        head,
        [
            words.workbook_index(),
            words.workbook_checks_content(),
            words.workbook_checks_place(),
            words.workbook_checks_result(),
            words.workbook_checks_found(),
            words.workbook_checks_expected(),
            words.workbook_checks_difference(),
        ],
    );
    sheet.put_over((head, 7), (1, 3), Role::Head, words.workbook_checks_remedy());
    let mut row = head + 1;
    for line in lines(checks, words) {
        sheet.put((row, 0), Role::Index, i64::from(row - head));
        sheet.put((row, 1), Role::Label, line.title);
        sheet.put((row, 2), Role::Label, line.place);
        sheet.put((row, 3), Role::Word, verdict_word(line.outcome, words)).shade = shade(line.outcome);
        let numbers = line.numbers.map_or([None; 3], |(found, expected)| {
            [Some(found), Some(expected), (line.outcome != Verdict::Passed).then_some(found - expected)]
        });
        for (column, value) in (4..).zip(numbers) {
            sheet.put((row, column), Role::Figure, value);
        }
        sheet.put_over((row, 7), (1, 3), Role::Label, line.remedy);
        row += 1;
    }
    row
}

/// One line of the second table.
struct Line {
    title: String,
    place: String,
    outcome: Verdict,
    numbers: Option<(i64, i64)>,
    remedy: Option<String>,
}

fn lines(checks: &[Check], words: &Words) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut told: Vec<Group> = Vec::new();
    for check in checks {
        match Group::of(&check.rule) {
            // What passed stands in the first table already.
            None if matches!(check.rule, Rule::Equation(_) | Rule::CarryChain) => {
                lines.extend((check.outcome != Verdict::Passed).then(|| one(check, words)));
            }
            Some(group) if told.contains(&group) => {}
            Some(group) => {
                told.push(group);
                lines.extend(of_group(group, checks, words));
            }
            None => lines.push(one(check, words)),
        }
    }
    lines
}

/// Checks that run over all rows or columns are told as one while they hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    TotalRow,
    TotalOfUnits,
    Balance,
    Late,
    Awaiting,
}

impl Group {
    fn of(rule: &Rule) -> Option<Group> {
        match rule {
            Rule::TotalRow { .. } => Some(Group::TotalRow),
            Rule::TotalOfUnits { .. } => Some(Group::TotalOfUnits),
            Rule::Balance => Some(Group::Balance),
            Rule::LateOverPending => Some(Group::Late),
            Rule::AwaitingOverPending => Some(Group::Awaiting),
            _ => None,
        }
    }

    fn title(self, words: &Words) -> String {
        match self {
            Group::TotalRow => words.check_total_row(),
            Group::TotalOfUnits => words.check_total_units(),
            Group::Balance => words.check_balance(),
            Group::Late => words.check_late_over_pending(),
            Group::Awaiting => words.check_awaiting_over_pending(),
        }
    }
}

fn of_group(group: Group, checks: &[Check], words: &Words) -> Vec<Line> {
    let broken = checks.iter().filter(|c| Group::of(&c.rule) == Some(group) && c.outcome != Verdict::Passed);
    let broken: Vec<Line> = broken.map(|c| one(c, words)).collect();
    if !broken.is_empty() {
        return broken;
    }
    let place = words.workbook_checks_each_row();
    vec![Line { title: group.title(words), place, outcome: Verdict::Passed, numbers: None, remedy: None }]
}

fn one(check: &Check, words: &Words) -> Line {
    let told = !matches!(check.rule, Rule::Since { .. } | Rule::NobodyInCharge);
    Line {
        title: title(&check.rule, words),
        place: place(&check.place, words),
        outcome: check.outcome,
        numbers: told.then_some((check.found, check.expected)),
        remedy: (check.outcome != Verdict::Passed).then(|| remedy(check, words)),
    }
}

fn units(sheet: &mut Sheet, top: u32, incomplete: &[IncompleteUnit], words: &Words) -> u32 {
    sheet.put((top, 0), Role::Section, words.workbook_checks_units());
    sheet.heads(
        top + 1,
        [
            words.workbook_index(),
            words.workbook_checks_unit(),
            words.workbook_checks_unit_code(),
            words.workbook_checks_missing_days(),
        ],
    );
    for (i, (row, unit)) in (top + 2..).zip(incomplete).enumerate() {
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Label, unit.name.as_str());
        sheet.put((row, 2), Role::Word, unit.code.as_str());
        sheet.put((row, 3), Role::Figure, unit.missing_days as i64);
    }
    top + 2 + incomplete.len() as u32
}

fn verdict_word(outcome: Verdict, words: &Words) -> String {
    match outcome {
        Verdict::Passed => words.workbook_checks_passed(),
        Verdict::Note => words.workbook_checks_note(),
        Verdict::Failed => words.workbook_checks_failed(),
    }
}

fn shade(outcome: Verdict) -> Shade {
    match outcome {
        Verdict::Passed => Shade::Good,
        Verdict::Note => Shade::Soft,
        Verdict::Failed => Shade::Bad,
    }
}

fn shade_of(check: Option<&Check>) -> Shade {
    match check.map(|c| c.outcome) {
        Some(Verdict::Failed) => Shade::Bad,
        _ => Shade::None,
    }
}
