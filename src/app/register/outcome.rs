//! What comes of a message to the register: changes, what is said of each, and the lines
//! that were not taken.

use serde_json::json;

use super::source;
use crate::app::reply::{Choice, ChoiceAction, Reply};
use crate::app::{Act, Refusal};
use crate::domain::dossier::Dossier;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::audit;
use crate::store::dossiers::acts::{self, Kind, NewAct};
use crate::store::dossiers::{self, Change};
use crate::words::numbers::day_month;

/// At most this many choices; more do not fit a phone.
const MOST_CHOICES: usize = 6;

/// A line, or one dossier of it, that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub line: usize,
    pub why: String,
    /// Corrected lines.
    pub fixes: Vec<String>,
    /// What may be meant: its label, and the line that says it.
    pub choices: Vec<(String, String)>,
}

/// A message after judgement.
pub struct Outcome {
    pub kind: Kind,
    pub changes: Vec<Change>,
    /// Of each change: the dossier in a line, and what is said of it.
    pub said: Vec<(String, String)>,
    /// What stands below all of them.
    pub notes: Vec<String>,
    pub refused: Vec<Refused>,
}

impl Outcome {
    pub fn new(kind: Kind) -> Outcome {
        Outcome { kind, changes: Vec::new(), said: Vec::new(), notes: Vec::new(), refused: Vec::new() }
    }

    /// What the message has said of a dossier already.
    pub fn about(&self, code: &str) -> Option<&Change> {
        self.changes.iter().find(|c| c.after.code == code)
    }

    pub fn refuse(&mut self, line: usize, why: String, fixes: Vec<String>) {
        self.refused.push(Refused { line, why, fixes, choices: Vec::new() });
    }

    /// A line that may mean several things.
    pub fn ask(&mut self, line: usize, why: String, choices: Vec<(String, String)>) {
        self.refused.push(Refused { line, why, fixes: Vec::new(), choices });
    }

    /// Stores the changes, those of each unit as an act of it, and says what was done. `former`
    /// is the act of the same message before it was edited.
    pub async fn save(self, act: &mut Act<'_>, former: Option<&acts::Act>) -> Result<Vec<Reply>, Refusal> {
        let (source, mut first) = (source(act), None);
        for unit in self.units() {
            let new = NewAct {
                kind: self.kind,
                unit,
                sender: Some(act.person.official),
                source: &source,
                sent_at: act.origin.sent_at,
                edits: former,
                part_of: first,
            };
            let id = acts::add(act.conn, &new).await?;
            first = first.or(Some(id));
            let changes: Vec<Change> = self.changes.iter().filter(|c| c.after.unit == unit).cloned().collect();
            dossiers::record(act.conn, id, act.now.timestamp(), &changes).await?;
            let codes: Vec<&str> = changes.iter().map(|c| c.after.code.as_str()).collect();
            note(act, self.kind.key(), (id, unit), &codes).await?;
        }
        let mut replies = vec![self.reply(act, first)];
        replies.extend(self.told(act));
        Ok(replies)
    }

