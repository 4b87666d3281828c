//! Slips of one letter.

/// Whether one letter missing, added, exchanged or swapped with its neighbour makes one
/// folded word of the other; equal words are near too.
///
/// ```
/// use motcua::grammar::near::is_near;
/// assert!(is_near("hotic", "hotich") && is_near("hotihc", "hotich"));
/// assert!(!is_near("hoti", "hotich"));
/// ```
pub fn is_near(a: &str, b: &str) -> bool {
    a.len().abs_diff(b.len()) <= 4 && strsim::osa_distance(a, b) <= 1
}

/// The one candidate that is near; `None` where there is none or more than one.
///
/// Words of fewer than four letters are all near each other and never match
/// (SPEC §14 Lines).
///
/// ```
/// use motcua::grammar::near::nearest;
/// assert_eq!(nearest("tonghp", ["tonghop", "tondau"]), Some("tonghop"));
/// assert_eq!(nearest("cd", ["ct"]), None);
/// ```
pub fn nearest<'w>(typed: &str, wanted: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if typed.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS_MIN {
        return None;
    }
    let mut near = wanted.into_iter().filter(|w| is_near(typed, w));
    let first = near.next()?;
    near.all(|w| w == first).then_some(first)
}

/// Letters below which a word is not tried.
pub const LETTERS_MIN: usize = 4;
