//! A summary as JSON and CSV for other programs (SPEC §5, §14): keys, their order and
//! the codes of warnings are exact.

use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::summary::{IndicatorTotal, Row, Summary};
use crate::report::summary_text::warning_text;
use crate::words::Words;
use crate::words::numbers::rate;

#[derive(Serialize)]
struct Json<'a> {
    unit: Named<'a>,
    period: PeriodJson,
    rows: Vec<RowJson>,
    total: RowJson,
    #[serde(serialize_with = "by_key")]
    indicators: &'a [IndicatorTotal],
    complete: CompleteJson<'a>,
    warnings: Vec<WarningJson>,
    previous: PreviousJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete_units: Option<Vec<IncompleteJson<'a>>>,
}

#[derive(Serialize)]
struct Named<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct PeriodJson {
    label: String,
    from: NaiveDate,
    to: NaiveDate,
    scheme: &'static str,
    to_date: Option<NaiveDate>,
}

#[derive(Serialize)]
struct RowJson {
    field: String,
    name: String,
    carried: i64,
    received_online: i64,
    received_direct: i64,
    received_postal: i64,
    received_total: i64,
    resolved_early: i64,
    resolved_on_time: i64,
    resolved_late: i64,
    withdrawn: i64,
    resolved_total: i64,
    pending_total: i64,
    pending_in_time: i64,
    pending_late: i64,
    awaiting_supplement: i64,
    online_rate: String,
    on_time_rate: String,
}

#[derive(Serialize)]
struct CompleteJson<'a> {
    expected_days: usize,
    reported_days: usize,
    missing: Vec<MissingJson<'a>>,
}

#[derive(Serialize)]
struct MissingJson<'a> {
    day: NaiveDate,
    officials: &'a [String],
}

#[derive(Serialize)]
struct WarningJson {
    code: &'static str,
    text: String,
}

#[derive(Serialize)]
struct PreviousJson {
    received: i64,
    resolved: i64,
}

#[derive(Serialize)]
struct IncompleteJson<'a> {
    code: &'a str,
    name: &'a str,
    missing_days: usize,
}

fn by_key<S: Serializer>(indicators: &&[IndicatorTotal], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(indicators.len()))?;
    for i in *indicators {
        map.serialize_entry(&i.key, &i.value)?;
    }
    map.end()
}

impl RowJson {
    fn of(row: &Row, name: &str) -> RowJson {
        RowJson {
            field: row.code.clone(),
            name: name.to_string(),
            carried: row.carried,
            received_online: row.flows.online,
            received_direct: row.flows.direct,
            received_postal: row.flows.postal,
            received_total: row.received_total(),
            resolved_early: row.flows.early,
            resolved_on_time: row.flows.on_time,
            resolved_late: row.flows.late,
            withdrawn: row.flows.withdrawn,
            resolved_total: row.resolved_total(),
            pending_total: row.pending_total(),
            pending_in_time: row.pending_in_time(),
            pending_late: row.pending_late,
            awaiting_supplement: row.awaiting,
            online_rate: rate(row.online_rate()),
            on_time_rate: rate(row.on_time_rate()),
        }
    }
}

/// The rows of fields and, last, the total with an empty field.
fn rows(s: &Summary, words: &Words) -> (Vec<RowJson>, RowJson) {
    let rows = s.rows.iter().map(|r| RowJson::of(r, &r.name)).collect();
    (rows, RowJson::of(&s.total, &words.summary_total()))
}

/// The summary as one line of JSON.
///
/// # Errors
/// None that a summary can cause; serde's signature.
pub fn summary_json(s: &Summary, words: &Words) -> serde_json::Result<String> {
    let (rows, total) = rows(s, words);
    let missing = s.complete.missing.iter().map(|m| MissingJson { day: m.day, officials: &m.officials });
    let warnings = s.warnings.iter().map(|w| WarningJson { code: w.code(), text: warning_text(w, words) });
    let incomplete_units = s.below.as_ref().map(|b| {
        let units = b.incomplete.iter();
        units.map(|u| IncompleteJson { code: &u.code, name: &u.name, missing_days: u.missing_days }).collect()
    });
    serde_json::to_string(&Json {
        unit: Named { code: &s.unit_code, name: &s.unit_name },
        period: PeriodJson {
            label: words.period(&s.period),
            from: s.period.from,
            to: s.period.to,
            scheme: s.period.scheme.key(),
            to_date: s.to_date,
        },
        rows,
        total,
        indicators: &s.indicators,
        complete: CompleteJson {
            expected_days: s.complete.expected_days,
            reported_days: s.complete.reported_days,
            missing: missing.collect(),
        },
        warnings: warnings.collect(),
        previous: PreviousJson { received: s.previous.received, resolved: s.previous.resolved },
        incomplete_units,
    })
}

/// The rows as CSV under a header of their JSON keys, the total last. Text that a
/// spreadsheet would take for a formula gets a `'` in front (SPEC §12).
///
/// # Errors
/// None that a summary can cause; csv's signature.
pub fn summary_csv(s: &Summary, words: &Words) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let (rows, total) = rows(s, words);
    for mut row in rows.into_iter().chain([total]) {
        for text in [&mut row.field, &mut row.name, &mut row.online_rate, &mut row.on_time_rate] {
            *text = harmless(text);
        }
        out.serialize(row)?;
    }
    out.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}

/// Text that no spreadsheet runs as a formula.
///
/// ```
/// use motcua::report::summary_json::harmless;
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("Hộ tịch"), "Hộ tịch");
/// ```
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}
