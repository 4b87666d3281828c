//! `/trogiup`: what this person may do, and how; all of it from the table of commands.

use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::figure::FIGURES;
use crate::domain::official::may;
use crate::grammar::command::{read_command, suggest};
use crate::grammar::table::{COMMANDS, Command, CommandRow};

/// Without a name every command of the person's role, one example each; with one, that
/// command.
///
/// # Errors
/// A name of no command, or of one that is not for this role.
pub fn help(act: &Act<'_>, rest: &str) -> Answer {
    let typed = rest.trim();
    Ok(vec![Reply::text(if typed.is_empty() { all(act) } else { one(act, typed)? })])
}

fn all(act: &Act<'_>) -> String {
    let (words, role) = (act.words, act.person.role);
    let unit = act.dir.unit(act.person.unit).map_or("", |u| u.name.as_str());
    let own = || COMMANDS.iter().filter(|r| may(role, r.action));
    let line = |r: &CommandRow| words.help_line(r.usage(words), (r.help)(words), r.example);
    let mut lines = vec![words.help_head(words.role(role), unit)];
    lines.extend(own().map(line));
    lines.extend(own().next().map(|r| words.help_foot(r.name)));
    lines.join("\n")
}

fn one(act: &Act<'_>, typed: &str) -> Result<String, Refusal> {
    let (words, role) = (act.words, act.person.role);
    let slashed = format!("/{}", typed.trim_start_matches('/'));
    let row = read_command(&slashed, true, None).map(|(row, _)| row).or_else(|| suggest(&slashed, true));
    let row = row.ok_or_else(|| Refusal::Told(words.help_unknown(typed)))?;
    if !may(role, row.action) {
        return Err(Refusal::Told(words.help_not_yours(row.name, words.role(role))));
    }
    let mut lines = vec![words.help_one(row.usage(words), (row.help)(words), row.example)];
    if !row.aliases.is_empty() {
        let names: Vec<String> = row.aliases.iter().map(|a| format!("/{a}")).collect();
        lines.push(words.help_aliases(names.join(", ")));
    }
    if row.command == Command::Post {
        let figures = FIGURES.iter().map(|f| format!("{} = {}", f.words[0], words.figure(f.figure)));
        let others = act.dir.indicators.iter().filter_map(|i| Some(format!("{} = {}", i.words.first()?, i.name)));
        lines.push(words.help_figures(figures.chain(others).collect::<Vec<_>>().join("; ")));
    }
    Ok(lines.join("\n"))
}
