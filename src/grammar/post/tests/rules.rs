//! Rules that hold for every text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::domain::replay::Op;

/// Texts made of the words that entries are made of, in any order.
fn entry_like() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ht",
        "ct",
        "Hộ tịch",
        "ho tic",
        "đất đai",
        "xyz",
        "pctn",
        "ol",
        "trực tiếp",
        "th",
        "dh",
        "bs",
        "tt",
        "nhan",
        "xong",
        "con",
        "phi",
        "so hoa",
        "trabc",
        "khong",
        "khac khong",
        "homqua",
        "19/11",
        "21/11",
        "31/11",
        "t5",
        "1",
        "12",
        "1.236",
        "236",
        "000",
        "1o",
        "12,5",
        "-3",
        "+4",
        "++3",
        "99999999999",
        ",",
        ";",
        "\n",
        ":",
        "=",
        "@Lan",
        "cho",
        "Lan",
        "nhe",
        "Hà",
        "truwcj tuyeens",
        "quahan",
        "20.11",
        "*",
        "1 236",
        "•",
    ]);
    let gap = prop::sample::select(vec![" ", " ", " ", ""]);
    prop::collection::vec((word, gap), 0..14).prop_map(|v| v.into_iter().map(|(w, g)| format!("{w}{g}")).collect())
}

fn reading(text: &str, marked: bool) -> Option<Reading> {
    read_between(text, marked, (day("2026-11-20"), day("2026-11-20")))
}

/// Reads a message of one day; the answer is read on another.
fn read_between(text: &str, marked: bool, (today, read_on): (NaiveDate, NaiveDate)) -> Option<Reading> {
    thread_local!(static VOCABULARY: Vocabulary = vocabulary(&IN_USE));
    VOCABULARY.with(|vocabulary| {
        let context = Context { vocabulary, today, read_on, marked, private: true, names: &["Đinh Quốc Lan"] };
        read_post(text, &context)
    })
}

fn goods(reading: &Option<Reading>) -> Vec<String> {
    let lines = reading.iter().flat_map(|r| &r.lines);
    lines.filter_map(|l| if let Judged::Good(g) = l { Some(said(g)) } else { None }).collect()
}

/// Numbers that can be read off the digits of a text: any run of digits, groups joined.
fn typed(text: &str, value: i64) -> bool {
    let digits: String = text.nfkc().filter(|c| c.is_ascii_digit()).collect();
    digits.contains(&value.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd_to_be_read(text in "\\PC{0,60}|(?s).{0,60}", marked: bool) {
        reading(&text, marked);
        crate::grammar::privacy::mask(&text, &["phi".to_string()]);
        crate::grammar::day::read_day(&text, day("2026-11-20"));
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,60}|(?s).{0,60}") {
        let once = crate::grammar::fold::fold(&text);
        prop_assert_eq!(crate::grammar::fold::fold(&once), once);
    }

    #[test]
    fn composed_and_decomposed_letters_read_the_same(text in entry_like(), marked: bool) {
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        prop_assert_eq!(goods(&reading(&nfc, marked)), goods(&reading(&nfd, marked)));
    }

    #[test]
    fn no_number_is_invented(text in entry_like(), marked: bool) {
        for line in reading(&text, marked).into_iter().flat_map(|r| r.lines) {
            let Judged::Good(good) = line else { continue };
            let What::Entries { entries, .. } = &good.what else { continue };
            let control = ["nhan", "xong"].iter().any(|c| good.source.contains(c));
            for entry in entries {
                let (Op::Set(n) | Op::Add(n)) = entry.op;
                prop_assert!(control || typed(&good.source, n), "{n} from {:?}", good.source);
            }
        }
    }

    #[test]
    fn a_corrected_line_says_the_same_pressed_at_once_and_typed_days_later(
        text in entry_like(), marked: bool, later in 0_u64..500
    ) {
        let today = day("2026-11-20");
        let read_on = today + chrono::Days::new(later);
        for line in read_between(&text, marked, (today, read_on)).into_iter().flat_map(|r| r.lines) {
            let Judged::Bad(bad) = line else { continue };
            for fix in bad.fixes {
                let behind = fix.strip_prefix("/nhap");
                let on = |day| goods(&read_between(behind.unwrap_or(&fix), behind.is_some(), (day, day)));
                prop_assert_eq!(on(today), on(read_on), "{:?} of {:?}", fix, text);
            }
        }
    }

    #[test]
    fn every_corrected_line_reads_completely(text in entry_like(), marked: bool) {
        for line in reading(&text, marked).into_iter().flat_map(|r| r.lines) {
            let fixes = match line {
                Judged::Good(_) => continue,
                Judged::Bad(bad) => bad.fixes,
                Judged::Ask(ask) => { prop_assert_eq!(ask.readings.len(), 2); ask.readings }
            };
            for fix in fixes {
                let behind = fix.strip_prefix("/nhap");
                let again = reading(behind.unwrap_or(&fix), behind.is_some());
                let complete = again.as_ref().is_some_and(|r| matches!(r.lines[..], [Judged::Good(_)]));
                prop_assert!(complete, "{fix:?} of {text:?}: {again:#?}");
            }
        }
    }
}
