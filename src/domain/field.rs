//! A field (lĩnh vực): a group of procedures such as Hộ tịch (HT). The catalogue of
//! 19 is seeded by a migration; admins edit it.

/// Row id of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub i64);

/// One row of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub id: FieldId,
    /// `HT`, `ĐĐ`…; never a figure word (see [`super::figure`]).
    pub code: String,
    pub name: String,
    pub aliases: Vec<String>,
    /// Place in the catalogue; rows of every report stand in this order.
    pub rank: i64,
}
