//! `motcua tick [--at TIME] [--dry-run] [--json]`: everything that is due at TIME, once; for
//! offices that let the machine's own timetable call it, and to see what would be told.

use std::process;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::bots::{self, Asked, Connector, Platform, Wanted};
use super::setup::tell;
use super::table::Table;
use super::{End, Office, desk};
use crate::app::answer::Answerer;
use crate::app::nag::{self, Look, Outgoing};
use crate::channel::delivery::Delivery;
use crate::channel::rate::Limits;
use crate::channel::{Bell, Channel, SendError};
use crate::clock::{Clock, RunningClock, SystemClock};
use crate::domain::nag::facts::Whom;
use crate::jobs;
use crate::settings::Settings;
use crate::store::directory::Directory;
use crate::store::nags::Stage;
use crate::store::{Store, lock, outbox};

/// How often a platform is asked before the command gives up.
const TRIES: u32 = 4;
/// Rest between two tries.
const REST: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct TickArgs {
    /// Như vào giờ này, ví dụ 2026-11-20T16:15 (mặc định: bây giờ)
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Chỉ in ra ai sẽ được nhắc gì, không gửi và không ghi gì
    #[arg(long)]
    dry_run: bool,
    /// In dạng JSON
    #[arg(long)]
    json: bool,
}

/// Tells what is due and delivers it.
///
/// # Errors
/// Of the database and the machine; whoever runs on the database already, and a token that
/// is missing or does not hold, are told and give an [`End`].
pub async fn tick(settings: Settings, args: TickArgs) -> anyhow::Result<End> {
    let Some(at) = super::time(&settings, args.at.as_deref()) else { return Ok(End::Usage) };
    let now = at.unwrap_or_else(|| SystemClock.now());
    let words = settings.locale.words();
    let office = Office::open(&settings).await?;
    let since = SystemClock.now().with_timezone(&settings.timezone).format("%H:%M %d/%m/%Y").to_string();
    let _run = match lock::run(office.store.path(), &words.tick_who(process::id().to_string(), since)) {
        Ok(lock) => lock,
        Err(lock::LockError::Held(who)) => {
            tell(&words.tick_held(who));
            return Ok(End::No);
        }
        Err(e) => return Err(e.into()),
    };
    let look = Look { stage: Stage::Phones, now, zone: settings.timezone };
    let end = match args.dry_run {
        true => preview(&office, &settings, look, args.json).await,
        false => deliver(&office, &settings, look, args.json).await,
    };
    office.store.close().await;
    end
}

async fn preview(office: &Office, settings: &Settings, look: Look, json: bool) -> anyhow::Result<End> {
    let desk = desk(settings);
    let mut snapshot = office.store.read().await?;
    let planned = nag::plan(&mut snapshot, &desk, look).await?;
    let dir = desk.directory(&mut snapshot).await?;
    show(&dir, &planned.outgoing, settings, json);
    Ok(End::Done)
}

async fn deliver(office: &Office, settings: &Settings, look: Look, json: bool) -> anyhow::Result<End> {
    let (words, store) = (settings.locale.words(), office.store.clone());
    let wanted = bots::wanted(settings, &mut *store.read().await?).await?;
    if wanted.is_empty() {
        tell(&words.tick_no_token());
        return Ok(End::Usage);
    }
    let answerer = Arc::new(Answerer { desk: desk(settings).reached_at(settings.public_url.clone()) });
    let around: (Settings, Store, Arc<dyn Clock>) = (settings.clone(), store.clone(), Arc::new(SystemClock));
    // First who we are: what is written down as told has to have a way out.
    let renderer = crate::channel::renderer(store.clone(), answerer.clone());
    let connector = Connector::new(around, (answerer.clone(), renderer), &wanted);
    let (at_work, end) = connect(&connector, &wanted).await?;
    if at_work.is_empty() {
        return Ok(end);
    }
    let told = jobs::nag::tick(&store, &answerer.desk, look).await?;
    let dir = answerer.desk.directory(&mut *store.read().await?).await?;
    show(&dir, &told, settings, json);
    // What is told as of an earlier time is of use by that time's clock.
    let clock: Arc<dyn Clock> = Arc::new(RunningClock::new(look.now.min(SystemClock.now())));
    for (platform, bot) in at_work {
        match platform {
            Platform::Telegram(bot_of) => {
                drain(&store, &clock, (bot_of, bot), Limits::telegram(settings.telegram_rate)).await;
            }
            Platform::Zalo(bot_of) => drain(&store, &clock, (bot_of, bot), Limits::zalo()).await,
        }
    }
    let (left, _) = outbox::backlog(&mut *store.read().await?).await?;
    if left > 0 {
        tell(&words.tick_left(left.to_string()));
    }
    Ok(end)
}

/// The bots that can speak now, with their rows; of the others it is told: they leave these to
/// their work.
async fn connect(connector: &Connector, wanted: &[Wanted]) -> anyhow::Result<(Vec<(Platform, i64)>, End)> {
    let words = connector.settings.locale.words();
    let (mut at_work, mut end) = (Vec::with_capacity(wanted.len()), End::Done);
    for bot in wanted {
        match patiently(connector, bot).await? {
            Ok(platform) => {
                let id = connector.register(bot, &platform).await?;
                at_work.push((platform, id));
            }
            Err(SendError::Unauthorised) => {
                tell(&bot.bad_token(words));
                connector.refused(bot).await?;
                end = End::Usage;
            }
            Err(e) => {
                tell(&words.tick_unreachable(bot.platform(), e.to_string()));
                end = if end == End::Done { End::No } else { end };
            }
        }
    }
    Ok((at_work, end))
}

/// Asks a platform who we are, a few times; a token that does not hold is asked for once.
async fn patiently(connector: &Connector, bot: &Wanted) -> anyhow::Result<Asked> {
    let mut tries = 0;
    loop {
        tries += 1;
        match connector.ask(bot).await? {
            Err(e) if e != SendError::Unauthorised && tries < TRIES => tokio::time::sleep(REST).await,
            asked => return Ok(asked),
        }
    }
}

/// Delivers what is due through one bot.
async fn drain<C: Channel>(store: &Store, clock: &Arc<dyn Clock>, (channel, bot_id): (Arc<C>, i64), limits: Limits) {
    let (_keep, stop) = watch::channel(false);
    let delivery =
        Delivery { store: store.clone(), clock: clock.clone(), channel, bot_id, bell: Bell::default(), limits };
    delivery.drain(stop).await;
}

/// Who is told what, a row a message.
fn show(dir: &Directory, told: &[Outgoing], settings: &Settings, json: bool) {
    let mut table = Table::new(&["to", "unit", "slot", "text", "file"]);
    for message in told {
        let (to, unit) = match message.to {
            Whom::Person(who) => (dir.official(who).map(|o| o.name.clone()), None),
            Whom::Group(unit) => (None, dir.unit(unit).map(|u| u.code.clone())),
        };
        let file = message.file.as_deref().and_then(|f| serde_json::from_str::<Value>(f).ok());
        let period = file.and_then(|f| f.get("period").cloned());
        table.row([json!(to), json!(unit), json!(message.kind), json!(message.text), json!(period)]);
    }
    if told.is_empty() {
        tell(&settings.locale.words().tick_none());
    }
    table.print(json);
}
