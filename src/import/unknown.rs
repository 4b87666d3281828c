//! What rows say that is unknown here: it is taken for something, and that is told.

use serde::{Deserialize, Serialize};

use super::list::Listed;
use super::sheet::Cell;
use super::status;
use super::table::Raw;
use crate::grammar::names::quoted;
use crate::grammar::privacy::mask;

/// Different texts that are repeated.
const EXAMPLES: usize = 3;

/// Rows with texts of one kind that are unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    pub rows: usize,
    /// The first three different ones, without numbers of citizens.
    pub examples: Vec<String>,
    /// There are others.
    pub more: bool,
}

/// All that is unknown of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Statuses of rows that tell no end: taken for open.
    pub going_on: Texts,
    /// Statuses of rows that tell when it ended: taken for resolved.
    pub ended: Texts,
    /// Holders who are nobody of the unit: taken for nobody.
    pub holders: Texts,
}

impl Unknown {
    /// Notes what could not be made out of a row.
    pub(super) fn note(&mut self, raw: &Raw, row: &Listed) {
        if row.status.is_none() && status::read(&raw.status).is_none() {
            let texts = if row.ended.is_some() { &mut self.ended } else { &mut self.going_on };
            texts.add(&raw.status);
        }
        if row.holder.is_none() {
            self.holders.add(&raw.holder);
        }
    }
}

impl Texts {
    fn add(&mut self, cell: &Cell) {
        let text = match cell {
            Cell::Text(text) => quoted(&mask(text, &[])),
            Cell::Number(n) => n.to_string(),
            _ => String::new(),
        };
        if text.is_empty() {
            return;
        }
        self.rows += 1;
        if self.examples.contains(&text) {
            return;
        }
        match self.examples.len() {
            EXAMPLES => self.more = true,
            _ => self.examples.push(text),
        }
    }
}
