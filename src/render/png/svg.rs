//! A drawing in the making: boxes, lines and texts at places, as SVG. Whatever is drawn as text
//! is escaped here.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::font::{FAMILY, Style, plain};
use super::{HEIGHT, WIDTH, colour};

/// The pattern of bars that are light and striped.
pub const STRIPES: &str = "url(#stripes)";

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Begins there.
    Start,
    Middle,
    End,
}

/// A box: left, top, width, height (points).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// The drawing.
pub struct Svg {
    body: String,
}

impl Svg {
    pub fn new() -> Svg {
        let mut body = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"{FAMILY}\">\n\
             <pattern id=\"stripes\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"9\" height=\"9\" fill=\"{}\"/>\
             <rect width=\"3\" height=\"9\" fill=\"{}\"/></pattern>\n",
            colour::RESOLVED,
            colour::RESOLVED_EDGE
        );
        let _ = writeln!(body, "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{}\"/>", colour::PAPER);
        Svg { body }
    }

    /// A text whose line stands at `y`.
    pub fn text(&mut self, (x, y): (f32, f32), (style, fill): (Style, &str), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if style.bold { "bold" } else { "normal" };
        let (size, text) = (style.size, plain(text));
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\" \
             text-anchor=\"{anchor}\">{}</text>",
            escape(text.as_str())
        );
    }

    /// A filled box with corners rounded by `round`.
    pub fn area(&mut self, a: Area, fill: &str, round: f32) {
        let Area { x, y, width, height } = a;
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round}\" fill=\"{fill}\"/>"
        );
    }

    /// The same with an edge around it.
    pub fn edged(&mut self, a: Area, (fill, edge): (&str, &str)) {
        let Area { x, y, width, height } = a;
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" \
             stroke=\"{edge}\" stroke-width=\"1.5\"/>"
        );
    }

    /// A line from one place to another.
    pub fn line(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), (stroke, width): (&str, f32)) {
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        );
    }

    /// A ring around a place: figures are missing.
    pub fn ring(&mut self, (x, y): (f32, f32), radius: f32) {
        let _ = writeln!(
            self.body,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"none\" stroke=\"{}\" stroke-width=\"3\"/>",
            colour::ALARM
        );
    }

    /// A triangle with an exclamation mark, `size` high, whose foot stands at `y`.
    pub fn warning(&mut self, (x, y): (f32, f32), size: f32) {
        let (top, right, middle) = (y - size, x + size * 1.1, x + size * 0.55);
        let (mark, dot) = (top + size * 0.36, y - size * 0.16);
        let _ = writeln!(
            self.body,
            "<path d=\"M{middle:.1} {top:.1}L{right:.1} {y:.1}H{x:.1}Z\" fill=\"{}\"/>\
             <path d=\"M{middle:.1} {mark:.1}V{:.1}M{middle:.1} {:.1}V{dot:.1}\" stroke=\"{}\" stroke-width=\"{:.1}\"/>",
            colour::ALARM,
            y - size * 0.32,
            dot - size * 0.09,
            colour::PAPER,
            size * 0.1
        );
    }

    pub fn finish(mut self) -> String {
        self.body.push_str("</svg>\n");
        self.body
    }
}
