//! `/hoan 2h đang họp`: for how long, and why. Times of the day: `15:45`, `15h45`.

use super::fold::fold;
use crate::domain::nag::Minute;
use crate::domain::nag::absence::PutOff;

/// What was typed behind `/hoan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnoozeRead<'a> {
    pub put_off: PutOff,
    /// As typed, without the reason.
    pub typed: &'a str,
    pub reason: &'a str,
}

/// Reads how long nags are put off, and the reason; `None` if no time stands there.
///
/// ```
/// use motcua::domain::nag::absence::PutOff;
/// use motcua::grammar::snooze::read_snooze;
/// let read = |text| read_snooze(text).map(|s| (s.put_off, s.reason));
/// assert_eq!(read("2h đang họp"), Some((PutOff::Minutes(120), "đang họp")));
/// assert_eq!(read("30 phút"), Some((PutOff::Minutes(30), "")));
/// assert_eq!(read("chiều đi cơ sở"), Some((PutOff::Afternoon, "đi cơ sở")));
/// assert_eq!(read("sáng mai"), Some((PutOff::Tomorrow, "")));
/// assert_eq!(read("lát nữa"), None);
/// ```
pub fn read_snooze(text: &str) -> Option<SnoozeRead<'_>> {
    let text = text.trim();
    let found = |put_off: PutOff, taken: usize| {
        let (typed, reason) = text.split_at(taken);
        let reason = reason.trim_start_matches([' ', ':', ',', '.', '-', '–', '\n']).trim();
        Some(SnoozeRead { put_off, typed: typed.trim(), reason })
    };
    let words: Vec<(usize, &str)> = word_ends(text).collect();
    for count in (1..=words.len().min(2)).rev() {
        let end = words.get(count - 1)?.0;
        let typed: String = words.iter().take(count).map(|(_, w)| fold(w)).collect();
        let put_off = match typed.trim_end_matches([':', ',', '.']) {
            "chieu" | "chieunay" => Some(PutOff::Afternoon),
            "mai" | "ngaymai" | "sangmai" => Some(PutOff::Tomorrow),
            typed => minutes(typed).map(PutOff::Minutes),
        };
        if let Some(put_off) = put_off {
            return found(put_off, end);
        }
    }
    None
}

/// Where each word ends, and the word.
fn word_ends(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |w| (w.as_ptr() as usize - text.as_ptr() as usize + w.len(), w))
}

/// `2h`, `1h30`, `2gio`, `30p`, `30phut`.
fn minutes(typed: &str) -> Option<u32> {
    let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = typed.split_at(digits);
    let number: u32 = number.parse().ok().filter(|n| (1..=1_000).contains(n))?;
    match unit {
        "p" | "ph" | "phut" | "'" => Some(number),
        "h" | "g" | "gio" | "tieng" => number.checked_mul(60),
        _ => {
            let rest = unit.strip_prefix(['h', 'g'])?.trim_end_matches(['p', '\'']);
            let more: u32 = rest.parse().ok().filter(|m| *m < 60)?;
            Some(number.checked_mul(60)? + more)
        }
    }
}

/// A time of the day: `15:45`, `15h45`, `15h`, `7.30`; `None` if it is none.
///
/// ```
/// use motcua::grammar::snooze::read_time;
/// assert_eq!(read_time("15:45"), Some(945));
/// assert_eq!(read_time("15h"), Some(900));
/// assert_eq!(read_time("25:00"), None);
/// ```
pub fn read_time(text: &str) -> Option<Minute> {
    let folded = fold(text);
    let (hour, minute) = folded.trim().split_once([':', 'h', 'g', '.'])?;
    let hour: Minute = hour.trim().parse().ok().filter(|h| *h < 24)?;
    let minute: Minute = if minute.is_empty() { 0 } else { minute.trim().parse().ok().filter(|m| *m < 60)? };
    Some(hour * 60 + minute)
}
