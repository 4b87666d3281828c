//! A bot whose platform counts its messages by the month (Zalo: CHAT-APIS A7), and what is
//! left out first when they run short (SPEC §10): second reminders, then merged digests,
//! never an answer.

/// How much a message matters, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Somebody has asked or posted.
    Answer,
    /// Unasked, and told once: a first reminder, an alarm, a leave entered for somebody.
    Notice,
    /// Merges what can also be asked for: morning digests, lists of who is missing.
    Digest,
    /// Says again what was said an hour ago.
    SecondReminder,
}

/// Percent of the month's messages at which administrators are warned.
pub const WARN_AT: [i64; 2] = [80, 95];
/// From this percent on second reminders are left out.
const NO_SECOND_REMINDERS: i64 = 95;
/// From this percent on digests are left out too.
const NO_DIGESTS: i64 = 98;

/// Whether a message may leave when `sent` of `monthly` have. `monthly` 0: there is no limit.
///
/// ```
/// use motcua::domain::budget::{Worth, may_send};
///
/// assert!(may_send(Worth::SecondReminder, 2849, 3000));
/// assert!(!may_send(Worth::SecondReminder, 2850, 3000));
/// assert!(may_send(Worth::Answer, 9999, 3000));
/// ```
pub fn may_send(worth: Worth, sent: i64, monthly: u32) -> bool {
    let percent = percent(sent, monthly);
    match worth {
        Worth::Answer | Worth::Notice => true,
        Worth::Digest => percent < NO_DIGESTS,
        Worth::SecondReminder => percent < NO_SECOND_REMINDERS,
    }
}

/// The most important of what is left out now, with which all that matters less goes too.
///
/// ```
/// use motcua::domain::budget::{Worth, left_out};
///
/// assert_eq!(left_out(2849, 3000), None);
/// assert_eq!(left_out(2850, 3000), Some(Worth::SecondReminder));
/// assert_eq!(left_out(2940, 3000), Some(Worth::Digest));
/// ```
pub fn left_out(sent: i64, monthly: u32) -> Option<Worth> {
    [Worth::Digest, Worth::SecondReminder].into_iter().find(|worth| !may_send(*worth, sent, monthly))
}

/// How much of the month has been used, rounded down.
pub fn percent(sent: i64, monthly: u32) -> i64 {
    if monthly == 0 { 0 } else { sent.saturating_mul(100) / i64::from(monthly) }
}

/// The highest warning that is due and has not been given; `warned` is the last one given.
pub fn warning(sent: i64, monthly: u32, warned: i64) -> Option<i64> {
    let used = percent(sent, monthly);
    WARN_AT.into_iter().rev().find(|at| used >= *at).filter(|at| *at > warned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(worth: Worth, expected_until: i64) {
        let last = (0..=4000).take_while(|sent| may_send(worth, *sent, 3000)).last().unwrap();
        assert_eq!(last, expected_until, "{worth:?}");
    }

    #[test]
    fn second_reminders_go_first_then_digests_and_never_an_answer() {
        check(Worth::SecondReminder, 2849);
        check(Worth::Digest, 2939);
        check(Worth::Notice, 4000);
        check(Worth::Answer, 4000);
        assert!(may_send(Worth::SecondReminder, i64::MAX, 0));
    }

    #[test]
    fn each_warning_is_given_once_and_only_the_highest() {
        assert_eq!(warning(2399, 3000, 0), None);
        assert_eq!(warning(2400, 3000, 0), Some(80));
        assert_eq!(warning(2401, 3000, 80), None);
        assert_eq!(warning(2850, 3000, 80), Some(95));
        assert_eq!(warning(2999, 3000, 0), Some(95));
        assert_eq!(warning(3100, 3000, 95), None);
    }
}
