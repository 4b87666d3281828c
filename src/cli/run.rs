//! `motcua run`: every channel that has a token, and what has to be done by the clock.

mod bots;
mod web;

use std::process;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{End, Office, desk};
use crate::app::answer::Answerer;
use crate::app::nag::Look;
use crate::channel::http::{self, Site};
use crate::channel::router::Bells;
use crate::channel::{Bell, Stop, stopped};
use crate::clock::{Clock, SystemClock};
use crate::jobs::{self, Housekeeping};
use crate::settings::Settings;
use crate::store::nags::{self, Stage};
use crate::store::{lock, runs};
use bots::{Bots, Ended};
use web::Web;

/// Time after which a stop no longer waits for anybody.
const LAST: Duration = Duration::from_secs(9);

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
/// Of the database and the machine. A second run on one database, and a token that does
/// not hold, are told and give an [`End`].
pub async fn run(settings: Settings) -> anyhow::Result<End> {
    let words = settings.locale.words();
    let office = Office::open(&settings).await?;
    let since = SystemClock.now().with_timezone(&settings.timezone).format("%H:%M %d/%m/%Y").to_string();
    let who = words.run_who(process::id().to_string(), since);
    let _run = match lock::run(office.store.path(), &who) {
        Ok(lock) => lock,
        Err(lock::LockError::Held(who)) => {
            eprintln!("{}", words.run_second(who));
            return Ok(End::No);
        }
        Err(e) => return Err(e.into()),
    };
    let (stop, stopping) = watch::channel(false);
    let signals = tokio::spawn(async move {
        signal().await;
        let _ = stop.send(true);
    });
    let end = serve(settings, office, stopping).await;
    signals.abort();
    end
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(e) => {
                tracing::warn!(error = %e, "SIGTERM will not be heard");
                let _ = interrupted.await;
                return;
            }
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

/// Serves until the stop; the database is closed in good order where that comes in time.
async fn serve(settings: Settings, office: Office, stopping: Stop) -> anyhow::Result<End> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = office.store.clone();
    let mut tx = store.write().await?;
    let run = runs::begin(&mut tx, clock.now().timestamp()).await?;
    // Reminders that an outage has held back must not leave now, before the clock is looked at.
    nags::withdraw(&mut tx, Stage::Phones, clock.now().timestamp()).await?;
    tx.commit().await?;
    let run_id = run.id;
    let web = Web::new(&settings);
    let answerer = Arc::new(Answerer { desk: desk(&settings).reached_at(settings.public_url.clone()) });
    let house = Housekeeping {
        store: store.clone(),
        clock: clock.clone(),
        zone: settings.timezone,
        backup_dir: settings.backup_dir.clone(),
        text_days: i64::from(settings.text_days),
        run: run_id,
    };
    let wanted = super::bots::wanted(&settings, &mut *store.read().await?).await?;
    let bells = Bells::default();
    let renderer = crate::channel::renderer(store.clone(), answerer.clone());
    let site = Site {
        store: store.clone(),
        clock: clock.clone(),
        renderer: renderer.clone(),
        answerer: answerer.clone(),
        bell: bells.outbox.clone(),
        doors: web.doors.clone(),
        words: settings.locale.words(),
        limits: http::Limits::default(),
    };
    let served = web::start(&settings, site, stopping.clone()).await?;
    let all = (settings, store.clone(), clock.clone());
    let bots = Arc::new(Bots::new(all, (answerer.clone(), renderer), (bells, web), (run, stopping.clone()), &wanted));
    let mut tasks = JoinSet::new();
    for bot in wanted {
        tasks.spawn(bots.clone().serve(bot));
    }
    let chores = tokio::spawn(chores(house, answerer, bots.bells.outbox.clone(), stopping.clone()));
    let ended = watch_over(&mut tasks, stopping).await;
    if !matches!(ended, Ok(End::Done)) {
        chores.abort();
        return ended;
    }
    let in_time = tokio::time::timeout(LAST, async {
        while tasks.join_next().await.is_some() {}
        let _ = tokio::join!(chores, served);
    });
    if in_time.await.is_ok() {
        let mut tx = store.write().await?;
        runs::end(&mut tx, run_id, clock.now().timestamp()).await?;
        tx.commit().await?;
        store.close().await;
    }
    Ok(End::Done)
}

/// Waits for the stop. A bot whose token does not hold leaves the others at work; without any
/// bot there is nothing to run.
async fn watch_over(tasks: &mut JoinSet<anyhow::Result<Ended>>, mut stopping: Stop) -> anyhow::Result<End> {
    loop {
        tokio::select! {
            // Asked first: at a stop the tasks end too, and that is no failure.
            biased;
            () = stopped(&mut stopping) => return Ok(End::Done),
            ended = tasks.join_next() => match ended {
                None => return Ok(End::Usage),
                Some(ended) => match ended?? {
                    Ended::BadToken => {}
                    Ended::Stopped => return Ok(End::Done),
                },
            },
        }
    }
}

/// Looks at the clock until the program stops: nags, and the house's own chores; a failed
/// copy is told to administrators.
async fn chores(house: Housekeeping, answerer: Arc<Answerer>, bell: Bell, mut stop: Stop) {
    loop {
        let look = Look { stage: Stage::Phones, now: house.clock.now(), zone: house.zone };
        match jobs::nag::tick(&house.store, &answerer.desk, look).await {
            Ok(told) if told.is_empty() => {}
            Ok(told) => {
                tracing::info!(messages = told.len(), "people are reminded of what is due");
                bell.ring();
            }
            Err(e) => tracing::error!(error = %e, "reminders cannot be told now"),
        }
        let told = match house.look().await {
            Ok(Some(failure)) => answerer.tell_backup_failed(&house.store, house.clock.now(), &failure).await,
            Ok(None) => Ok(()),
            Err(e) => Err(e),
        };
        match told {
            Ok(()) => bell.ring(),
            Err(e) => tracing::error!(error = %e, "chores cannot be done now"),
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(jobs::LOOK) => {}
        }
    }
}
