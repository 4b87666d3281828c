//! Sheet `Chỉ tiêu khác`: the two rates of the form and every indicator, each with the
//! whole it is a part of, its rate (DOMAIN §1.6) and its target.

use super::Workbook;
use crate::domain::check::whole_of;
use crate::domain::figure::{Indicator, Whole};
use crate::domain::summary::Rate;
use crate::report::book::{Column, Outcome, Role, Shade, Sheet, Value, address};
use crate::words::Words;

const HEAD: u32 = 3;

/// One line of the sheet.
struct Line {
    name: String,
    value: i64,
    /// Name and number of the whole.
    whole: Option<(String, i64)>,
    target: Option<i64>,
}

/// The sheet.
pub fn sheet(facts: &Workbook, words: &Words) -> Sheet {
    let columns = vec![
        Column::Index,
        Column::Remark,
        Column::Money,
        Column::Name,
        Column::Count,
        Column::Count,
        Column::Count,
        Column::Word,
    ];
    let names = (words.workbook_sheet_indicators(), words.workbook_indicators_heading());
    let mut sheet = super::begin(facts, words, names, columns);
    super::remark(&mut sheet, 2, words.workbook_indicators_rule());
    sheet.heads(
        HEAD,
        [
            words.workbook_index(),
            words.workbook_indicators_name(),
            words.workbook_indicators_value(),
            words.workbook_indicators_whole(),
            words.workbook_indicators_whole_value(),
            words.workbook_indicators_rate(),
            words.workbook_indicators_target(),
            words.workbook_indicators_verdict(),
        ],
    );
    for (i, line) in lines(facts, words).iter().enumerate() {
        put(&mut sheet, HEAD + 1 + i as u32, line, words);
        sheet.put((HEAD + 1 + i as u32, 0), Role::Index, i as i64 + 1);
    }
    sheet.repeated = Some((HEAD, HEAD));
    sheet
}

fn lines(facts: &Workbook, words: &Words) -> Vec<Line> {
    let total = &facts.summary.total;
    let (online, on_time) = (total.online_rate(), total.on_time_rate());
    let mut lines = vec![
        Line {
            name: words.workbook_indicators_online(),
            value: online.part,
            whole: Some((words.workbook_whole_received(), online.whole)),
            target: facts.online_target,
        },
        Line {
            name: words.workbook_indicators_on_time(),
            value: on_time.part,
            whole: Some((words.workbook_whole_resolved(), on_time.whole)),
            target: None,
        },
    ];
    lines.extend(facts.indicators.iter().map(|indicator| Line {
        name: indicator.name.clone(),
        value: facts.summary.indicators.iter().find(|t| t.id == indicator.id).map_or(0, |t| t.value),
        whole: indicator.whole.map(|whole| {
            (whole_name(whole, facts.indicators, words), whole_of(facts.summary, facts.indicators, whole))
        }),
        target: indicator.target,
    }));
    lines
}

fn whole_name(whole: Whole, indicators: &[Indicator], words: &Words) -> String {
    match whole {
        Whole::ReceivedNew => words.workbook_whole_received(),
        Whole::ReceivedOnline => words.workbook_whole_online(),
        Whole::Resolved => words.workbook_whole_resolved(),
        Whole::Indicator(id) => indicators.iter().find(|i| i.id == id).map(|i| i.name.clone()).unwrap_or_default(),
    }
}

fn put(sheet: &mut Sheet, row: u32, line: &Line, words: &Words) {
    sheet.put((row, 1), Role::Label, line.name.as_str());
    sheet.put((row, 2), Role::Figure, line.value);
    let Some((name, whole)) = &line.whole else {
        for column in 3..8 {
            sheet.put((row, column), Role::Figure, Value::Blank);
        }
        return;
    };
    sheet.put((row, 3), Role::Label, name.as_str());
    sheet.put((row, 4), Role::Figure, *whole);
    let (part, of) = (address(row, 2), address(row, 4));
    let rate =
        Value::Formula(format!("IF({of}=0,\"–\",{part}/{of})"), Outcome::Share { part: line.value, whole: *whole });
    sheet.put((row, 5), Role::Figure, rate);
    sheet.put((row, 6), Role::Figure, line.target.map_or(Value::Blank, Value::Percent));
    let met = line.target.and_then(|target| meets(Rate { part: line.value, whole: *whole }, target));
    let (text, shade) = match met {
        Some(true) => (Some(words.workbook_indicators_met()), Shade::Good),
        Some(false) => (Some(words.workbook_indicators_not_met()), Shade::Bad),
        None => (None, Shade::None),
    };
    sheet.put((row, 7), Role::Word, text).shade = shade;
}

/// Whether a rate reaches its target, before rounding; `None` without a whole.
fn meets(rate: Rate, target: i64) -> Option<bool> {
    (rate.whole != 0).then(|| i128::from(rate.part) * 100 >= i128::from(target) * i128::from(rate.whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_exactly_or_not_at_all() {
        // 59,996 % prints as 60,00 % and still misses 60 %.
        assert_eq!(meets(Rate { part: 14_999, whole: 25_000 }, 60), Some(false));
        assert_eq!(meets(Rate { part: 3, whole: 5 }, 60), Some(true));
        assert_eq!(meets(Rate { part: 0, whole: 0 }, 60), None);
    }
}
