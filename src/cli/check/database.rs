//! What is wrong inside the database, by unit, day and message.

use super::Wrong;
use crate::cli::setup::Console;
use crate::domain::figure::Subject;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::check::messages::{self, What};
use crate::store::check::replayed::{self, Differs};
use crate::store::directory::{self, Directory};
use crate::store::{Connection, audit, backup, check, inbox};
use crate::words::Words;
use crate::words::numbers::{NOTHING, date, number};

/// So many faults of a kind are named; of the rest their number.
const NAMED: usize = 20;

/// Examines pages, history, messages, sums and balances.
pub async fn faults(conn: &mut Connection, console: &Console) -> anyhow::Result<Vec<Wrong>> {
    let words = console.words;
    let dir = directory::load(conn).await?;
    let told = Told { dir: &dir, words, zone: console.settings.timezone };
    let mut wrong = Vec::new();
    let mut add = |code, text| wrong.push(Wrong { code, text });
    for what in backup::page_faults(conn).await? {
        add("DATABASE", words.fault_database(what));
    }
    told.history(conn).await?.into_iter().for_each(|text| add("HISTORY", text));
    told.messages(conn).await?.into_iter().for_each(|text| add("MESSAGE", text));
    told.counts(conn).await?.into_iter().for_each(|text| add("COUNTS", text));
    for (unit, field) in check::wrong_sums(conn).await? {
        add("SUMS", words.fault_sums(unit, field));
    }
    for (unit, field, balance) in check::negative_balances(conn).await? {
        add("BALANCE", words.fault_balance(unit, field, number(balance)));
    }
    for row in inbox::parked(conn).await? {
        add("PARKED", words.fault_parked(row.id.to_string()));
    }
    Ok(wrong)
}

/// What faults are told with.
struct Told<'a> {
    dir: &'a Directory,
    words: &'a Words,
    zone: chrono_tz::Tz,
}

impl Told<'_> {
    /// The chain of acts: its end, and the first seal that does not fit.
    async fn history(&self, conn: &mut Connection) -> anyhow::Result<Vec<String>> {
        let mut texts = Vec::new();
        let (written, left) = audit::written_and_left(conn).await?;
        if written != left {
            texts.push(self.words.fault_acts_gone(number(written), number(left)));
        }
        if let Some(row) = audit::first_broken(conn).await? {
            let described = messages::describe(conn, &[What::Act(row)]).await?;
            texts.extend(described.iter().map(|w| self.wrong(w)));
        }
        Ok(texts)
    }

    async fn messages(&self, conn: &mut Connection) -> anyhow::Result<Vec<String>> {
        let found = messages::wrong(conn).await?;
        let named = messages::describe(conn, found.get(..NAMED).unwrap_or(&found)).await?;
        let texts = named.iter().map(|w| self.wrong(w)).collect();
        Ok(self.and_more(texts, found.len()))
    }

    async fn counts(&self, conn: &mut Connection) -> anyhow::Result<Vec<String>> {
        let (mut texts, mut all) = (Vec::new(), 0);
        for unit in self.dir.units.keys() {
            let found = replayed::differs(conn, self.dir, *unit).await?;
            all += found.len();
            for d in found.iter().take(NAMED.saturating_sub(texts.len())) {
                let speaking = messages::speaking_of(conn, d.unit, (d.official, d.day, d.field)).await?;
                texts.push(self.differs(d, &speaking));
            }
        }
        Ok(self.and_more(texts, all))
    }

    fn and_more(&self, mut texts: Vec<String>, all: usize) -> Vec<String> {
        if all > texts.len() {
            texts.push(self.words.fault_more(number((all - texts.len()) as i64)));
        }
        texts
    }

    fn wrong(&self, wrong: &messages::Wrong) -> String {
        let days: Vec<String> = wrong.days.iter().copied().map(date).collect();
        let at = wrong.at.with_timezone(&self.zone).format("%H:%M %d/%m/%Y").to_string();
        let place = joined([self.unit(wrong.unit), days.join(", "), self.official(wrong.who), at]);
        match wrong.what {
            What::Act(id) => self.words.fault_act(id.to_string(), place),
            What::Lines(id) => self.words.fault_lines(place, id.to_string()),
            What::Gone(id) => self.words.fault_message_gone(place, id.to_string()),
            What::Standing(id) => self.words.fault_standing(place, id.to_string()),
        }
    }

    fn differs(&self, d: &Differs, speaking: &[i64]) -> String {
        let name = |f| self.dir.field(f).map(|f| f.name.clone()).unwrap_or_default();
        let field = d.field.map_or_else(|| self.words.whole_unit(), name);
        let place = joined([self.unit(Some(d.unit)), date(d.day), field, self.official(Some(d.official))]);
        let ids: Vec<String> = speaking.iter().map(i64::to_string).collect();
        let ids = if ids.is_empty() { NOTHING.to_string() } else { ids.join(", ") };
        let shown = |n: Option<i64>| n.map_or_else(|| NOTHING.to_string(), number);
        let what = match d.subject {
            Some(Subject::Figure(f)) => self.words.figure(f),
            Some(Subject::Indicator(id)) => self.dir.indicator(id).map(|i| i.name.clone()).unwrap_or_default(),
            None => return self.words.fault_counts_mark(place, ids),
        };
        self.words.fault_counts(place, what, shown(d.held), ids, shown(d.said))
    }

    fn unit(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|u| self.dir.unit(u)).map(|u| u.code.clone()).unwrap_or_default()
    }

    fn official(&self, who: Option<OfficialId>) -> String {
        who.and_then(|o| self.dir.official(o)).map(|o| o.name.clone()).unwrap_or_default()
    }
}

/// `KTD · 20/11/2026 · Lan`; what is not known is left out.
fn joined(parts: [String; 4]) -> String {
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}
