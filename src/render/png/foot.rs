//! The foot: how complete the figures are, whether they may still change, the day.

use super::font::{Style, bold, cut, regular, width, wrap};
use super::svg::{Anchor, Area, Svg};
use super::{HEIGHT, LEFT, RIGHT, SMALL, WIDTH, colour};
use crate::report::card::Card;

const ROOM: f32 = RIGHT - LEFT;
const TEXT: Style = regular(SMALL);
const ROW: f32 = 40.0;

/// Draws the foot; returns where it begins.
pub fn draw(svg: &mut Svg, card: &Card) -> f32 {
    let complete = complete_lines(&card.complete);
    let last = complete.last().map_or(0.0, |l| width(l, TEXT));
    let shared = card.state.is_none() && last + 30.0 + width(&card.drawn, TEXT) <= ROOM;
    let height = 14.0 + ROW * (complete.len() + usize::from(!shared)) as f32 + 14.0;
    let top = HEIGHT as f32 - height;
    svg.area(Area { x: 0.0, y: top, width: WIDTH as f32, height }, colour::TINT, 0.0);
    let mut y = top + 14.0 - 10.0;
    for line in &complete {
        y += ROW;
        svg.text((LEFT, y), (TEXT, colour::INK), Anchor::Start, line);
    }
    if !shared {
        y += ROW;
    }
    svg.text((RIGHT, y), (TEXT, colour::SOFT), Anchor::End, &card.drawn);
    if let Some(state) = &card.state {
        let room = ROOM - width(&card.drawn, TEXT) - 30.0;
        svg.text((LEFT, y), (bold(SMALL), colour::INK), Anchor::Start, &cut(state, bold(SMALL), room));
    }
    top
}

/// Where a list of days or units has to be cut, it ends behind a whole one.
fn complete_lines(text: &str) -> Vec<String> {
    let mut lines = wrap(text, TEXT, (ROOM, 2));
    if let Some(last) = lines.last_mut().filter(|l| is_cut(l, text))
        && let Some(end) = last.rfind(", ")
    {
        last.truncate(end);
        last.push_str(", …");
    }
    lines
}

fn is_cut(line: &str, text: &str) -> bool {
    line.ends_with('…') && !text.ends_with('…')
}
