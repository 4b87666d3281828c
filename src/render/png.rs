//! A card → a picture of 1080 × 1350 points for a phone (SPEC §9).
//!
//! The card is laid out as SVG ([`svg`] draws, the other parts say where) and turned into
//! points by resvg with the two fonts that the program holds, so that every machine makes the
//! same bytes. Nothing is smaller than 30 points: on a phone of 360 that is 10.

mod bars;
mod fields;
mod figures;
mod font;
mod foot;
mod heading;
mod svg;

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::report::card::Card;
use svg::Svg;

/// Size of the picture (points).
pub const WIDTH: u32 = 1080;
pub const HEIGHT: u32 = 1350;

/// Left and right of what is drawn.
const LEFT: f32 = 44.0;
const RIGHT: f32 = WIDTH as f32 - LEFT;
/// The smallest size of letters.
const SMALL: f32 = 30.0;

/// Colours that those who see no red, no green or no colour at all can tell apart: of a pair
/// one is dark, the other light and striped.
mod colour {
    pub const PAPER: &str = "#ffffff";
    pub const HEAD: &str = "#0b3a66";
    pub const HEAD_SOFT: &str = "#c9dff2";
    pub const INK: &str = "#15202b";
    pub const SOFT: &str = "#4a5866";
    pub const LINE: &str = "#d5dce3";
    pub const TINT: &str = "#eef3f8";
    pub const RECEIVED: &str = "#0b5a9e";
    pub const REST: &str = "#8aa5bd";
    pub const RESOLVED: &str = "#f4b13e";
    pub const RESOLVED_EDGE: &str = "#8a5600";
    pub const ALARM: &str = "#a3261b";
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error("svg: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("png: {0}")]
    Encoding(String),
    #[error("no room for the points")]
    NoRoom,
}

/// The bytes of a card's picture. The same card gives the same bytes.
///
/// # Errors
/// Of the libraries that draw; no card is known that brings them about.
pub fn write(card: &Card) -> Result<Vec<u8>, PngError> {
    static FONTS: LazyLock<Arc<resvg::usvg::fontdb::Database>> = LazyLock::new(font::database);
    let options = Options { fontdb: FONTS.clone(), font_family: font::FAMILY.to_string(), ..Options::default() };
    let tree = Tree::from_str(&drawing(card), &options)?;
    let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or(PngError::NoRoom)?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|e| PngError::Encoding(e.to_string()))
}

/// From the top down and from the foot up; the bars take what is left.
fn drawing(card: &Card) -> String {
    let mut svg = Svg::new();
    let top = heading::draw(&mut svg, card);
    let top = figures::draw(&mut svg, card, top);
    let mut bottom = foot::draw(&mut svg, card);
    if let Some(fields) = &card.fields {
        bottom = fields::draw(&mut svg, fields, bottom);
    }
    bars::draw(&mut svg, &card.by_day, (top, bottom));
    svg.finish()
}

#[cfg(test)]
mod tests;
