//! Pairs of bars over time: what came beside what was resolved.

use super::font::{Style, bold, regular, width, wrap};
use super::svg::{Anchor, Area, STRIPES, Svg};
use super::{LEFT, RIGHT, SMALL, colour};
use crate::report::card::{Bars, Group};

const TITLE: Style = bold(34.0);
const TEXT: Style = regular(SMALL);
const EMPTY: Style = regular(40.0);
/// Of the room for a pair, a bar takes this part …
const BAR: f32 = 0.41;
/// … but no bar is wider (points).
const BAR_MOST: f32 = 92.0;

/// Where the bars stand: their feet, left end and room for a pair.
#[derive(Clone, Copy)]
struct Plot {
    foot: f32,
    left: f32,
    pair: f32,
    /// Points for one dossier.
    scale: f32,
}

/// Draws the bars between two heights; the sentence where there are none.
pub fn draw(svg: &mut Svg, bars: &Result<Bars, String>, (top, bottom): (f32, f32)) {
    let bars = match bars {
        Ok(bars) => bars,
        Err(sentence) => return empty(svg, sentence, (top, bottom)),
    };
    legend(svg, bars, top + 52.0);
    let labels = bars.axis.lines.iter().map(|(_, l)| width(l, TEXT)).fold(0.0, f32::max);
    let left = LEFT + labels + 14.0;
    let marks = if bars.missing.is_some() { 24.0 } else { 0.0 };
    let pair = (RIGHT - left) / bars.groups.len().max(1) as f32;
    let numbered = is_roomy(bars, pair);
    let (foot, head) = (bottom - 48.0 - marks, top + if numbered { 102.0 } else { 84.0 });
    let height = (foot - head).max(40.0);
    let plot = Plot { foot, left, pair, scale: height / bars.axis.top() as f32 };
    for (value, label) in &bars.axis.lines {
        let y = foot - *value as f32 * plot.scale;
        let stroke = if *value == 0 { (colour::SOFT, 2.5) } else { (colour::LINE, 2.0) };
        svg.line((left, y), (RIGHT, y), stroke);
        svg.text((left - 14.0, y + 10.0), (TEXT, colour::SOFT), Anchor::End, label);
    }
    for (i, group) in bars.groups.iter().enumerate() {
        draw_pair(svg, group, (i, plot));
    }
    if numbered {
        for (i, group) in bars.groups.iter().enumerate() {
            numbers(svg, group, (i, plot));
        }
    }
    names(svg, bars, (plot, marks));
}

fn empty(svg: &mut Svg, sentence: &str, (top, bottom): (f32, f32)) {
    let lines = wrap(sentence, EMPTY, (RIGHT - LEFT, 2));
    let middle = (LEFT + RIGHT) / 2.0;
    let first = (top + bottom) / 2.0 - 25.0 * (lines.len() as f32 - 1.0) + 14.0;
    for (i, line) in lines.iter().enumerate() {
        svg.text((middle, first + 50.0 * i as f32), (EMPTY, colour::SOFT), Anchor::Middle, line);
    }
}

/// Title on the left, what the bars are on the right.
fn legend(svg: &mut Svg, bars: &Bars, line: f32) {
    svg.text((LEFT, line), (TITLE, colour::INK), Anchor::Start, &bars.title);
    let mut x = RIGHT;
    let mut name = |svg: &mut Svg, text: &str| {
        svg.text((x, line), (TEXT, colour::INK), Anchor::End, text);
        let sign = x - width(text, TEXT) - 36.0;
        x = sign - 26.0;
        Area { x: sign, y: line - 23.0, width: 26.0, height: 26.0 }
    };
    if let Some(missing) = &bars.missing {
        let sign = name(svg, missing);
        svg.ring((sign.x + 14.0, sign.y + 13.0), 9.0);
    }
    let sign = name(svg, &bars.resolved);
    svg.edged(sign, (STRIPES, colour::RESOLVED_EDGE));
    let sign = name(svg, &bars.received);
    svg.area(sign, colour::RECEIVED, 0.0);
}

impl Plot {
    /// Width of a bar, and where the bars of a pair begin.
    fn places(&self, i: usize) -> (f32, [f32; 2]) {
        let bar = (self.pair * BAR).min(BAR_MOST);
        let middle = self.middle(i);
        (bar, [middle - bar - 0.75, middle + 0.75])
    }

    fn middle(&self, i: usize) -> f32 {
        self.left + self.pair * (i as f32 + 0.5)
    }
}

fn draw_pair(svg: &mut Svg, group: &Group, (i, plot): (usize, Plot)) {
    let (width, [first, second]) = plot.places(i);
    let area = |x: f32, n: i64| {
        let height = n.max(0) as f32 * plot.scale;
        Area { x, y: plot.foot - height, width, height }
    };
    if group.received > 0 {
        svg.area(area(first, group.received), colour::RECEIVED, 0.0);
    }
    if group.resolved > 0 {
        let a = area(second, group.resolved);
        svg.edged(Area { x: a.x + 0.75, width: a.width - 1.5, ..a }, (STRIPES, colour::RESOLVED_EDGE));
    }
    if group.missing {
        svg.ring((plot.middle(i), plot.foot + 17.0), 8.0);
    }
}

/// Whether every number fits above its bar.
fn is_roomy(bars: &Bars, pair: f32) -> bool {
    let room = pair * BAR - 4.0;
    let all = bars.groups.iter().flat_map(|g| [g.received, g.resolved]);
    all.into_iter().all(|n| width(&shown(n), bold(SMALL)) <= room)
}

fn shown(n: i64) -> String {
    crate::words::numbers::number(n)
}

fn numbers(svg: &mut Svg, group: &Group, (i, plot): (usize, Plot)) {
    let (width, places) = plot.places(i);
    for (x, n) in places.into_iter().zip([group.received, group.resolved]) {
        let y = plot.foot - n.max(0) as f32 * plot.scale - 8.0;
        svg.text((x + width / 2.0, y), (bold(SMALL), colour::INK), Anchor::Middle, &shown(n));
    }
}

/// Names of the groups: each one, or every so many that they do not touch.
fn names(svg: &mut Svg, bars: &Bars, (plot, marks): (Plot, f32)) {
    let widest = bars.groups.iter().map(|g| width(&g.label, TEXT)).fold(0.0, f32::max);
    let every = ((widest + 18.0) / plot.pair).ceil().max(1.0) as usize;
    let line = plot.foot + 38.0 + marks;
    for (i, group) in bars.groups.iter().enumerate().step_by(every) {
        // The outermost stay inside the picture.
        let half = width(&group.label, TEXT) / 2.0;
        let x = plot.middle(i).clamp(LEFT + half, RIGHT - half);
        svg.text((x, line), (TEXT, colour::SOFT), Anchor::Middle, &group.label);
    }
}
