//! Fields by volume: name, bar, number.

use super::font::{Style, bold, cut, regular, width};
use super::svg::{Anchor, Area, Svg};
use super::{LEFT, RIGHT, SMALL, colour};
use crate::report::card::Shares;

const TITLE: Style = bold(34.0);
const NAME: Style = regular(SMALL);
const NUMBER: Style = bold(SMALL);
const ROW: f32 = 39.0;
/// No name takes more of the width than this (points).
const NAMES_MOST: f32 = 470.0;
const GAP: f32 = 14.0;

/// Draws them so that they end at `bottom`; returns where they begin.
pub fn draw(svg: &mut Svg, fields: &Shares, bottom: f32) -> f32 {
    let top = bottom - 70.0 - ROW * fields.bars.len() as f32;
    svg.text((LEFT, top + 42.0), (TITLE, colour::INK), Anchor::Start, &cut(&fields.title, TITLE, RIGHT - LEFT));
    let widest = |texts: &mut dyn Iterator<Item = f32>| texts.fold(0.0, f32::max);
    let names = widest(&mut fields.bars.iter().map(|b| width(&b.name, NAME))).min(NAMES_MOST);
    let numbers = widest(&mut fields.bars.iter().map(|b| width(&b.shown, NUMBER)));
    let (x, room) = (LEFT + names + GAP, RIGHT - LEFT - names - numbers - 2.0 * GAP);
    let most = fields.bars.iter().map(|b| b.value).max().unwrap_or(1).max(1) as f32;
    for (i, bar) in fields.bars.iter().enumerate() {
        let y = top + 62.0 + ROW * i as f32;
        let long = (room * bar.value.max(0) as f32 / most).max(3.0);
        svg.text((LEFT, y + 29.0), (NAME, colour::INK), Anchor::Start, &cut(&bar.name, NAME, names + 0.5));
        let fill = if bar.rest { colour::REST } else { colour::RECEIVED };
        svg.area(Area { x, y: y + 6.0, width: long, height: 26.0 }, fill, 4.0);
        svg.text((x + long + GAP, y + 29.0), (NUMBER, colour::INK), Anchor::Start, &bar.shown);
    }
    top
}
