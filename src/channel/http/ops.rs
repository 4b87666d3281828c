//! `/healthz` and `/metrics`: how many messages wait and since when. No content, no ids of people.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::{Shared, Unavailable};
use crate::channel::zalo;
use crate::clock::day_of;
use crate::store::{Result, bots, budget, inbox, outbox};
use crate::telemetry;

/// What waits.
struct Backlog {
    inbox: i64,
    outbox: i64,
    /// Age of the oldest message of both, and of those to be sent (seconds).
    oldest: i64,
    oldest_out: i64,
}

/// `{"inbox":0,"outbox":0,"oldest_s":0}`; 503 if the database cannot be read.
pub async fn healthz(State(shared): State<Arc<Shared>>) -> std::result::Result<Json<Value>, Unavailable> {
    let b = backlog(&shared).await.map_err(|e| unreadable(&e))?;
    Ok(Json(json!({"inbox": b.inbox, "outbox": b.outbox, "oldest_s": b.oldest})))
}

/// The numbers of [`telemetry`] as Prometheus reads them.
pub async fn metrics(State(shared): State<Arc<Shared>>) -> std::result::Result<impl IntoResponse, Unavailable> {
    let b = backlog(&shared).await.map_err(|e| unreadable(&e))?;
    telemetry::waiting(b.inbox, b.outbox, b.oldest_out);
    zalo_month(&shared).await.map_err(|e| unreadable(&e))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], telemetry::numbers()))
}

fn unreadable(e: &crate::store::StoreError) -> Unavailable {
    tracing::error!(error = %e, "the database cannot be read");
    Unavailable
}

/// Counts the messages of each Zalo bot this month.
async fn zalo_month(shared: &Shared) -> Result<()> {
    let _turn = shared.reading.acquire().await;
    let mut snapshot = shared.site.store.read().await?;
    let desk = &shared.site.answerer.desk;
    let today = day_of(shared.site.clock.now(), desk.zone);
    for bot in bots::of_channel(&mut snapshot, zalo::NAME).await? {
        let sent = budget::of(&mut snapshot, bot.id, today).await?.sent;
        telemetry::zalo_month((bot.id, &bot.name), sent, i64::from(desk.zalo_monthly));
    }
    Ok(())
}

async fn backlog(shared: &Shared) -> Result<Backlog> {
    let _turn = shared.reading.acquire().await;
    let mut snapshot = shared.site.store.read().await?;
    let (inbox, inbox_since) = inbox::backlog(&mut snapshot).await?;
    let (outbox, outbox_since) = outbox::backlog(&mut snapshot).await?;
    let now = shared.site.clock.now().timestamp();
    let age = |since: Option<i64>| since.map_or(0, |at| (now - at).max(0));
    Ok(Backlog { inbox, outbox, oldest: age(inbox_since).max(age(outbox_since)), oldest_out: age(outbox_since) })
}
