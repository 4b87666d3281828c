//! Each December administrators are asked to confirm the days off of the year to come; once
//! a week until one of them has.

use super::{Addresses, Look, Outgoing, Plan};
use crate::app::desk::Desk;
use crate::app::holidays::year_list;
use crate::domain::nag::facts::Whom;
use crate::domain::nag::period::year_to_confirm;
use crate::domain::nag::{Slot, is_office_time, minute_of};
use crate::store::directory::Directory;
use crate::store::{Connection, Result, nags};

/// Days between two questions.
const EVERY: i64 = 7;

/// Adds the question where it is due at this look.
pub async fn plan(conn: &mut Connection, desk: &Desk, (dir, look): (&Directory, Look), plan: &mut Plan) -> Result<()> {
    let (now, today) = (look.local(), look.today());
    let Some(year) = year_to_confirm(today) else { return Ok(()) };
    if !is_office_time(now, &dir.calendar) || minute_of(now) < Slot::LeadMorning.usual() {
        return Ok(());
    }
    let admins = dir.admins(today);
    if admins.is_empty() || nags::is_year_confirmed(conn, year).await? {
        return Ok(());
    }
    let before = nags::looked(conn, look.stage, "year").await?;
    let day = crate::store::days::to_db(today);
    if before.is_some_and(|asked| day < asked + EVERY) {
        return Ok(());
    }
    let addresses = Addresses::load(conn, dir, look.stage).await?;
    for who in admins {
        let Some((bot_id, chat_id)) = addresses.of(who) else { continue };
        let words = desk.words_for(dir, who);
        let list = year_list(conn, words, year).await?;
        let text = words.nag_holidays(year.to_string(), list, year.to_string());
        let to = Whom::Person(who);
        let kind = "ngaynghi".to_string();
        plan.outgoing.push(Outgoing { to, bot_id, chat_id, private: true, kind, text, file: None, until: None });
    }
    plan.looks.push(("year", before, day));
    Ok(())
}