    /// Units of the dossiers, in order of appearance.
    fn units(&self) -> Vec<UnitId> {
        let mut units = Vec::new();
        for unit in self.changes.iter().map(|c| c.after.unit) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    fn reply(&self, act: &Act<'_>, id: Option<i64>) -> Reply {
        let words = act.words;
        let mut lines = Vec::new();
        match self.said.as_slice() {
            [] => {}
            [(head, detail)] => lines.extend([self.title(act, head), detail.clone()]),
            several => {
                lines.push(self.title(act, &words.register_several(several.len().to_string())));
                lines
                    .extend(several.iter().map(|(head, detail)| words.register_one_of(head.as_str(), detail.as_str())));
            }
        }
        if let (Some(first), Some(units)) = (lines.first_mut(), self.units_named(act)) {
            first.push_str(&format!(" · {units}"));
        }
        lines.extend(self.notes.iter().cloned());
        lines.extend(self.refused_lines(act));
        lines.retain(|l| !l.is_empty());
        let mut reply = Reply::text(lines.join("\n"));
        if let Some(id) = id {
            reply = reply.with_choice(words.choice_undo(), ChoiceAction::UndoRegister { act: id });
        }
        reply.choices.extend(self.fixes(act));
        reply
    }

    /// The units of the dossiers, for people with several units.
    fn units_named(&self, act: &Act<'_>) -> Option<String> {
        let several = act.dir.memberships_on(act.person.official, act.today).len() > 1;
        let units = self.units();
        let names: Vec<&str> = units.iter().filter_map(|u| act.dir.unit(*u)).map(|u| u.name.as_str()).collect();
        (several && !names.is_empty()).then(|| names.join(", "))
    }

    fn title(&self, act: &Act<'_>, what: &str) -> String {
        let words = act.words;
        match self.kind {
            Kind::Register if self.changes.iter().all(|c| c.before.is_some()) => words.register_corrected(what),
            Kind::Register => words.register_saved(what),
            Kind::Resolve => words.register_resolved(what),
            Kind::Withdraw => words.register_withdrawn(what),
            Kind::Stop => words.register_stopped(what),
            Kind::Resume => words.register_resumed(what),
            Kind::Extend => words.register_extended(what),
            Kind::Reason => words.register_explained(what),
            Kind::Import | Kind::HandOver => what.to_string(),
        }
    }

    fn refused_lines(&self, act: &Act<'_>) -> Vec<String> {
        let words = act.words;
        let saved = !self.said.is_empty();
        let numbered = saved || self.refused.iter().any(|r| r.line > 1);
        let mut lines = Vec::new();
        if saved && !self.refused.is_empty() {
            lines.push(words.post_not_saved().to_string());
        }
        for r in &self.refused {
            lines.push(if numbered { words.bad_line(r.line as i64, &r.why) } else { r.why.clone() });
            if !r.fixes.is_empty() {
                lines.push(words.bad_fix(r.fixes.join(&words.bad_or())));
            }
        }
        lines
    }

    fn fixes(&self, act: &Act<'_>) -> Vec<Choice> {
        let (sent_at, unit) = (act.origin.sent_at.timestamp(), act.person.unit.0);
        let say = |(label, text): (String, &String)| Choice {
            label,
            action: ChoiceAction::Say { text: text.clone(), sent_at, unit, confirmed: false },
        };
        let ready = |r: &Refused| {
            let fixes = r.fixes.iter().map(|f| (act.words.choice_save(f), f));
            fixes.chain(r.choices.iter().map(|(label, text)| (label.clone(), text))).map(say).collect::<Vec<_>>()
        };
        self.refused.iter().flat_map(ready).take(MOST_CHOICES).collect()
    }

    /// Colleagues learn what was done with their dossiers, or that they have got one.
    fn told(&self, act: &Act<'_>) -> Vec<Reply> {
        let me = act.person.official;
        let mut about: Vec<(OfficialId, Vec<String>)> = Vec::new();
        for (change, (head, detail)) in self.changes.iter().zip(&self.said) {
            let before = change.before.as_ref().and_then(|b| b.holder);
            for person in
                [change.after.holder, before.filter(|b| Some(*b) != change.after.holder)].into_iter().flatten()
            {
                let line = act.words.register_one_of(head.as_str(), detail.as_str());
                match about.iter_mut().find(|(p, _)| *p == person) {
                    Some((_, lines)) => lines.push(line),
                    None => about.push((person, vec![line])),
                }
            }
        }
        let to = |(person, lines): (OfficialId, Vec<String>)| {
            let what = self.title(act, &act.words.register_several(lines.len().to_string()));
            let text = act.words.register_told(act.name_of(me), what, lines.join("\n"));
            Reply::to(person, text)
        };
        about.into_iter().filter(|(person, _)| *person != me).map(to).collect()
    }
}

/// Writes an act of a unit down.
pub async fn note(act: &mut Act<'_>, what: &str, (id, unit): (i64, UnitId), codes: &[&str]) -> Result<(), Refusal> {
    let detail = json!({"act": id, "kind": what, "codes": codes}).to_string();
    let entry = audit::Act {
        at: act.now.timestamp(),
        actor: Some(act.person.official),
        unit: Some(unit),
        kind: "register",
        post: None,
        read: None,
        detail: &detail,
    };
    audit::write(act.conn, &entry).await?;
    Ok(())
}

/// A dossier as a choice: code, field, due day.
pub fn label(act: &Act<'_>, dossier: &Dossier) -> String {
    act.words.dossier_choice(heading(act, dossier), day_month(dossier.due))
}

/// `H12.34.56-261120-0001 · Hộ tịch`.
pub fn heading(act: &Act<'_>, dossier: &Dossier) -> String {
    let field = act.dir.field(dossier.field).map_or("", |f| f.name.as_str());
    format!("{} · {field}", dossier.code)
}
