//! `/mau`: lines to copy and fill, one for each field the sender holds.

use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::grammar::fold::fold;
use crate::grammar::post::template_line;

/// The sender's lines, with nothing before or after them.
pub fn template(act: &Act<'_>) -> Answer {
    let member = act.dir.membership(act.person.official, act.person.unit, act.today);
    let fields = member.into_iter().flat_map(|m| m.fields_on(act.today)).filter_map(|f| act.dir.field(f));
    let lines: Vec<String> = fields.map(|f| template_line(&fold(&f.code))).collect();
    if lines.is_empty() {
        return Err(Refusal::Told(act.words.no_fields_held()));
    }
    Ok(vec![Reply::text(lines.join("\n"))])
}
