//! A count (số liệu ngày): one official's figures for one unit, field and day.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign, Sub};

use super::figure::{Figure, IndicatorId};

/// The seven figures that add up over days, fields and units. Numbers of dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    pub online: i64,
    pub direct: i64,
    pub postal: i64,
    pub early: i64,
    pub on_time: i64,
    pub late: i64,
    pub withdrawn: i64,
}

impl Flows {
    /// Newly received, without what was carried in.
    pub fn received(&self) -> i64 {
        self.online + self.direct + self.postal
    }

    /// Resolved, withdrawn included (column 7 of form II.06a).
    pub fn resolved(&self) -> i64 {
        self.early + self.on_time + self.late + self.withdrawn
    }

    /// What these flows add to the balance.
    pub fn net(&self) -> i64 {
        self.received() - self.resolved()
    }

    pub fn is_zero(&self) -> bool {
        *self == Flows::default()
    }

    /// The value of a flow figure; 0 for a stock figure.
    pub fn get(&self, figure: Figure) -> i64 {
        match figure {
            Figure::ReceivedOnline => self.online,
            Figure::ReceivedDirect => self.direct,
            Figure::ReceivedPostal => self.postal,
            Figure::ResolvedEarly => self.early,
            Figure::ResolvedOnTime => self.on_time,
            Figure::ResolvedLate => self.late,
            Figure::Withdrawn => self.withdrawn,
            Figure::AwaitingSupplement | Figure::PendingLate => 0,
        }
    }

    /// The place of a flow figure, to write to; `None` for a stock figure.
    pub fn get_mut(&mut self, figure: Figure) -> Option<&mut i64> {
        Some(match figure {
            Figure::ReceivedOnline => &mut self.online,
            Figure::ReceivedDirect => &mut self.direct,
            Figure::ReceivedPostal => &mut self.postal,
            Figure::ResolvedEarly => &mut self.early,
            Figure::ResolvedOnTime => &mut self.on_time,
            Figure::ResolvedLate => &mut self.late,
            Figure::Withdrawn => &mut self.withdrawn,
            Figure::AwaitingSupplement | Figure::PendingLate => return None,
        })
    }
}

impl Add for Flows {
    type Output = Flows;
    fn add(self, o: Flows) -> Flows {
        Flows {
            online: self.online + o.online,
            direct: self.direct + o.direct,
            postal: self.postal + o.postal,
            early: self.early + o.early,
            on_time: self.on_time + o.on_time,
            late: self.late + o.late,
            withdrawn: self.withdrawn + o.withdrawn,
        }
    }
}

impl Sub for Flows {
    type Output = Flows;
    fn sub(self, o: Flows) -> Flows {
        Flows {
            online: self.online - o.online,
            direct: self.direct - o.direct,
            postal: self.postal - o.postal,
            early: self.early - o.early,
            on_time: self.on_time - o.on_time,
            late: self.late - o.late,
            withdrawn: self.withdrawn - o.withdrawn,
        }
    }
}

impl AddAssign for Flows {
    fn add_assign(&mut self, o: Flows) {
        *self = *self + o;
    }
}

impl std::iter::Sum for Flows {
    fn sum<I: Iterator<Item = Flows>>(iter: I) -> Flows {
        iter.fold(Flows::default(), |a, b| a + b)
    }
}

/// One stock figure as one day's messages leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stock {
    /// A value was typed that day.
    Set(i64),
    /// Only `bs+1`: to be added to the value that stands from the days before.
    Add(i64),
}

/// What stands for one official, unit, field and day after replay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub flows: Flows,
    pub awaiting: Option<Stock>,
    pub pending_late: Option<Stock>,
    pub indicators: BTreeMap<IndicatorId, i64>,
    /// Figures which a standing message named, zeros included.
    pub named: Vec<Figure>,
}
