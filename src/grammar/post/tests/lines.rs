//! Fine points that the golden messages do not show.

use super::*;

/// Reads on Friday 20/11/2026 in a private chat; a line of the message is a line here:
/// what was said, `! word reason | fix | fix`, or `? word | reading | reading`.
fn seen(text: &str) -> String {
    let vocabulary = vocabulary(&IN_USE);
    let Some(reading) = read(text, day("2026-11-20"), true, &vocabulary) else { return "none".into() };
    let line = |judged: &Judged| match judged {
        Judged::Good(good) => said(good),
        Judged::Bad(b) => {
            [vec![format!("! {} {}", b.word, reason_name(b.reason))], b.fixes.clone()].concat().join(" | ")
        }
        Judged::Ask(a) => [vec![format!("? {}", a.word)], a.readings.clone()].concat().join(" | "),
    };
    reading.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check(text: &str, expected: &str) {
    assert_eq!(seen(text), expected, "{text}");
}

#[test]
fn a_refusal_comes_with_corrected_lines() {
    check("ht ol 1o", "! 1o not_whole_number | ht ol 10");
    check("Hộ tịch: trực tuyến 12,5; th 3", "! 12,5 not_whole_number\n20/11 HT resolved_early=3");
    check("homqua ht ol -3 tr 2", "! -3 negative");
    check("ht tt 3", "! tt ambiguous_word | ht ol 3 | ht tr 3");
    check("ht nhan 12", "! nhan control_alone | ht ol 12 | ht tr 12");
    check("ht xong 12 ol 2", "! xong control_alone | ht th 12 ol 2 | ht dh 12 ol 2");
    check("ht 9", "! 9 missing_word | ht ol 9 | ht tr 9");
    check("ht 0", "! 0 missing_word | ht khong");
    check("ht ol 3 xyz 2", "! xyz unknown_word");
    check("ct xyz 3", "! xyz unknown_word");
    check("ct onlin 3", "! onlin unknown_word | ct ol 3");
    check("ht ol 3 cảm ơn chị", "! cảm ơn chị unknown_word | ht ol 3");
    check("ht ol 3 ol 4 tr 1", "! ol twice | ht ol 3 tr 1 | ht ol 4 tr 1");
    check("ht khong ol 3", "! khong zero_with_figures | ht ol 3 | ht khong");
    check("ht ol không tr 3", "! không zero_with_figures | ht ol 0 tr 3 | ht khong");
    check("ht ol++3", "! ++3 not_whole_number | ht ol+3");
    check("ht ol 100.001", "! 100.001 too_large");
    check("ht phi 1.000.000.000.001", "! 1.000.000.000.001 too_large");
    check("ht ol 3 tr", "! tr missing_number | ht ol 3 | ht tr 3");
    check("/nhap cd ol 3", "! cd unknown_field | ct ol 3 | dd ol 3 | kntc ol 3");
    check("/nhap ol 3", "! ol missing_field");
    check("/nhap chào cả nhà", "! chào cả nhà unknown_field");
}

#[test]
fn a_corrected_line_neither_changes_nor_cuts_a_number() {
    for (text, word, reason) in [
        ("ht ol 12,5", "12,5", "not_whole_number"),
        ("ht phi 1,25 trieu", "1,25", "not_whole_number"),
        ("ht ol -1", "-1", "negative"),
        ("ht ol 10-3", "10-3", "not_whole_number"),
        ("ht ol 17 + 3", "+ 3", "missing_word"),
        ("ht ol 6 thanh 7", "thanh", "unknown_word"),
        ("ht ol 6 -> 7", "->", "unknown_word"),
        ("ht abc 7", "abc", "unknown_word"),
        ("ht ol 1 xyz 236", "xyz", "unknown_word"),
        ("ht 9 8", "9", "missing_word"),
    ] {
        check(text, &format!("! {word} {reason}"));
    }
    check("ct 1 236 ol", "! 1 missing_word | ct ol 1236");
    check("ct 1 250 000 phi 2 ol", "! 1 missing_word | ct phi 1250000 ol 2");
    check("ht ol 1l", "! 1l not_whole_number | ht ol 11");
    check("ht truochna 3", "! truochna unknown_word | ht th 3");
}

#[test]
fn a_word_before_the_field_keeps_its_line_from_being_stored() {
    check("/nhap nhe ht ol 52", "! nhe unknown_word | ht ol 52");
    check("/nhap xyz ht ol 50; ct ol 2", "! xyz unknown_word | ht ol 50\n20/11 CT received_online=2");
    check("/nhap cho Hà btxh ol 5", "! cho Hà unknown_word");
    check("/nhap Hà btxh ol 5", "! Hà unknown_word");
    check("/nhap cho Lan btxh ol 5", "! cho Lan unknown_word | /nhap @Lan btxh ol 5");
    check(
        "/nhap homqua cho chị quốc lan btxh ol 5",
        "! cho chị quốc lan unknown_word | /nhap @quốc lan 19/11 btxh ol 5",
    );
    check("/nhap lan btxh ol 5", "! lan unknown_word | /nhap @lan btxh ol 5");
    check("/nhap cho Hoa btxh ol 5", "! cho Hoa unknown_word");
    check("/nhap cho Dũng btxh ol 5", "! cho Dũng unknown_word");
    check("/nhap cho Lan ht\nol 3", "! cho Lan unknown_word\n! ol missing_field");
    check(
        "/nhap cho Lan\nht ol 3\nct khong",
        "! cho Lan unknown_field\n! cho Lan unknown_word | /nhap @Lan ht ol 3\n! cho Lan unknown_word | /nhap @Lan ct khong",
    );
    check("/nhap nhe ht\nol 3", "! nhe unknown_word\n! ol missing_field");
    check("/nhap cho Hà ol 5 ct ol 2", "! cho Hà unknown_field\n! cho Hà unknown_word");
    check("ht ol 3\ncho Lan btxh ol 5", "20/11 HT received_online=3\n! cho Lan unknown_word | /nhap @Lan btxh ol 5");
    check("btxh ol 5 cho Lan", "! cho Lan unknown_word | /nhap @Lan btxh ol 5");
    check("btxh ol 5 cho Tèo", "! cho Tèo unknown_word");
    check("/nhap @Lan nhe ht ol 5", "! nhe unknown_word | /nhap @Lan ht ol 5");
}

#[test]
fn a_corrected_line_stays_with_whoever_is_named() {
    for (text, expected) in [
        ("/nhap @Lan dd ol 3; @Minh ht ol 9", "20/11 ĐĐ received_online=3\n! @Minh unknown_word | /nhap @Minh ht ol 9"),
        ("/nhap @Lan dd ol 3\n@Minh ht ol 9", "20/11 ĐĐ received_online=3\n! @Minh unknown_word | /nhap @Minh ht ol 9"),
        ("/nhap dd ol 3 @Lan", "! @Lan unknown_word | /nhap @Lan dd ol 3"),
        ("/nhap ht @Lan ol 3", "! @Lan unknown_word | /nhap @Lan ht ol 3"),
        ("ht ol 3@Lan", "! @Lan unknown_word | /nhap @Lan ht ol 3"),
        ("homqua ht ol 3 @Quốc Lan", "! @Quốc Lan unknown_word | /nhap @Quốc Lan 19/11 ht ol 3"),
        ("ht ol 1o cho Lan", "! 1o not_whole_number | /nhap @Lan ht ol 10"),
        ("ht ol 1o @Lan", "! 1o not_whole_number | /nhap @Lan ht ol 10"),
        ("ht ol 1o @Tèo", "! 1o not_whole_number"),
        ("ht ol 1o cho Hà", "! 1o not_whole_number"),
        ("ht tt 3 @Minh", "! tt ambiguous_word | /nhap @Minh ht ol 3 | /nhap @Minh ht tr 3"),
        ("/nhap khac khong @Lan", "! @Lan unknown_word | /nhap @Lan khac khong"),
        ("ht ol 3 @Dũng", "! @Dũng unknown_word"),
        ("ht ol 3 @Hoa", "! @Hoa unknown_word"),
        ("/nhap @Lan dd ol 3 @Minh", "! @Minh unknown_word"),
        ("/nhap @Lan @Minh dd ol 3", "! @Minh unknown_word"),
        ("/nhap @Lan dd ol 3; ht ol 9 @Minh", "20/11 ĐĐ received_online=3\n! @Minh unknown_word | /nhap @Minh ht ol 9"),
        ("dd ol 3 @Lan ht ol 4", "! @Lan unknown_word\n! @Lan unknown_word"),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_stands_below_a_name_is_not_taken_for_the_senders() {
    check(
        "/nhap @Lan dd ol 3\n@Minh\nht ol 9\nct khong",
        "20/11 ĐĐ received_online=3\n! @Minh unknown_word\n! @Minh unknown_word | /nhap @Minh ht ol 9\n\
         ! @Minh unknown_word | /nhap @Minh ct khong",
    );
    check(
        "ht ol 3; @Lan ct ol 4; dd ol 5",
        "20/11 HT received_online=3\n! @Lan unknown_word | /nhap @Lan ct ol 4\n! @Lan unknown_word | /nhap @Lan dd ol 5",
    );
    check(
        "ht ol 3\n@Lan ct ol 4\n@Minh dd ol 5",
        "20/11 HT received_online=3\n! @Lan unknown_word | /nhap @Lan ct ol 4\n! @Minh unknown_word | /nhap @Minh dd ol 5",
    );
    check("/nhap @Lan dd ol 3; @Minh ol 9", "20/11 ĐĐ received_online=3\n! @Minh unknown_word");
}

#[test]
fn figure_words_are_known_without_spaces_and_by_their_keys() {
    check(
        "ht tructuyen 7 truochan 5 quahan 1 tralai 2",
        "20/11 HT received_online=7 resolved_early=5 resolved_late=1 withdrawn=2",
    );
    check("hooj tichj truwcj tuyeens 7 truwowcs hanj 5", "20/11 HT received_online=7 resolved_early=5");
    check("ht trâli 1", "20/11 HT withdrawn=1");
    check("chuwngs thuwcj khoong phats sinh", "20/11 CT zero");
    check("ht conf 5", "20/11 HT con=5");
}

#[test]
fn both_controls_alone_come_with_both_lines() {
    check("ct nhan 20 xong 18", "! nhan 20 xong 18 controls_alone | ct ol 20 th 18 | ct tr 20 th 18");
    check("ct nhận 20 xong 18 còn 5", "! nhận 20 xong 18 controls_alone | ct ol 20 th 18 con 5 | ct tr 20 th 18 con 5");
}

#[test]
fn the_same_figure_of_a_line_has_one_number() {
    check("ht ol 3 ht ol 4", "20/11 HT received_online=3\n! ol twice | ht ol 4");
    check("ht ol 3 ht ol 3", "20/11 HT received_online=3\n20/11 HT received_online=3");
    check("ht ol 3\nht ol 4", "20/11 HT received_online=3\n20/11 HT received_online=4");
    check("ht ol 3; 19/11 ht ol 4", "20/11 HT received_online=3\n19/11 HT received_online=4");
}

#[test]
fn two_readings_are_asked_about() {
    check("ht 9 ol 3", "? ol | ht ol 9 | ht ol 3");
    check("19/11 ht 12 ol 3 tr 4", "? ol | 19/11 ht ol 12 tr 3 | 19/11 ht ol 3 tr 4");
    check("ht ol 3\nphi 50.000", "20/11 HT received_online=3\n? phi | ht phi 50000 | phi 50000");
}

#[test]
fn numbers_in_groups_stand_behind_a_word() {
    check("ht phi 50 000 phainop 1", "20/11 HT fees_noncash=50000 payable=1");
    check("ht phi 1 250 000 3 ol", "20/11 HT fees_noncash=1250000 received_online=3");
    check("ht phi 50 000 3 ol", "20/11 HT fees_noncash=50000 received_online=3");
    check("ht ol 9 300 tr", "20/11 HT received_online=9 received_direct=300");
    check("ht ol 3, 120 tr", "20/11 HT received_online=3 received_direct=120");
    check("ht ol+1 236", "20/11 HT received_online+1236");
    check("ht ol 3 hồ sơ, phí 45.000đ", "20/11 HT received_online=3 fees_noncash=45000");
    check("ht ol 1 2", "! 2 missing_word");
}

#[test]
fn controls_give_the_remainder_or_the_difference() {
    check("ht nhan 12 tr 9", "20/11 HT received_online=3 received_direct=9");
    check("ht nhan 12 ol 9 tr 2", "! nhan control_mismatch | ht ol 9 tr 2 | ht bc 1 ol 9 tr 2 | ht ol 9 tr 3");
    check("ht nhan 8 ol 9", "! nhan control_mismatch | ht ol 9 | ht ol 8");
    check("ht xong 10 th 8", "! xong control_mismatch | ht th 8 | ht dh 2 th 8 | ht qh 2 th 8");
    check("ht xong 10 th 8 dh 2 rut 1", "20/11 HT resolved_early=8 resolved_on_time=2 withdrawn=1");
    check("ht nhan 12 ol+9", "! nhan control_unclear | ht ol+9");
    check("ht con 5", "20/11 HT con=5");
    check("ht nhan 5 ol 5", "20/11 HT received_direct=0 received_online=5");
}

#[test]
fn a_day_heads_the_message_or_stands_on_its_line() {
    check(
        "19/11 ht ol 3; ct ol 2; 18/11 dd ol 1",
        "19/11 HT received_online=3\n19/11 CT received_online=2\n18/11 ĐĐ received_online=1",
    );
    check("ht hôm qua ol 3", "19/11 HT received_online=3");
    check("ht ol 3 t5", "19/11 HT received_online=3");
    check("hôm qua không", "19/11 all zero");
    check("21/11\nht ol 3\nct khong", "! 21/11 future_day | 20/11 ht ol 3\n! 21/11 future_day | 20/11 ct khong");
    check("ht ol 3\n19/11\nct tr 2", "20/11 HT received_online=3\n! 19/11 day_alone | 19/11 ct tr 2");
    check("/nhap homqua", "! homqua day_alone");
    check("20.11 ct ol 3", "20/11 CT received_online=3");
    check("19.11\nct ol 3", "19/11 CT received_online=3");
    check("ngày 19 tháng 11 ht ol 3", "19/11 HT received_online=3");
    check("ngày 19 tháng 11 năm 2026: ht ol 3", "19/11 HT received_online=3");
    check("ht ol 3\n12.5 ct ol 1", "20/11 HT received_online=3\n12/05 CT received_online=1");
    check("/nhap 31/11", "! 31/11 bad_date");
    check("21/11 ht ol 1o", "! 21/11 future_day");
    check("ht ol 3\n19/11", "20/11 HT received_online=3\n! 19/11 day_alone");
    check("ct tr 1\n18/11 ht 19/11 ol 3", "20/11 CT received_direct=1\n! 19/11 two_days");
}

#[test]
fn a_corrected_line_names_the_day_where_it_is_read_on_another() {
    let vocabulary = vocabulary(&IN_USE);
    let fixes = |text: &str, read_on: &str| {
        let context = Context {
            vocabulary: &vocabulary,
            today: day("2026-11-16"),
            read_on: day(read_on),
            marked: false,
            private: true,
            names: &[],
        };
        let reading = read_post(text, &context).expect("an entry");
        let [Judged::Bad(bad)] = &reading.lines[..] else { panic!("{reading:?}") };
        bad.fixes.clone()
    };
    assert_eq!(fixes("ct ol 1o", "2026-11-16"), ["ct ol 10"]);
    assert_eq!(fixes("ct ol 1o", "2026-11-17"), ["16/11 ct ol 10"]);
    assert_eq!(fixes("homqua ct ol 1o", "2026-11-17"), ["15/11 ct ol 10"]);
    assert_eq!(fixes("ct ol 1o", "2027-10-30"), ["16/11/2026 ct ol 10"]);
    assert_eq!(fixes("17/11 ct ol 3", "2026-11-17"), ["16/11 ct ol 3"]);
}

#[test]
fn a_field_alone_opens_a_block() {
    check("ht\nol 3\nphi 5.000\nct\nkhông", "20/11 HT received_online=3\n20/11 HT fees_noncash=5000\n20/11 CT zero");
    check("ht ol 3\ntr 2", "20/11 HT received_online=3\n20/11 HT received_direct=2");
    check("ct ol 1\n19/11 ht\nol 3", "20/11 CT received_online=1\n19/11 HT received_online=3");
    check("ht\nct ol 1", "! ht field_alone\n20/11 CT received_online=1");
    check("pctn\nol 3", "! pctn field_not_enabled");
    check("ht ol 3 ct ol 2", "20/11 HT received_online=3\n20/11 CT received_online=2");
    check("Hộ tịch (HT): ol 3", "20/11 HT received_online=3");
    check("ht khong khac khong", "20/11 HT zero\n20/11 rest zero");
}

#[test]
fn fields_are_known_by_slips_keys_and_missing_spaces() {
    check("ho tic ol 3", "20/11 HT received_online=3");
    check("ho tic ol", "none");
    check("/nhap hộ tihc ol 3", "20/11 HT received_online=3");
    check("chungthuc ol 3", "20/11 CT received_online=3");
    check("đ ol 3", "20/11 ĐĐ received_online=3");
    check("ht ol 3; đ ol 2", "20/11 HT received_online=3\n20/11 ĐĐ received_online=2");
    check("ht ol 3 đ ol 2", "20/11 HT received_online=3\n20/11 ĐĐ received_online=2");
    check("1. ht ol 3\n2) ct ol 4", "20/11 HT received_online=3\n20/11 CT received_online=4");
    check("* HT: ol 9\n+ ct ol 4", "20/11 HT received_online=9\n20/11 CT received_online=4");
    check("• ht ol 3\n• ct ol 4", "20/11 HT received_online=3\n20/11 CT received_online=4");
    check(
        "ht Tiếp nhận 12 (trực tuyến 9, trực tiếp 3) · Rút/trả lại 1",
        "20/11 HT received_online=9 received_direct=3 withdrawn=1",
    );
}

#[test]
fn small_talk_is_left_alone() {
    for text in [
        "chào cả nhà",
        "hôm nay mệt quá",
        "hôm nay",
        "thứ 6 họp lúc 3 giờ nhé",
        "cảm ơn",
        "ok",
        "con ốm xin nghỉ",
        "con 2 tuổi ốm, xin nghỉ",
        "không ạ",
        "ko",
        "không có",
        "khongco",
        "khoong cos",
        "koo",
        "cho Lan btxh ol 5",
        "tt",
        "số hóa xong chưa",
        "chính sách mới ban hành rồi các anh chị ạ",
        "tê quá",
        "=1+1",
        "/tonghop ht",
        "5",
        "",
        "👍",
    ] {
        check(text, "none");
    }
}

#[test]
fn words_without_a_number_are_passed_over_in_the_template() {
    check("ht ol 3 tr th 2 dh", "20/11 HT received_online=3 resolved_early=2");
    check("homqua\nht ol 3 tr th dh\nct ol tr th dh", "19/11 HT received_online=3");
    check("ht ol tr th dh", "! ol missing_number");
    check("ht ol 3 tr th 2 dh\nct tr 1", "! tr missing_number | ht ol 3 th 2\n20/11 CT received_direct=1");
    let vocabulary = vocabulary(&IN_USE);
    let reading = read("ht ol 3 tr th 2 dh", day("2026-11-20"), true, &vocabulary).expect("an entry");
    assert!(reading.from_template);
}

#[test]
fn a_lead_names_the_colleague() {
    let vocabulary = vocabulary(&IN_USE);
    let who = |text: &str| {
        let reading = read(text, day("2026-11-20"), true, &vocabulary).expect("an entry");
        assert!(matches!(reading.lines[..], [Judged::Good(_)]), "{text}");
        reading.colleague.map(|c| (c.typed, c.matches))
    };
    assert_eq!(who("/nhap @Lan ht ol 3"), Some(("Lan".into(), vec![0])));
    assert_eq!(who("/nhap homqua @quoc lan ht ol 3"), Some(("quoc lan".into(), vec![0])));
    assert_eq!(who("/nhap @Hoa homqua ht ol 3"), Some(("Hoa".into(), vec![1, 2])));
    assert_eq!(who("/nhap @Đỗ Kim Hoa ht ol 3"), Some(("Đỗ Kim Hoa".into(), vec![2])));
    assert_eq!(who("/nhap @Văn Tèo ht ol 3"), Some(("Văn Tèo".into(), vec![])));
    check("/nhap @Lan ht ol 1o", "! 1o not_whole_number | /nhap @Lan ht ol 10");
}

#[test]
fn a_group_needs_the_command_and_gets_it_in_corrected_lines() {
    let vocabulary = vocabulary(&IN_USE);
    let today = day("2026-11-20");
    assert_eq!(read("ht ol 3", today, false, &vocabulary), None);
    let reading = read("/nhap ht ol 1o", today, false, &vocabulary).expect("an entry");
    let [Judged::Bad(bad)] = &reading.lines[..] else { panic!("{reading:?}") };
    assert_eq!(bad.fixes, ["/nhap ht ol 10"]);
}

#[test]
fn a_citizens_number_spoils_its_own_line_only() {
    check("ht ol 3 sdt 0912 345 678; ct ol 2", "! •••• ••• ••• personal_number\n20/11 CT received_online=2");
}

#[test]
fn a_message_of_too_many_lines_is_refused_at_once() {
    let vocabulary = vocabulary(&IN_USE);
    let today = day("2026-11-20");
    for (part, most) in [("ht ol 1 ", 200), ("ht ol 1\n", 200), ("ht ol 1;", 200), ("xyz 1\n", 199)] {
        let of = |n: usize| {
            let reading = read(&format!("/nhap ht ol 1; {}", part.repeat(n - 1)), today, true, &vocabulary);
            reading.expect("counts").lines
        };
        assert_eq!(of(most).len(), most, "{part}");
        let started = std::time::Instant::now();
        let lines = of(12_500);
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "{part}: {:?}", started.elapsed());
        let refused = |l: &Judged| matches!(l, Judged::Bad(b) if b.reason == Reason::TooManyLines { max: 200 });
        assert!(lines.len() == 1 && refused(&lines[0]), "{part}");
    }
}
