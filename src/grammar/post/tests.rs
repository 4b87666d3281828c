//! The golden messages, as far as reading decides, and the rules that hold for every text.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::*;
use crate::domain::figure::{Indicator, IndicatorId, Measure, Subject};
use crate::domain::replay::{Said, replay};
use crate::grammar::privacy::mask;
use crate::grammar::vocabulary::FieldWords;

mod golden;
mod lines;
mod offices;
mod rules;

/// The catalogue of DOMAIN §5.
const CATALOGUE: [(&str, &str, &[&str]); 19] = [
    ("CQĐP", "Chính quyền địa phương", &["CQDP"]),
    ("TĐKT", "Thi đua khen thưởng", &["TDKT"]),
    ("PBGDPL", "Phổ biến giáo dục pháp luật", &[]),
    ("CS", "Chính sách", &[]),
    ("CT", "Chứng thực", &[]),
    ("HT", "Hộ tịch", &[]),
    ("TNXH", "Phòng, chống tệ nạn xã hội", &[]),
    ("GD", "Giáo dục đào tạo", &["GDMN", "GDTH"]),
    ("BTXH", "Bảo trợ xã hội", &[]),
    ("NCC", "Người có công", &[]),
    ("ĐĐ", "Đất đai", &["DD"]),
    ("VH", "Văn hóa, thể thao, thư viện", &["VHTT"]),
    ("TG", "Tôn giáo", &[]),
    ("NCN", "Nuôi con nuôi", &[]),
    ("KNTC", "Xử lý đơn, tiếp công dân, giải quyết khiếu nại, tố cáo", &["TCD"]),
    ("BTNN", "Bồi thường Nhà nước", &[]),
    ("PCTN", "Phòng, chống tham nhũng", &[]),
    ("DS", "Dân số, trẻ em", &["TE"]),
    ("PCTT", "Phòng, chống thiên tai", &[]),
];

/// The indicators of SPEC §4.
const INDICATORS: [(&str, &str, &[&str]); 11] = [
    ("e_copies", "Chứng thực bản sao điện tử", &["bsdt", "ban sao dien tu"]),
    ("interlinked", "Liên thông", &["lt", "lien thong"]),
    ("digitised", "Số hóa thành phần hồ sơ", &["sh", "so hoa"]),
    ("results_digitised", "Số hóa kết quả giải quyết", &["shkq", "so hoa ket qua"]),
    ("paid_online", "Thanh toán trực tuyến", &["ttol", "thanh toan"]),
    ("payable", "Hồ sơ phải nộp phí, lệ phí", &["phainop"]),
    ("fees_noncash", "Phí, lệ phí không dùng tiền mặt", &["phi", "le phi"]),
    ("results_by_post", "Trả kết quả qua bưu chính", &["trabc", "tra buu chinh"]),
    ("petitions", "Phản ánh, kiến nghị", &["pakn"]),
    ("petitions_answered", "Phản ánh, kiến nghị đã xử lý", &["paknxl"]),
    ("visits", "Lượt công dân đến giao dịch", &["luot"]),
];

fn vocabulary(in_use: &[&str]) -> Vocabulary {
    let field = |(i, (code, name, aliases)): (usize, &(&str, &str, &[&str]))| FieldWords {
        id: FieldId(i as i64 + 1),
        code: code.to_string(),
        name: name.to_string(),
        aliases: aliases.iter().map(|a| a.to_string()).collect(),
        in_use: in_use.contains(code),
    };
    let fields: Vec<FieldWords> = CATALOGUE.iter().enumerate().map(field).collect();
    let indicator = |(i, (key, name, words)): (usize, &(&str, &str, &[&str]))| Indicator {
        id: IndicatorId(i as i64 + 1),
        key: key.to_string(),
        name: name.to_string(),
        words: words.iter().map(|w| w.to_string()).collect(),
        measure: if *key == "fees_noncash" { Measure::Money } else { Measure::Count },
        whole: None,
        target: None,
    };
    let indicators: Vec<Indicator> = INDICATORS.iter().enumerate().map(indicator).collect();
    Vocabulary::new(&fields, &indicators)
}

/// The fields of grammar.tsv.
const IN_USE: [&str; 7] = ["HT", "CT", "BTXH", "DS", "NCN", "KNTC", "ĐĐ"];

fn code(id: FieldId) -> &'static str {
    CATALOGUE[id.0 as usize - 1].0
}

fn subject_key(subject: Subject) -> &'static str {
    match subject {
        Subject::Figure(figure) => figure.key(),
        Subject::Indicator(id) => INDICATORS[id.0 as usize - 1].0,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Reads a message as the app would: numbers of citizens hidden, the command taken off.
fn read(text: &str, today: NaiveDate, private: bool, vocabulary: &Vocabulary) -> Option<Reading> {
    let text = mask(text, vocabulary.money_words());
    let behind = ["/nhap", "/sua"].iter().find_map(|c| text.strip_prefix(c));
    let names = ["Đinh Quốc Lan", "Nguyễn Thanh Hoa", "Đỗ Kim Hoa", "Trần Văn Minh"];
    let context = Context { vocabulary, today, read_on: today, marked: behind.is_some(), private, names: &names };
    read_post(behind.unwrap_or(&text), &context)
}

/// `HT 2026-11-20: received_online=3 +resolved_early=1; con 5`, for short expectations.
fn said(good: &Good) -> String {
    let scope = match good.scope {
        Scope::Field(id) => code(id).to_string(),
        Scope::Unit => "unit".to_string(),
        Scope::Rest => "rest".to_string(),
        Scope::All => "all".to_string(),
    };
    let what = match &good.what {
        What::Zero => " zero".to_string(),
        What::Entries { entries, stated_pending } => {
            use crate::domain::replay::Op;
            let entry = |e: &Entry| match e.op {
                Op::Set(n) => format!(" {}={n}", subject_key(e.subject)),
                Op::Add(n) => format!(" {}+{n}", subject_key(e.subject)),
            };
            let pending = stated_pending.map_or(String::new(), |n| format!(" con={n}"));
            entries.iter().map(entry).collect::<String>() + &pending
        }
    };
    format!("{} {scope}{what}", good.day.format("%d/%m"))
}

fn reason_name(reason: Reason) -> String {
    let name = format!("{reason:?}");
    let name = name.split([' ', '{']).next().unwrap_or_default();
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
