use resvg::usvg::{Node, Rect};

use super::*;
use crate::report::card::{Axis, Bar, Bars, Figure, Group, OnTime, Part, Shares};

fn options() -> Options<'static> {
    Options { fontdb: font::database(), font_family: font::FAMILY.to_string(), ..Options::default() }
}

fn part(label: &str, value: &str, alarming: bool) -> Part {
    Part { label: label.into(), value: value.into(), alarming }
}

fn group(label: &str, received: i64, resolved: i64, missing: bool) -> Group {
    Group { label: label.into(), received, resolved, missing }
}

/// A commune's month with everything on it.
fn card() -> Card {
    let figure = |label: &str, value: &str, parts| Figure { label: label.into(), value: value.into(), parts };
    let days = (1..=23).map(|d| group(&format!("{d:02}/11"), 30 + d, 29 + d, d % 4 == 0));
    let fields = ["Chứng thực", "Hộ tịch", "Đất đai", "Bảo trợ xã hội", "Người có công", "Chính sách"];
    let bar = |(i, name): (usize, &&str)| Bar {
        name: name.to_string(),
        value: 700 / (i as i64 + 1),
        shown: (700 / (i + 1)).to_string(),
        rest: false,
    };
    let rest = Bar { name: "Khác (13 lĩnh vực)".into(), value: 90, shown: "90".into(), rest: true };
    Card {
        title: "TỔNG HỢP GIẢI QUYẾT TTHC".into(),
        unit: "UBND xã Khúc Thừa Dụ".into(),
        period: "Tháng 11/2025 (01/11/2025 – 30/11/2025) (đến ngày 29/11/2025)".into(),
        figures: [
            figure("Tiếp nhận", "1.236", [part("Mới", "1.228", false), part("Kỳ trước", "8", false)]),
            figure("Đã giải quyết", "1.221", [part("Quá hạn", "2", true), part("Rút/trả lại", "4", false)]),
            figure("Đang giải quyết", "15", [part("Quá hạn", "3", true), part("Trong hạn", "12", false)]),
        ],
        on_time: OnTime {
            label: "Tỷ lệ trước và đúng hạn".into(),
            rate: "99,84%".into(),
            of: "(1.219/1.221)".into(),
            basis_points: Some(9984),
        },
        by_day: Ok(Bars {
            title: "Theo ngày".into(),
            received: "Mới tiếp nhận".into(),
            resolved: "Đã giải quyết".into(),
            missing: Some("Thiếu số liệu".into()),
            groups: days.collect(),
            axis: Axis { lines: [0, 20, 40, 60].map(|n| (n, n.to_string())).to_vec() },
        }),
        fields: Some(Shares {
            title: "Tiếp nhận theo lĩnh vực".into(),
            bars: fields.iter().enumerate().map(bar).chain([rest]).collect(),
        }),
        complete: "Đủ số liệu: 3/20 ngày làm việc; thiếu: 03/11, 04/11, 06/11, 07/11, 10/11, … và 12 ngày".into(),
        state: Some("Số liệu tạm tính".into()),
        drawn: "Lập ngày 29/11/2025".into(),
    }
}

/// Cards that press hardest on their room.
fn hard_cards() -> Vec<Card> {
    let long = "Trung tâm Phục vụ hành chính công phường Lê Thanh Nghị và đặc khu Bạch Long Vĩ, thành phố Hải Phòng";
    let mut crowded = Card { unit: long.into(), ..card() };
    crowded.complete = format!("Đủ số liệu: 1/37 đơn vị; thiếu: {}", [long; 5].join(" (20 ngày), "));
    for figure in &mut crowded.figures {
        figure.value = "-123.456.789".into();
        figure.parts = [part("Quá hạn", "123.456.789", true), part("Rút/trả lại", "-123.456.789", false)];
    }
    crowded.on_time.of = "(123.456.789/123.456.789)".into();
    for bar in crowded.fields.iter_mut().flat_map(|f| &mut f.bars) {
        bar.name = long.into();
        bar.shown = "123.456.789".into();
    }
    if let Ok(bars) = &mut crowded.by_day {
        bars.groups = (0..31).map(|i| group(&format!("{}/2025", i % 12 + 1), 120_000_000, i, true)).collect();
        bars.axis.lines = [0, 50_000_000, 100_000_000, 150_000_000].map(|n| (n, "150.000.000".into())).to_vec();
    }
    let mut day = Card { state: None, complete: "Đủ số liệu: 1/1 ngày làm việc".into(), ..card() };
    if let Ok(bars) = &mut day.by_day {
        bars.groups = vec![group("12/11", 60, 60, true)];
    }
    let empty = Card { by_day: Err("Chưa có số liệu trong kỳ này.".into()), fields: None, ..card() };
    vec![card(), crowded, day, empty]
}

