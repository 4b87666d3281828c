//! The head: title, unit, period.

use super::font::{Style, bold, regular, width, wrap};
use super::svg::{Anchor, Area, Svg};
use super::{LEFT, RIGHT, WIDTH, colour};
use crate::report::card::Card;

const ROOM: f32 = RIGHT - LEFT;
const TITLE: Style = bold(32.0);
const PERIOD: Style = regular(32.0);
/// A unit's name on one line, and one that takes two.
const UNIT: Style = bold(54.0);
const LONG_UNIT: Style = bold(42.0);

/// Draws the head; returns where it ends.
pub fn draw(svg: &mut Svg, card: &Card) -> f32 {
    let unit = if width(&card.unit, UNIT) <= ROOM { UNIT } else { LONG_UNIT };
    let mut lines: Vec<(String, Style, &str)> = Vec::new();
    lines.extend(wrap(&card.title, TITLE, (ROOM, 1)).into_iter().map(|l| (l, TITLE, colour::HEAD_SOFT)));
    lines.extend(wrap(&card.unit, unit, (ROOM, 2)).into_iter().map(|l| (l, unit, colour::PAPER)));
    lines.extend(period_lines(&card.period).into_iter().map(|l| (l, PERIOD, colour::PAPER)));
    let step = |style: &Style| (style.size * 1.26).round();
    let height = 26.0 + lines.iter().map(|(_, style, _)| step(style)).sum::<f32>() + 22.0;
    svg.area(Area { x: 0.0, y: 0.0, width: WIDTH as f32, height }, colour::HEAD, 0.0);
    let mut y = 26.0;
    for (line, style, fill) in &lines {
        y += step(style);
        svg.text((LEFT, y - style.size * 0.26), (*style, fill), Anchor::Start, line);
    }
    height
}

/// A period too long for one line breaks before its brackets.
fn period_lines(period: &str) -> Vec<String> {
    if width(period, PERIOD) <= ROOM {
        return vec![period.to_string()];
    }
    let breaks = period.match_indices(" (").map(|(at, _)| at);
    match breaks.filter(|at| width(&period[..*at], PERIOD) <= ROOM).last() {
        Some(at) => {
            let rest = wrap(&period[at + 1..], PERIOD, (ROOM, 1));
            [period[..at].to_string()].into_iter().chain(rest).collect()
        }
        None => wrap(period, PERIOD, (ROOM, 2)),
    }
}
