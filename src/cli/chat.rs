//! `motcua chat`: the whole bot in the terminal, and the simulator.
//!
//! ```text
//! @2026-11-20T16:15
//! Lan> ht ol 9 tr 3
//! Lan~ ht ol 9 tr 4
//! ```
//! A line `Lan> [tệp] PATH` sends a file. A line ending in `\` continues. Replies are a line `→ Lan`, the text, an empty line;
//! notices begin with `# `.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, Lines};

use super::{End, practice, simulator};
use crate::app::desk::Desk;
use crate::app::export;
use crate::app::nag::Look;
use crate::app::reply::FileRecipe;
use crate::channel::present;
use crate::channel::terminal::{Heard, Terminal, router};
use crate::clock::{Clock, MovableClock, day_of, parse_time};
use crate::domain::official::{OfficialId, Role};
use crate::grammar::names::{Found, find_by_name};
use crate::jobs;
use crate::store::directory::Directory;
use crate::store::nags::Stage;
use crate::store::{Store, lock};
use crate::words::Words;

/// What the command line says.
pub struct Options {
    /// Who speaks on lines without a name.
    pub speaker: Option<String>,
    /// Where the clock begins.
    pub at: Option<DateTime<Utc>>,
    /// A person sits at the keyboard: greeted before anything is typed.
    pub greet: bool,
}

/// Holds the chat until the input ends.
///
/// # Errors
/// Of the database, of reading the input and of writing the output.
pub async fn chat<I, O>(store: Store, desk: Desk, options: Options, input: I, out: O) -> anyhow::Result<End>
where
    I: AsyncBufRead + Unpin,
    O: Write,
{
    let clock = Arc::new(MovableClock::default());
    let (zone, words) = (desk.zone, desk.locale.words());
    let mut chat = Chat {
        words,
        zone,
        options,
        clock: clock.clone(),
        terminal: Terminal::open(router(store.clone(), clock, desk)).await?,
        store,
        out,
    };
    if let Some(at) = chat.options.at
        && !chat.move_to(at).await?
    {
        return Ok(End::Usage);
    }
    if chat.options.greet {
        chat.open_office().await?;
    }
    let left = chat.terminal.answers().await?;
    chat.show(left).await?;
    let mut lines = input.lines();
    while let Some(line) = whole_line(&mut lines).await? {
        if line.trim().is_empty() {
            continue;
        }
        if !chat.line(&line).await? {
            return Ok(End::Usage);
        }
    }
    chat.open_office().await?;
    Ok(End::Done)
}

/// One line of input; lines that end in `\` are joined with the next.
async fn whole_line<I: AsyncBufRead + Unpin>(lines: &mut Lines<I>) -> anyhow::Result<Option<String>> {
    let Some(mut line) = lines.next_line().await? else { return Ok(None) };
    while let Some(begun) = line.strip_suffix('\\') {
        let begun = begun.to_string();
        match lines.next_line().await? {
            Some(next) => line = format!("{begun}\n{next}"),
            None => line = begun,
        }
    }
    Ok(Some(line))
}

struct Chat<O> {
    words: &'static Words,
    zone: chrono_tz::Tz,
    options: Options,
    clock: Arc<MovableClock>,
    terminal: Terminal,
    store: Store,
    out: O,
}

