//! How each role looks: font, size, border, ground, number format.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::report::book::{Cell, Outcome, Role, Shade, Value};

/// Point size of a role's letters and whether they are bold.
pub fn font(role: Role) -> (f64, bool) {
    match role {
        Role::Title | Role::Heading | Role::SignHead => (13.0, true),
        Role::FormNumber | Role::Section | Role::TotalLabel | Role::TotalFigure => (12.0, true),
        Role::Head => (11.0, true),
        Role::Furniture => (11.0, false),
        Role::Numbering => (10.0, false),
        Role::Subtitle | Role::Within | Role::SignHint | Role::Measure | Role::Line => (12.0, false),
        Role::Index | Role::Label | Role::Word | Role::Figure => (12.0, false),
    }
}

/// Whether a role's texts run over several lines.
pub fn wraps(role: Role) -> bool {
    !matches!(role, Role::Section | Role::Measure | Role::Figure | Role::TotalFigure)
}

/// Whether a role's texts keep away from the border, and so have less room.
pub fn indented(role: Role) -> bool {
    matches!(role, Role::Label | Role::TotalLabel | Role::Figure | Role::TotalFigure)
}

fn bordered(role: Role) -> bool {
    matches!(
        role,
        Role::Head
            | Role::Numbering
            | Role::Index
            | Role::Label
            | Role::Word
            | Role::Figure
            | Role::TotalLabel
            | Role::TotalFigure
    )
}

fn align(role: Role) -> FormatAlign {
    match role {
        Role::Title | Role::Subtitle | Role::SignHead | Role::SignHint => FormatAlign::Center,
        Role::Head | Role::Numbering | Role::Index | Role::Word => FormatAlign::Center,
        Role::Measure | Role::Figure | Role::TotalFigure => FormatAlign::Right,
        _ => FormatAlign::Left,
    }
}

/// What a value needs beside its role. Texts that begin like a formula get the quote
/// prefix, so that they stay texts even when somebody edits the cell.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Text,
    QuotedText,
    Number,
    Difference,
    Rate,
    Percent,
    Day,
    Time,
}

impl Kind {
    fn of(value: &Value) -> Kind {
        match value {
            Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => Kind::QuotedText,
            Value::Text(_) | Value::Blank => Kind::Text,
            Value::Number(_) | Value::Formula(_, Outcome::Number(_)) => Kind::Number,
            Value::Formula(_, Outcome::Difference(_)) => Kind::Difference,
            Value::Formula(_, Outcome::Share { .. }) => Kind::Rate,
            Value::Percent(_) => Kind::Percent,
            Value::Day(_) => Kind::Day,
            Value::Time(_) => Kind::Time,
        }
    }

    /// `[$-42A]` is Vietnamese: dots between thousands on any desktop (DEPS §5).
    fn number_format(self) -> Option<&'static str> {
        Some(match self {
            Kind::Text => return None,
            Kind::QuotedText => "@",
            Kind::Number => "[$-42A]#,##0",
            Kind::Difference => "[$-42A]+#,##0;[$-42A]-#,##0;[$-42A]0",
            Kind::Rate => "[$-42A]0.00%",
            Kind::Percent => "0%",
            Kind::Day => "dd/mm/yyyy",
            Kind::Time => "dd/mm/yyyy hh:mm",
        })
    }
}

/// The formats of one workbook, made once each.
pub struct Formats {
    base: Format,
    made: HashMap<(Role, Shade, Kind), Format>,
}

impl Formats {
    pub fn new() -> Formats {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(12).set_font_family(1);
        Formats { base, made: HashMap::new() }
    }

    /// What a cell without a role looks like.
    pub fn base(&self) -> &Format {
        &self.base
    }

    pub fn of(&mut self, cell: &Cell) -> &Format {
        let key = (cell.role, cell.shade, Kind::of(&cell.value));
        let base = &self.base;
        self.made.entry(key).or_insert_with(|| make(base.clone(), key))
    }
}

fn make(base: Format, (role, shade, kind): (Role, Shade, Kind)) -> Format {
    let (size, bold) = font(role);
    let upright = if role == Role::Furniture { FormatAlign::Top } else { FormatAlign::VerticalCenter };
    let mut format = base.set_font_size(size).set_align(align(role)).set_align(upright);
    if bold {
        format = format.set_bold();
    }
    if matches!(role, Role::Measure | Role::SignHint | Role::Numbering) {
        format = format.set_italic();
    }
    if wraps(role) {
        format = format.set_text_wrap();
    }
    if indented(role) {
        format = format.set_indent(1);
    }
    if bordered(role) {
        format = format.set_border(FormatBorder::Thin);
    }
    if let Some(colour) = ground(shade) {
        format = format.set_background_color(colour);
    }
    if let Some(number) = kind.number_format() {
        format = format.set_num_format(number);
    }
    if kind == Kind::QuotedText {
        format = format.set_quote_prefix();
    }
    format
}

/// Grounds pale enough to stay readable on a black-and-white printer.
fn ground(shade: Shade) -> Option<Color> {
    match shade {
        Shade::None => None,
        Shade::Off => Some(Color::RGB(0xE7_E6_E6)),
        Shade::Bad => Some(Color::RGB(0xF8_D7_DA)),
        Shade::Soft => Some(Color::RGB(0xFF_F2_CC)),
        Shade::Good => Some(Color::RGB(0xE2_F0_D9)),
    }
}
