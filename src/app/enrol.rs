//! temp
use super::*;
use crate::app::desk::*;
pub async fn stranger(
    _d: &Desk,
    _c: &mut Connection,
    _dir: &Arc<Directory>,
    _x: (&crate::store::inbox::Row, &Said),
    _n: DateTime<Utc>,
) -> Answer {
    Ok(vec![])
}
