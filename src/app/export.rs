//! temp
use crate::app::desk::Desk;
use crate::app::reply::FileRecipe;
use crate::store::{Store, StoreError};
pub struct Rendered {
    pub name: String,
    pub bytes: Vec<u8>,
}
pub async fn render(_s: &Store, _d: &Desk, r: &FileRecipe) -> Result<Rendered, StoreError> {
    Err(StoreError::Inconsistent { table: "x", what: format!("{r:?}") })
}
