//! Lines that were not saved: the word, the reason in a sentence, the corrected line, which
//! is itself a choice.

use crate::app::Scene;
use crate::app::reply::{ChoiceAction, Reply};
use crate::domain::official::OfficialId;
use crate::domain::unit::Unit;
use crate::grammar::names::quoted;
use crate::grammar::period::read_period;
use crate::grammar::post::{Ask, Bad, Good, Reason, template_line};
use crate::report::echo::short_day;
use crate::store::closed::Closed;
use crate::words::Words;
use crate::words::numbers::number;

use super::limits::Over;
use super::lines::Judgement;

/// At most this many corrected lines are offered as choices; more do not fit a phone.
const MOST_CHOICES: usize = 5;

/// One line that was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub line: usize,
    pub why: String,
    /// Corrected lines ready to copy.
    pub fixes: Vec<String>,
}

/// The lines `Chưa lưu: …` for a reply, if any.
pub fn text_lines(scene: &Scene<'_>, refused: &[Refused], saved: bool) -> Vec<String> {
    let words = scene.words;
    let mut lines = Vec::new();
    if !refused.is_empty() && saved {
        lines.push(words.post_not_saved());
    }
    let numbered = refused.len() > 1 || saved || refused.iter().any(|r| r.line > 1);
    for r in refused {
        let why = if numbered { words.bad_line(r.line as i64, &r.why) } else { r.why.clone() };
        lines.push(why);
        if !r.fixes.is_empty() {
            lines.push(words.bad_fix(r.fixes.join(&words.bad_or())));
        }
    }
    lines
}

/// Adds the corrected lines as choices.
pub fn with_choices(scene: &Scene<'_>, mut reply: Reply, refused: &[Refused]) -> Reply {
    for fix in refused.iter().flat_map(|r| &r.fixes).take(MOST_CHOICES) {
        let action = ChoiceAction::Say {
            text: fix.clone(),
            sent_at: scene.origin.sent_at.timestamp(),
            unit: scene.person.unit.0,
            confirmed: false,
        };
        reply = reply.with_choice(scene.words.choice_save(fix), action);
    }
    reply
}

/// The reply to a message of which nothing was saved. `stated` are the lines about `con N`.
pub fn reply(scene: &Scene<'_>, judged: &Judgement, stated: Vec<String>) -> Reply {
    let mut lines = stated;
    lines.extend(text_lines(scene, &judged.refused, false));
    if lines.is_empty() {
        lines.push(scene.words.post_empty(example(scene)));
    }
    with_choices(scene, Reply::text(lines.join("\n")), &judged.refused)
}

/// A line that this person could send.
pub fn example(scene: &Scene<'_>) -> String {
    let held = scene.dir.membership(scene.person.official, scene.person.unit, scene.today);
    let field = held.and_then(|m| m.fields_on(scene.today).next()).and_then(|f| scene.dir.field(f));
    let code = field.map_or("ht".to_string(), |f| crate::grammar::fold::fold(&f.code));
    template_line(&code).replace("ol", "ol 9").replace(" tr", " tr 3").replace(" th", " th 8").replace(" dh", " dh 2")
}

/// A good line on a closed day.
pub fn closed(scene: &Scene<'_>, good: &Good, closed: &Closed) -> Refused {
    let why = scene.words.bad_closed(short_day(good.day, scene.today), period_label(scene, closed));
    Refused { line: good.line, why, fixes: Vec::new() }
}

/// A good line on a day when the colleague did not belong to the unit.
pub fn not_a_member(scene: &Scene<'_>, about: OfficialId, good: &Good) -> Refused {
    let why = scene.words.not_a_member(scene.shown_name(about), short_day(good.day, scene.today));
    Refused { line: good.line, why, fixes: Vec::new() }
}

/// A good line whose `+` would lead over the limit.
pub fn over_limit(scene: &Scene<'_>, good: &Good, over: &Over) -> Refused {
    let why = scene.words.bad_over_limit(quoted(&good.source), number(over.stands), number(over.max));
    Refused { line: good.line, why, fixes: Vec::new() }
}

/// A closed period as printed, e.g. `Tháng 11/2026`.
pub fn period_label(scene: &Scene<'_>, closed: &Closed) -> String {
    closed_period(scene.dir.unit(scene.person.unit), closed, scene.words)
}

/// The same of any unit.
pub fn closed_period(unit: Option<&Unit>, closed: &Closed, words: &Words) -> String {
    let Some(unit) = unit else { return closed.period.clone() };
    match read_period(&closed.period, unit.scheme, closed.last) {
        Ok((Some(period), _)) => words.period(&period),
        _ => closed.period.clone(),
    }
}

/// A line with two readings: both are choices.
pub fn ask(scene: &Scene<'_>, ask: Ask) -> Refused {
    Refused { line: ask.line, why: scene.words.ask_readings(quoted(&ask.word)), fixes: ask.readings }
}

/// A line the grammar refused.
pub fn bad(scene: &Scene<'_>, bad: Bad) -> Refused {
    Refused { line: bad.line, why: why(scene.words, &bad), fixes: bad.fixes }
}

fn why(words: &Words, bad: &Bad) -> String {
    // A phone shows no more of a line that went wrong.
    let word = quoted(&bad.word);
    let word = word.as_str();
    match bad.reason {
        Reason::NotWholeNumber => words.bad_not_whole(word),
        Reason::Negative => words.bad_negative(word),
        Reason::TooLarge { max } => words.bad_too_large(word, number(max)),
        Reason::MissingWord => words.bad_missing_word(word),
        Reason::MissingNumber => words.bad_missing_number(word),
        Reason::AmbiguousWord => words.bad_ambiguous(word),
        Reason::UnknownWord => words.bad_unknown_word(word),
        Reason::Twice { .. } => words.bad_twice(word),
        Reason::ZeroWithFigures => words.bad_zero_with_figures(word),
        Reason::FutureDay => words.bad_future(word),
        Reason::BadDate => words.bad_date(word),
        Reason::TwoDays => words.bad_two_days(),
        Reason::DayAlone => words.bad_day_alone(word),
        Reason::UnknownField => words.bad_unknown_field(word),
        Reason::FieldNotEnabled => words.bad_not_enabled(word),
        Reason::FieldAlone => words.bad_field_alone(word),
        Reason::MissingField => words.bad_missing_field(),
        Reason::ControlMismatch { stated, parts, .. } => {
            words.bad_control(word, number(stated), number(parts), number((stated - parts).abs()))
        }
        Reason::ControlAlone { control } => words.bad_control_alone(word, words.control(control)),
        Reason::ControlsAlone => words.bad_controls_alone(word),
        Reason::ControlUnclear { .. } => words.bad_control_unclear(word),
        Reason::PersonalNumber => words.bad_personal(),
        Reason::TooManyLines { max } => words.bad_too_many_lines(number(max as i64)),
    }
}
