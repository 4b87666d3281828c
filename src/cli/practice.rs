//! The practice office: a newcomer's first chat has somebody to speak as. Its unit stays
//! out of parents, nags and alarms.

use chrono::NaiveDate;

use crate::domain::official::Role;
use crate::domain::period::Scheme;
use crate::store::directory::Directory;
use crate::store::officials::{self, Joining};
use crate::store::units::{self, NewUnit};
use crate::store::{Result, Store, directory};
use crate::words::Words;

/// Who speaks in the practice office where a line names nobody.
pub const SPEAKER: &str = "Lan";
const UNIT: &str = "THU";
const PEOPLE: [(&str, Role, &[&str]); 4] = [
    (SPEAKER, Role::Officer, &["HT", "CT"]),
    ("Minh", Role::Lead, &[]),
    ("Hà", Role::Leader, &[]),
    ("Quản", Role::Admin, &[]),
];

/// Makes the practice office where there is no unit yet; `true` if it did.
pub async fn make_on_empty(store: &Store, words: &Words, today: NaiveDate) -> Result<bool> {
    let mut tx = store.write().await?;
    let dir: Directory = directory::load(&mut tx).await?;
    if !dir.units.is_empty() {
        return Ok(false);
    }
    let name = words.practice_unit();
    let unit = NewUnit { code: UNIT, name: &name, parent: None, scheme: Scheme::FifteenFourteen, practice: true };
    let unit = units::add(&mut tx, &unit).await?;
    for (name, role, codes) in PEOPLE {
        let official = officials::create(&mut tx, name).await?;
        let membership = officials::join(&mut tx, Joining { official, unit, role, since: today }).await?;
        let fields: Vec<_> = dir.fields.iter().filter(|f| codes.contains(&f.code.as_str())).map(|f| f.id).collect();
        officials::hold(&mut tx, membership, &fields, today).await?;
    }
    tx.commit().await?;
    Ok(true)
}
