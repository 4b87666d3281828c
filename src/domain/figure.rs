//! The figures (chỉ tiêu) of a daily count: the one table that names them.
//!
//! The nine [`Figure`]s are columns; [`Control`]s are checked and never stored;
//! [`Indicator`]s are rows of a database table which an admin can extend.
//! How a figure is *printed* stands in `locales/` under `figure-<key with ->`.

/// A figure that is stored as a column of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    ReceivedOnline,
    ReceivedDirect,
    ReceivedPostal,
    ResolvedEarly,
    ResolvedOnTime,
    ResolvedLate,
    Withdrawn,
    AwaitingSupplement,
    PendingLate,
}

/// A figure that only checks others and is never stored as one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// `nhan`: all newly received.
    Received,
    /// `xong`: early + on time + late, without withdrawn.
    Resolved,
    /// `con`: what is still pending, compared with the balance.
    Pending,
}

/// How values of several days come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Days add up.
    Flow,
    /// The latest day's value stands.
    Stock,
}

/// One row of the figure table.
pub struct FigureRow {
    pub figure: Figure,
    /// Name in JSON and the database.
    pub key: &'static str,
    pub kind: Kind,
    /// Words an official may type, folded (no diacritics, lower case). The first is
    /// the one that `/mau` and corrected lines use.
    pub words: &'static [&'static str],
}

/// All stored figures, in the order in which they are printed.
pub const FIGURES: [FigureRow; 9] = [
    row(Figure::ReceivedOnline, "received_online", Kind::Flow, &["ol", "online", "tuyen", "truc tuyen"]),
    row(Figure::ReceivedDirect, "received_direct", Kind::Flow, &["tr", "tiep", "truc tiep"]),
    row(Figure::ReceivedPostal, "received_postal", Kind::Flow, &["bc", "bcci", "buu chinh"]),
    row(Figure::ResolvedEarly, "resolved_early", Kind::Flow, &["th", "som", "truoc han"]),
    row(Figure::ResolvedOnTime, "resolved_on_time", Kind::Flow, &["dh", "dung", "dung han"]),
    row(Figure::ResolvedLate, "resolved_late", Kind::Flow, &["qh", "tre", "qua han", "tre han"]),
    row(Figure::Withdrawn, "withdrawn", Kind::Flow, &["rut", "tra lai", "rut ho so"]),
    row(Figure::AwaitingSupplement, "awaiting_supplement", Kind::Stock, &["bs", "cho bs", "cho bo sung"]),
    row(Figure::PendingLate, "pending_late", Kind::Stock, &["tqh", "ton qh", "ton qua han"]),
];

/// Words of the three controls, folded.
pub const CONTROLS: [(Control, &str, &[&str]); 3] = [
    (Control::Received, "received", &["nhan", "tiep nhan"]),
    (Control::Resolved, "resolved", &["xong", "gq", "giai quyet", "da giai quyet"]),
    (Control::Pending, "pending", &["con", "con lai", "ton"]),
];

const fn row(figure: Figure, key: &'static str, kind: Kind, words: &'static [&'static str]) -> FigureRow {
    FigureRow { figure, key, kind, words }
}

impl Figure {
    /// The row of the table that describes this figure.
    pub fn row(self) -> &'static FigureRow {
        &FIGURES[self as usize]
    }

    /// Name in JSON and the database, e.g. `received_online`.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    pub fn kind(self) -> Kind {
        self.row().kind
    }

    /// The word that `/mau` and corrected lines use, e.g. `ol`.
    pub fn word(self) -> &'static str {
        self.row().words[0]
    }

    /// The figure of that database name.
    pub fn from_key(key: &str) -> Option<Figure> {
        FIGURES.iter().find(|r| r.key == key).map(|r| r.figure)
    }
}

/// Row id of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId(pub i64);

/// What an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Dossiers; up to 100.000 a day.
    Count,
    /// Đồng; up to 10¹² a day.
    Money,
}

/// A whole that an indicator is a part of, for its rate and for warning W6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    ReceivedNew,
    ReceivedOnline,
    Resolved,
    Indicator(IndicatorId),
}

/// One row of the indicator table (chỉ tiêu khác).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub id: IndicatorId,
    /// Name in JSON, e.g. `fees_noncash`.
    pub key: String,
    /// As printed, e.g. `Phí, lệ phí không dùng tiền mặt`.
    pub name: String,
    /// Folded words; the first is the one corrected lines use.
    pub words: Vec<String>,
    pub measure: Measure,
    pub whole: Option<Whole>,
    /// Target of its rate in percent (chỉ tiêu được giao), e.g. 60 for online payment.
    pub target: Option<i64>,
}

/// What one number of a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Figure(Figure),
    Indicator(IndicatorId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (i, r) in FIGURES.iter().enumerate() {
            assert_eq!(r.figure as usize, i);
        }
    }
}
