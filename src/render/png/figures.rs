//! The three big numbers with their parts, and the on-time rate below them.

use super::font::{Style, bold, cut, regular, width};
use super::svg::{Anchor, Area, Svg};
use super::{LEFT, RIGHT, SMALL, colour};
use crate::report::card::{Card, Figure, OnTime, Part};

/// Between two columns.
const GUTTER: f32 = 44.0;
const COLUMN: f32 = (RIGHT - LEFT - 2.0 * GUTTER) / 3.0;
const LABEL: Style = bold(31.0);
const BIG: f32 = 78.0;
const RATE: Style = bold(44.0);

/// Draws both below `top`; returns where they end.
pub fn draw(svg: &mut Svg, card: &Card, top: f32) -> f32 {
    let top = top + 22.0;
    let big = card.figures.iter().map(|f| fitted(&f.value)).fold(BIG, f32::min);
    for (i, figure) in card.figures.iter().enumerate() {
        let x = LEFT + i as f32 * (COLUMN + GUTTER);
        if i > 0 {
            let between = x - GUTTER / 2.0;
            svg.line((between, top + 4.0), (between, top + 194.0), (colour::LINE, 2.0));
        }
        column(svg, figure, (x, top), bold(big));
    }
    on_time(svg, &card.on_time, top + 206.0)
}

fn column(svg: &mut Svg, figure: &Figure, (x, top): (f32, f32), big: Style) {
    svg.text((x, top + 30.0), (LABEL, colour::SOFT), Anchor::Start, &cut(&figure.label, LABEL, COLUMN));
    svg.text((x - 3.0, top + 105.0), (big, colour::HEAD), Anchor::Start, &figure.value);
    for (part, y) in figure.parts.iter().zip([top + 150.0, top + 190.0]) {
        row(svg, part, (x, y));
    }
}

/// A number is never cut: those of a whole nation are drawn smaller.
fn fitted(value: &str) -> f32 {
    let whole = width(value, bold(BIG));
    if whole <= COLUMN { BIG } else { (BIG * COLUMN / whole).floor().max(SMALL) }
}

/// Label left, number right; what alarms is bold behind a sign.
fn row(svg: &mut Svg, part: &Part, (x, y): (f32, f32)) {
    let (style, fill) = if part.alarming { (bold(SMALL), colour::ALARM) } else { (regular(SMALL), colour::INK) };
    let sign = if part.alarming { 36.0 } else { 0.0 };
    if part.alarming {
        svg.warning((x, y), 26.0);
    }
    let room = COLUMN - sign - width(&part.value, bold(SMALL)) - 10.0;
    svg.text((x + sign, y), (style, fill), Anchor::Start, &cut(&part.label, style, room));
    svg.text((x + COLUMN, y), (bold(SMALL), fill), Anchor::End, &part.value);
}

/// `Tỷ lệ trước và đúng hạn 100,00% (1.221/1.221)` over a bar that is filled as far.
fn on_time(svg: &mut Svg, rate: &OnTime, top: f32) -> f32 {
    let width_of_all = RIGHT - LEFT;
    svg.area(Area { x: 0.0, y: top, width: RIGHT + LEFT, height: 92.0 }, colour::TINT, 0.0);
    let line = top + 50.0;
    svg.text((LEFT, line), (LABEL, colour::INK), Anchor::Start, &rate.label);
    // Of a whole nation the two numbers stand above already.
    let room = width_of_all - width(&rate.label, LABEL) - width(&rate.rate, RATE) - 40.0;
    let of = if width(&rate.of, regular(SMALL)) <= room { rate.of.as_str() } else { "" };
    svg.text((RIGHT, line), (regular(SMALL), colour::SOFT), Anchor::End, of);
    let x = RIGHT - if of.is_empty() { 0.0 } else { width(of, regular(SMALL)) + 14.0 };
    svg.text((x, line), (RATE, colour::HEAD), Anchor::End, &rate.rate);
    let bar = Area { x: LEFT, y: top + 66.0, width: width_of_all, height: 14.0 };
    svg.area(bar, colour::LINE, 7.0);
    let filled = rate.basis_points.unwrap_or(0).clamp(0, 10_000) as f32 / 10_000.0;
    if filled > 0.0 {
        svg.area(Area { width: (width_of_all * filled).max(14.0), ..bar }, colour::RECEIVED, 7.0);
    }
    top + 92.0
}
