//! Posting counts: the bot's main act.
//!
//! [`post`] takes a message that the grammar has read, judges each line by the unit's own
//! facts ([`lines`]), stores the good ones, replays what they touch and echoes what now
//! stands ([`echo`]), with cautions ([`cautions`]) and the lines that were not saved
//! ([`refused`]); a few things are asked first ([`asking`]). [`mod@edit`] and [`undo`] go through
//! the same replay.

mod asking;
mod cautions;
pub mod changes;
mod echo;
mod edit;
mod limits;
mod lines;
mod refused;
mod undo;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use cautions::SMALLEST_OUTLIER;
pub use edit::edit;
pub use lines::days_of;
pub use refused::{closed_period, example};
pub use undo::{undo_latest, undo_post};

use super::reply::{Reply, To};
use super::{Act, Answer, Refusal, Scene};
use crate::domain::field::FieldId;
use crate::domain::official::{Action, OfficialId, Role, may};
use crate::domain::unit::UnitId;
use crate::grammar::post::{Colleague, Reading};
use crate::store::closed::{self, Closed};
use crate::store::counts::{self, Known, Recomputed};
use crate::store::directory::Directory;
use crate::store::posts::{self, Key, NewPost, PostKind, Read, Source};
use crate::store::{Connection, StoreError, audit, days};
use echo::{Around, Told};
use lines::Judgement;

/// A new message of counts, read.
pub struct New<'a> {
    pub scene: Scene<'a>,
    pub text: &'a str,
    pub reading: Reading,
}

/// One that may be stored.
struct Draft<'a> {
    /// Its place among those that came together.
    at: usize,
    scene: Scene<'a>,
    text: &'a str,
    about: OfficialId,
    judged: Judgement,
}

/// Stores a new message of counts and says what now stands.
///
/// # Errors
/// [`Refusal::Told`] when the person may not post (for that colleague).
pub async fn post(act: &mut Act<'_>, text: &str, reading: Reading) -> Answer {
    let new = New { scene: act.scene.clone(), text, reading };
    post_all(act.conn, vec![new]).await?.pop().unwrap_or(Ok(Vec::new()))
}

/// Stores new messages of counts that came together, however many with few statements (SPEC
/// §13), and says to each what now stands. They must be of different units, so that none
/// changes what another is told; a message that is refused changes nothing.
///
/// # Errors
/// Of the database: then none of them is stored.
pub async fn post_all(conn: &mut Connection, new: Vec<New<'_>>) -> Result<Vec<Answer>, StoreError> {
    let mut answers: Vec<(usize, Answer)> = Vec::with_capacity(new.len());
    let mut drafts = Vec::with_capacity(new.len());
    let closed = closed::all_touching(conn, &new.iter().map(New::span).collect::<Vec<_>>()).await?;
    for (at, (new, closed)) in new.into_iter().zip(&closed).enumerate() {
        match Draft::of(at, new, closed) {
            Ok(draft) if draft.judged.lines.is_empty() => answers.push(nothing_saved(conn, &draft).await?),
            Ok(draft) => drafts.push(draft),
            Err(refusal) => answers.push((at, Err(refusal))),
        }
    }
    let (asked, to_save) = ask_first(conn, drafts).await?;
    answers.extend(asked);
    let (refused, to_save) = within_limits(to_save);
    for draft in &refused {
        answers.push(nothing_saved(conn, draft).await?);
    }
    answers.extend(save(conn, to_save).await?);
    answers.sort_by_key(|(at, _)| *at);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

impl New<'_> {
    /// The unit, and the first and last day that good lines speak of.
    fn span(&self) -> (UnitId, NaiveDate, NaiveDate) {
        let days = lines::days_of(&self.reading);
        let or_today = |day: Option<&NaiveDate>| day.copied().unwrap_or(self.scene.today);
        (self.scene.person.unit, or_today(days.first()), or_today(days.last()))
    }
}