/// Where the letters of each text stand.
fn texts(card: &Card) -> Vec<(String, Rect)> {
    let tree = Tree::from_str(&drawing(card), &options()).unwrap();
    let said = |node: &Node| match node {
        Node::Text(text) => {
            let said = text.chunks().iter().map(|c| c.text()).collect();
            Some((said, text.flattened().abs_bounding_box()))
        }
        _ => None,
    };
    tree.root().children().iter().filter_map(said).collect()
}

#[test]
fn every_text_stays_inside_the_picture_and_clear_of_the_others() {
    for card in hard_cards() {
        let texts = texts(&card);
        assert!(texts.len() >= 15, "{texts:?}");
        for (i, (said, place)) in texts.iter().enumerate() {
            let inside = place.left() >= LEFT - 6.0 && place.right() <= RIGHT + 6.0;
            assert!(inside && place.top() >= 0.0 && place.bottom() <= HEIGHT as f32, "{said:?} at {place:?}");
            for (other, there) in &texts[i + 1..] {
                let apart = place.right() <= there.left() || there.right() <= place.left();
                let above = place.bottom() <= there.top() || there.bottom() <= place.top();
                assert!(apart || above, "{said:?} at {place:?} meets {other:?} at {there:?}");
            }
        }
    }
}

#[test]
fn no_letter_is_smaller_than_30_points() {
    for card in hard_cards() {
        let svg = drawing(&card);
        let sizes: Vec<f32> = svg
            .split("font-size=\"")
            .skip(1)
            .map(|s| s.split('"').next().and_then(|s| s.parse().ok()).unwrap())
            .collect();
        assert!(sizes.len() >= 15 && sizes.iter().all(|s| *s >= SMALL), "{sizes:?}");
    }
}

#[test]
fn a_card_is_a_png_of_the_right_size_and_the_same_card_the_same_bytes() {
    let bytes = write(&card()).unwrap();
    assert!(bytes == write(&card()).unwrap());
    let picture = Pixmap::decode_png(&bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (1080, 1350));
    assert!(bytes.len() < 1 << 20, "{} bytes", bytes.len());
    let other = Card { drawn: "Lập ngày 30/11/2025".into(), ..card() };
    assert!(bytes != write(&other).unwrap());
}

#[test]
fn whatever_a_name_holds_is_text() {
    for name in [
        "<b>&amp;\"'</svg>]]>",
        "url(#x) {a}",
        "Xã 🏠 Hai\u{0}\u{1f}\u{fffe}",
        "Xa\u{303} Mo\u{302}\u{323}t",
        "\u{202e}xyz",
        "",
    ] {
        let mut card = card();
        card.unit = name.into();
        if let Some(fields) = &mut card.fields {
            fields.bars[0].name = name.into();
        }
        let said: Vec<String> = texts(&card).into_iter().map(|(said, _)| said).collect();
        let wanted = font::plain(name);
        assert_eq!(said.iter().filter(|s| **s == wanted).count(), if wanted.is_empty() { 0 } else { 2 }, "{said:?}");
        write(&card).unwrap();
    }
}

#[test]
fn numbers_stand_above_bars_only_where_there_is_room() {
    let numbers = |card: &Card| texts(card).iter().filter(|(said, _)| said == "60").count();
    // One on the axis, two above the bars.
    assert_eq!(numbers(&hard_cards()[2]), 3);
    assert_eq!(numbers(&card()), 1);
}