/// A line that names its speaker.
enum Spoken<'a> {
    Says(OfficialId, &'a str),
    /// Edits the n-th last message.
    Edits(OfficialId, i64, &'a str),
    /// Several people are called so.
    Unclear(Vec<String>),
    /// No official's name: the whole line is said by the default speaker.
    Unnamed,
}

impl<O: Write> Chat<O> {
    /// Does one line; `false` where it is not clear who speaks.
    async fn line(&mut self, line: &str) -> anyhow::Result<bool> {
        if let Some(time) = line.strip_prefix('@').and_then(|t| parse_time(t.trim(), self.zone)) {
            self.move_to(time).await?;
            return Ok(true);
        }
        self.open_office().await?;
        let dir = self.directory().await?;
        let heard = match self.spoken(&dir, line) {
            Spoken::Says(who, text) => self.terminal.say(who, text).await?,
            Spoken::Edits(who, back, text) => match self.terminal.edit(who, back, text).await? {
                Some(heard) => heard,
                None => {
                    self.notice(&self.words.chat_nothing_to_edit())?;
                    return Ok(true);
                }
            },
            Spoken::Unclear(names) => {
                self.notice(&self.words.chat_several(names.join(", ")))?;
                return Ok(true);
            }
            Spoken::Unnamed => match self.default_speaker(&dir) {
                Ok(who) => self.terminal.say(who, line).await?,
                Err(names) => {
                    eprintln!("{}", self.words.chat_who_speaks(names.join(", ")));
                    return Ok(false);
                }
            },
        };
        self.show(heard).await?;
        Ok(true)
    }

    /// Makes the practice office where there is none. Not before somebody speaks: its people
    /// join on the day on which the clock stands by then.
    async fn open_office(&mut self) -> anyhow::Result<()> {
        if !self.directory().await?.units.is_empty() {
            return Ok(());
        }
        let today = day_of(self.clock.now(), self.zone);
        if practice::make_on_empty(&self.store, self.words, today).await? {
            self.notice(&self.words.chat_practice())?;
        }
        Ok(())
    }

    async fn directory(&self) -> anyhow::Result<Arc<Directory>> {
        let mut snapshot = self.store.read().await?;
        Ok(self.terminal.router().answerer.desk.directory(&mut snapshot).await?)
    }

    /// Moves the clock, never back, and shows every nag on the way; refused while a run lives
    /// on this database.
    async fn move_to(&mut self, time: DateTime<Utc>) -> anyhow::Result<bool> {
        if let Some(who) = lock::runner(self.store.path()).context("khóa cơ sở dữ liệu")? {
            self.notice(&self.words.chat_clock_run(who))?;
            return Ok(false);
        }
        let from = self.clock.stands();
        if from.is_some_and(|from| time < from) {
            self.notice(&self.words.chat_clock_back())?;
            return Ok(false);
        }
        for moment in simulator::moments(&self.store, self.desk(), (from, time)).await? {
            self.clock.move_to(moment);
            let look = Look { stage: Stage::Terminal, now: moment, zone: self.zone };
            if jobs::nag::tick(&self.store, self.desk(), look).await?.is_empty() {
                continue;
            }
            self.notice(&moment.with_timezone(&self.zone).format("%d/%m/%Y %H:%M").to_string())?;
            let heard = self.terminal.answers().await?;
            self.show(heard).await?;
        }
        self.clock.move_to(time);
        Ok(true)
    }

    fn desk(&self) -> &Desk {
        &self.terminal.router().answerer.desk
    }

    fn spoken<'a>(&self, dir: &Directory, line: &'a str) -> Spoken<'a> {
        let Some(mark) = line.find(['>', '~']) else { return Spoken::Unnamed };
        let (name, rest) = line.split_at(mark);
        let people = self.people(dir);
        let found = find_by_name(name, people.iter().map(|(id, name, _)| (*id, name.as_str())));
        let who = match found {
            Found::One(who) => who,
            Found::Several(all) => {
                let names = people.iter().filter(|(id, _, _)| all.contains(id)).map(|(_, n, _)| n.clone());
                return Spoken::Unclear(names.collect());
            }
            Found::None => return Spoken::Unnamed,
        };
        let (mark, text) = rest.split_at(1);
        if mark == ">" {
            return Spoken::Says(who, text.trim_start());
        }
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let back = if digits > 0 && text[digits..].starts_with(' ') { text[..digits].parse().ok() } else { None };
        match back {
            Some(back) => Spoken::Edits(who, back, text[digits..].trim_start()),
            None => Spoken::Edits(who, 1, text.trim_start()),
        }
    }

    /// Everybody with a role somewhere today.
    fn people(&self, dir: &Directory) -> Vec<(OfficialId, String, Role)> {
        let today = day_of(self.clock.now(), self.zone);
        let mut people: Vec<_> = dir
            .units
            .keys()
            .flat_map(|u| dir.members_of(*u))
            .filter(|m| m.span.holds(today))
            .filter_map(|m| Some((m.official, dir.official(m.official)?.name.clone(), m.role)))
            .collect();
        people.sort_by_key(|(id, _, _)| *id);
        people.dedup_by_key(|(id, _, _)| *id);
        people
    }

    /// Who speaks on a line without a name; the names to choose from where that is open.
    fn default_speaker(&self, dir: &Directory) -> Result<OfficialId, Vec<String>> {
        let people = self.people(dir);
        let names = || people.iter().map(|(_, n, _)| n.clone()).collect::<Vec<_>>();
        if let Some(wanted) = &self.options.speaker {
            return match find_by_name(wanted, people.iter().map(|(id, n, _)| (*id, n.as_str()))) {
                Found::One(id) => Ok(id),
                _ => Err(names()),
            };
        }
        let in_practice = |id: OfficialId| {
            let units = dir.units.values().filter(|u| u.practice);
            units.flat_map(|u| dir.members_of(u.id)).any(|m| m.official == id)
        };
        let lan = people.iter().find(|(id, n, _)| n == practice::SPEAKER && in_practice(*id));
        let officers: Vec<_> = people.iter().filter(|(_, _, r)| *r == Role::Officer).collect();
        match (lan, officers.as_slice()) {
            (Some((id, _, _)), _) => Ok(*id),
            (None, [(id, _, _)]) => Ok(*id),
            _ => Err(names()),
        }
    }

    async fn show(&mut self, heard: Vec<Heard>) -> anyhow::Result<()> {
        if heard.is_empty() {
            return Ok(());
        }
        let dir = self.directory().await?;
        for h in heard {
            writeln!(self.out, "→ {}", dir.official(h.to).map_or("?", |o| o.name.as_str()))?;
            for line in h.out.text.lines() {
                // An empty line ends a reply, so one inside it is a no-break space.
                writeln!(self.out, "{}", if line.is_empty() { "\u{a0}" } else { line })?;
            }
            if let Some(recipe) = &h.out.file {
                let recipe: FileRecipe = serde_json::from_str(recipe).context("recipe")?;
                let file = export::render(&self.store, &self.terminal.router().answerer.desk, &recipe).await?;
                let path = Path::new(".").join(&file.name);
                std::fs::write(&path, &file.bytes).with_context(|| path.display().to_string())?;
                let shown = if recipe.kind.is_picture() { "ảnh" } else { "tệp" };
                writeln!(self.out, "[{shown}] {}", path.display())?;
            }
            for line in present::numbered(&h.out.choices) {
                writeln!(self.out, "{line}")?;
            }
            writeln!(self.out)?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn notice(&mut self, text: &str) -> anyhow::Result<()> {
        writeln!(self.out, "# {text}")?;
        self.out.flush()?;
        Ok(())
    }
}