impl<'a> Draft<'a> {
    fn of(at: usize, New { scene, text, reading }: New<'a>, closed: &[Closed]) -> Result<Draft<'a>, Refusal> {
        scene.ask_leave(Action::Post)?;
        let about = about(&scene, scene.person.unit, &reading)?;
        let judged = lines::judge(&scene, (scene.person.unit, about), reading, closed)?;
        Ok(Draft { at, scene, text, about, judged })
    }

    fn unit(&self) -> UnitId {
        self.scene.person.unit
    }

    fn as_post(&self) -> NewPost<'_> {
        let origin = self.scene.origin;
        let (chat_id, message_id) = (origin.chat_id.clone(), origin.message_id);
        NewPost {
            kind: PostKind::Post,
            source: Source { bot_id: origin.bot_id, chat_id, message_id },
            unit: self.unit(),
            sender: self.scene.person.official,
            sent_at: origin.sent_at,
            lines: &self.judged.lines,
        }
    }
}

/// The answer to a message of which no line is stored.
async fn nothing_saved(conn: &mut Connection, draft: &Draft<'_>) -> Result<(usize, Answer), StoreError> {
    let stated = cautions::stated(conn, &draft.scene, draft.unit(), &draft.judged).await?;
    Ok((draft.at, Ok(vec![refused::reply(&draft.scene, &draft.judged, stated)])))
}

/// Parts those about which something is asked first from those to be saved, which go on
/// with what is known about their keys.
async fn ask_first<'a>(
    conn: &mut Connection,
    drafts: Vec<Draft<'a>>,
) -> Result<(Vec<(usize, Answer)>, Vec<(Draft<'a>, Known)>), StoreError> {
    let (mut asked, mut to_save) = (Vec::new(), Vec::new());
    let Some(dir) = drafts.first().map(|d| d.scene.dir.clone()) else { return Ok((asked, to_save)) };
    let keys: Vec<(UnitId, &[Key])> = drafts.iter().map(|d| (d.unit(), d.judged.order.as_slice())).collect();
    let known = counts::known(conn, &dir, &keys).await?;
    for (draft, known) in drafts.into_iter().zip(known) {
        let question = asking::before_saving(&draft.scene, draft.text, (draft.about, &draft.judged), &known.standing);
        match question {
            Some(question) => asked.push((draft.at, Ok(vec![question]))),
            None => to_save.push((draft, known)),
        }
    }
    Ok((asked, to_save))
}

/// Takes out the lines whose `+` would lead over the limit; parts those of which nothing is
/// left.
fn within_limits<'a>(to_save: Vec<(Draft<'a>, Known)>) -> (Vec<Draft<'a>>, Vec<(Draft<'a>, Known)>) {
    let (mut refused, mut left) = (Vec::new(), Vec::with_capacity(to_save.len()));
    for (mut draft, mut known) in to_save {
        let over = limits::over(&draft.scene, &draft.judged, &known.standing);
        if !over.is_empty() {
            let judged = std::mem::take(&mut draft.judged);
            draft.judged = judged.without(&draft.scene, (draft.unit(), draft.about), &over);
            known.standing.retain(|key, _| draft.judged.order.contains(key));
        }
        match draft.judged.lines.is_empty() {
            true => refused.push(draft),
            false => left.push((draft, known)),
        }
    }
    (refused, left)
}

