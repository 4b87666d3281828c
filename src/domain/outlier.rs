//! Values far out of an official's own history (W8): a slip of the finger such as 112 for
//! 12, not a busy Monday.
//!
//! The measure is median and MAD (median absolute deviation) of the days before: unlike
//! mean and standard deviation they are not moved by the very slips they have to find.

/// Days of history below which nothing is said (SPEC §4).
pub const ENOUGH_DAYS: usize = 10;
/// How many MADs from the median are still usual. Dossiers arrive one by one, so a day's
/// number scatters like a Poisson number, whose MAD is 2/3 of its standard deviation: five
/// MADs are more than three deviations, once in some thousand days by chance.
pub const MADS: i64 = 5;

/// How far out a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// Median of the history, rounded down.
    pub usual: i64,
    /// Lowest and highest value that would have passed, not below 0.
    pub low: i64,
    pub high: i64,
}

/// Judges `value` against the same figure of the same official on earlier days: far out
/// when it is more than 5 × max(MAD, 1) from the median. The 1 keeps steady fields quiet:
/// where each day says 2, a 7 passes and an 8 does not.
///
/// ```
/// use motcua::domain::outlier::is_far_out;
/// let history = [12, 9, 11, 14, 10, 12, 13, 8, 12, 11];
/// assert_eq!(is_far_out(&history, 112).map(|o| o.usual), Some(11));
/// assert_eq!(is_far_out(&history, 16), None);
/// assert_eq!(is_far_out(&history[1..], 112), None); // nine days say nothing yet
/// ```
pub fn is_far_out(history: &[i64], value: i64) -> Option<Outlier> {
    if history.len() < ENOUGH_DAYS {
        return None;
    }
    // Twice the median and four times the MAD are whole numbers.
    let median2 = twice_median(history.iter().map(|v| i128::from(*v)))?;
    let mad4 = twice_median(history.iter().map(|v| (2 * i128::from(*v) - median2).abs()))?;
    let reach4 = i128::from(MADS) * mad4.max(4);
    if 2 * (2 * i128::from(value) - median2).abs() <= reach4 {
        return None;
    }
    let whole = |v: i128| i64::try_from(v).unwrap_or(i64::MAX);
    Some(Outlier {
        usual: whole(median2.div_euclid(2)),
        low: whole((2 * median2 - reach4 + 3).div_euclid(4).max(0)),
        high: whole((2 * median2 + reach4).div_euclid(4)),
    })
}

fn twice_median(values: impl Iterator<Item = i128>) -> Option<i128> {
    let mut sorted: Vec<i128> = values.collect();
    sorted.sort_unstable();
    let middle = sorted.len().checked_sub(1)? / 2;
    let upper = sorted.len() / 2;
    Some(sorted[middle] + sorted[upper])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(history: &[i64], value: i64, expected: Option<(i64, i64, i64)>) {
        let found = is_far_out(history, value).map(|o| (o.usual, o.low, o.high));
        assert_eq!(found, expected, "{value} against {history:?}");
    }

    #[test]
    fn a_steady_field_allows_a_few_more() {
        check(&[2; 10], 7, None);
        check(&[2; 10], 8, Some((2, 0, 7)));
        check(&[0; 10], 5, None);
        check(&[0; 10], 6, Some((0, 0, 5)));
    }

    #[test]
    fn the_reach_grows_with_the_scatter() {
        // Median 50, deviations 0…45 in steps of 10 twice: MAD 25, reach 125.
        let history = [5, 15, 25, 35, 45, 55, 65, 75, 85, 95];
        check(&history, 175, None);
        check(&history, 176, Some((50, 0, 175)));
    }

    #[test]
    fn a_value_may_be_far_too_low() {
        let history = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109];
        // Median 104,5, MAD 2,5, reach 12,5: 92 to 117 pass.
        check(&history, 92, None);
        check(&history, 91, Some((104, 92, 117)));
        check(&history, 118, Some((104, 92, 117)));
    }

    #[test]
    fn one_earlier_slip_does_not_hide_the_next() {
        check(&[12, 9, 11, 112, 10, 12, 13, 8, 12, 11], 110, Some((11, 7, 16)));
    }

    #[test]
    fn extreme_numbers_do_not_overflow() {
        assert!(is_far_out(&[i64::MAX; 10], i64::MIN).is_some());
        assert!(is_far_out(&[i64::MIN; 10], i64::MAX).is_some());
    }
}
