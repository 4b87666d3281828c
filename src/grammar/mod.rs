//! The language officials type: pure text in, value out.

pub mod fold;
pub mod period;