async fn save(conn: &mut Connection, to_save: Vec<(Draft<'_>, Known)>) -> Result<Vec<(usize, Answer)>, StoreError> {
    let (drafts, mut known): (Vec<Draft<'_>>, Vec<Known>) = to_save.into_iter().unzip();
    let Some(dir) = drafts.first().map(|d| d.scene.dir.clone()) else { return Ok(Vec::new()) };
    let posts: Vec<NewPost<'_>> = drafts.iter().map(Draft::as_post).collect();
    let stored = posts::add_all(conn, &dir, &posts).await?;
    for ((draft, post), known) in drafts.iter().zip(&stored).zip(&mut known) {
        known.say((post.id, draft.scene.person.official), &draft.judged.lines);
    }
    let done = counts::bring_up_to_date(conn, &known).await?;
    let told: Vec<Told<'_>> = drafts
        .iter()
        .zip(stored)
        .zip(&done)
        .map(|((d, post), done)| Told {
            scene: &d.scene,
            unit: d.unit(),
            about: d.about,
            post,
            judged: &d.judged,
            done,
        })
        .collect();
    write_down_all(conn, &told).await?;
    let around = echo::around(conn, &told).await?;
    let answer =
        |((draft, told), around): ((&Draft<'_>, &Told<'_>), &Around)| (draft.at, Ok(replies(told, around, None)));
    Ok(drafts.iter().zip(&told).zip(&around).map(answer).collect())
}

/// The echo, and what each colleague is told of what was done in their name: an edit may
/// have moved figures from one to another.
fn replies(told: &Told<'_>, around: &Around, edited: Option<String>) -> Vec<Reply> {
    let mut replies = vec![echo::reply(told, around, edited)];
    let mut concerned = changes::whose(&told.done.changes, &told.done.zeros);
    concerned.insert(told.about);
    concerned.remove(&told.scene.person.official);
    concerned.retain(|o| is_here(told.scene, *o));
    replies.extend(concerned.into_iter().map(|colleague| tell_colleague(told.scene, colleague, told.done)));
    replies
}

/// Whether somebody still works for any of our units: whoever has left is told nothing more.
pub fn is_here(scene: &Scene<'_>, official: OfficialId) -> bool {
    !scene.dir.memberships_on(official, scene.read_on()).is_empty()
}

/// Officials of a unit on a day.
pub fn colleagues(dir: &Directory, unit: UnitId, day: NaiveDate) -> Vec<OfficialId> {
    dir.members_of(unit).iter().filter(|m| m.span.holds(day)).map(|m| m.official).collect()
}

/// Officials that may be named in a message of `day`: those of the unit on that day, then
/// those who had left it: their days may still be owed. [`Colleague::matches`] counts in this
/// order.
pub fn nameable(dir: &Directory, unit: UnitId, day: NaiveDate) -> Vec<OfficialId> {
    let mut people = colleagues(dir, unit, day);
    for m in dir.members_of(unit).iter().filter(|m| m.span.since <= day) {
        if !people.contains(&m.official) {
            people.push(m.official);
        }
    }
    people
}

/// Whose counts these are: the sender's, or a colleague's for a lead. `unit` is the one whose
/// people the text was read with.
fn about(act: &Scene<'_>, unit: UnitId, reading: &Reading) -> Result<OfficialId, Refusal> {
    let Some(colleague) = &reading.colleague else { return Ok(act.person.official) };
    if !may(act.person.role, Action::PostForColleague) {
        return Err(Refusal::Told(act.words.only_lead_posts_for_others().to_string()));
    }
    match meant(act, unit, (colleague, &lines::days_of(reading))).as_slice() {
        [one] => match role_of(&act.dir, *one, (unit, act.today)) {
            Some(role) if !may(role, Action::Post) => {
                Err(Refusal::Told(act.words.colleague_posts_not(act.shown_name(*one), act.words.role(role))))
            }
            _ => Ok(*one),
        },
        [] => Err(Refusal::Told(act.words.no_such_person(&colleague.typed))),
        several => {
            let names: Vec<String> = several.iter().map(|id| act.shown_name(*id)).collect();
            Err(Refusal::Told(act.words.several_people(&colleague.typed, names.join(", "))))
        }
    }
}

/// Of those called so: who belonged to the unit on a day that the message speaks of, else
/// who does now, else who once did.
fn meant(act: &Scene<'_>, unit: UnitId, (colleague, days): (&Colleague, &BTreeSet<NaiveDate>)) -> Vec<OfficialId> {
    let people = nameable(&act.dir, unit, act.today);
    let called: Vec<OfficialId> = colleague.matches.iter().filter_map(|i| people.get(*i).copied()).collect();
    let on = |day: NaiveDate| called.iter().copied().filter(move |id| act.dir.membership(*id, unit, day).is_some());
    let then: BTreeSet<OfficialId> = days.iter().flat_map(|day| on(*day)).collect();
    let now: Vec<OfficialId> = on(act.today).collect();
    match (then.is_empty(), now.is_empty()) {
        (false, _) => then.into_iter().collect(),
        (true, false) => now,
        (true, true) => called,
    }
}

/// The role of a member, or the last one of somebody who has left.
pub fn role_of(dir: &Directory, official: OfficialId, (unit, day): (UnitId, NaiveDate)) -> Option<Role> {
    let last = || dir.members_of(unit).iter().rfind(|m| m.official == official);
    dir.membership(official, unit, day).or_else(last).map(|m| m.role)
}

/// The colleague learns what was posted in their name.
fn tell_colleague(act: &Scene<'_>, about: OfficialId, done: &Recomputed) -> Reply {
    let text = changes::of(act, about, done);
    Reply { to: To::Person(about), ..Reply::text(act.words.told_colleague(act.name_of(act.person.official), text)) }
}

/// Writes an edit or undo down, with each change from → to, under every day it touches.
async fn write_down(
    act: &mut Act<'_>,
    unit: UnitId,
    kind: &str,
    (post, read, keys): (i64, Option<Read>, &[Key]),
    done: &Recomputed,
) -> Result<(), Refusal> {
    let detail = audit::changes_json(&act.dir, &done.changes, &done.zeros);
    let entry = entry(&act.scene, (unit, kind), (post, read), &detail);
    audit::write_days(act.conn, &entry, &days_touched(keys, done)).await?;
    Ok(())
}

/// Writes new posts down, in their order.
async fn write_down_all(conn: &mut Connection, told: &[Told<'_>]) -> Result<(), StoreError> {
    let detail = |t: &Told<'_>| audit::changes_json(&t.scene.dir, &t.done.changes, &t.done.zeros);
    let details: Vec<String> = told.iter().map(detail).collect();
    let mut acts = Vec::with_capacity(told.len());
    for (t, detail) in told.iter().zip(&details) {
        let entry = entry(t.scene, (t.unit, "post"), (t.post.id, Some(t.post.read)), detail);
        acts.push((entry, days_touched(&t.judged.order, t.done)));
    }
    audit::write_all(conn, &acts).await?;
    Ok(())
}

fn entry<'a>(
    scene: &Scene<'_>,
    (unit, kind): (UnitId, &'a str),
    (post, read): (i64, Option<Read>),
    detail: &'a str,
) -> audit::Act<'a> {
    let (at, actor) = (scene.now.timestamp(), Some(scene.person.official));
    audit::Act { at, actor, unit: Some(unit), kind, post: Some(post), read, detail }
}

/// Days that a message speaks of, and later ones whose stock values have changed with it.
fn days_touched(keys: &[Key], done: &Recomputed) -> BTreeSet<i64> {
    keys.iter().chain(done.changes.iter().map(|c| &c.key)).map(|k| days::to_db(k.day)).collect()
}

/// `Hộ tịch`, or the name for what is posted for the whole unit.
fn heading(act: &Scene<'_>, field: Option<FieldId>) -> String {
    field.map_or_else(|| act.words.whole_unit(), |f| field_name(act, f))
}

fn field_name(act: &Scene<'_>, field: FieldId) -> String {
    act.dir.field(field).map(|f| f.name.clone()).unwrap_or_default()
}

/// A line as it has to be sent here to be about that person.
fn ready_line(act: &Scene<'_>, about: OfficialId, line: String) -> String {
    match about == act.person.official {
        true if act.origin.private => line,
        true => format!("/nhap {line}"),
        false => format!("/nhap @{} {line}", typed_name(act, about)),
    }
}

/// A colleague as a line ready to copy names them; in groups the reader fills the name in.
fn typed_name(act: &Scene<'_>, colleague: OfficialId) -> String {
    if act.origin.private { act.name_of(colleague).to_string() } else { act.words.template_name() }
}
