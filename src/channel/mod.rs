//! The outside world: how messages come in and replies leave.
//!
//! A channel does two things. It *receives*: reads what the platform hands over into
//! [`crate::store::inbox::Incoming`], stores it through [`intake::Intake`], and only then
//! acknowledges it. It *sends*: [`delivery::Delivery`] drains the outbox through
//! [`Channel::send`], obeying the limits of [`rate`]. Between the two stands the router,
//! which knows no platform.
//!
//! Deliberately not here: what a message means (grammar), what it does (app).

pub mod delivery;
mod documents;
mod files;
pub mod http;
pub mod intake;
pub mod present;
pub mod rate;
pub mod reception;
pub mod router;
pub mod telegram;
pub mod terminal;
pub mod zalo;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::watch;

pub use documents::renderer;

pub use crate::app::abilities::Abilities;
pub use crate::app::reply::Rendered;
use crate::store::outbox::Out;
use crate::store::{Connection, Result};

/// Turns true when the program is to end; everything that runs listens.
pub type Stop = watch::Receiver<bool>;

/// Whether the program is to end. A sender that has gone cannot say so any more: that
/// counts as the end, too.
pub fn is_stopping(stop: &Stop) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

/// Waits until the program is to end.
pub async fn stopped(stop: &mut Stop) {
    let _ = stop.wait_for(|s| *s).await;
}

/// Rung after a commit that leaves work for somebody else: the router, or delivery.
///
/// A ring is never lost, and many rings before anybody looks are one.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let bell = motcua::channel::Bell::default();
/// let mut ear = bell.ear();
/// bell.ring();
/// bell.ring();
/// ear.heard().await;
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Bell(Arc<watch::Sender<()>>);

impl Bell {
    pub fn ring(&self) {
        self.0.send_replace(());
    }

    pub fn ear(&self) -> Ear {
        Ear(self.0.subscribe())
    }
}

/// Hears a [`Bell`].
pub struct Ear(watch::Receiver<()>);

impl Ear {
    /// Waits for a ring since the last one heard; for ever once all bells are gone.
    pub async fn heard(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Makes a document from its JSON recipe, off the async threads. The error is for the log.
pub type Renderer = Arc<dyn Fn(String) -> BoxFuture<'static, std::result::Result<Rendered, String>> + Send + Sync>;

/// Fetches the file of a message by the name that the channel gave it.
pub type Fetcher = Arc<dyn Fn(String) -> BoxFuture<'static, std::result::Result<Vec<u8>, FetchError>> + Send + Sync>;

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Over [`crate::import::BYTES_MAX`].
    TooBig,
    /// The platform does not have it any more.
    Gone,
    /// It may be had later.
    Later(String),
}

/// A message that is with the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// All of it; the id of the last part.
    Whole { message_id: Option<i64> },
    /// Only this many parts of it so far.
    Parts(i64),
}

/// Why a message is not (known to be) with the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// Too many messages: surely not sent; may be sent after this time.
    TooMany { after: Duration },
    /// The month's messages are used up, or too many for the whole bot: surely not sent, and
    /// nothing else can be either; may be tried after this time, if the platform named one.
    Exhausted { after: Option<Duration> },
    /// The platform could not be reached: surely not sent.
    Down(String),
    /// The platform may or may not have it: the answer was lost, or was a fault of theirs.
    Ambiguous(String),
    /// The chat cannot be reached: blocked, deactivated, unknown.
    Gone(String),
    /// The chat goes on under another id.
    Moved { to: String },
    /// The token does not hold any more.
    Unauthorised,
    /// Another program receives with this token.
    Conflict,
    /// The platform refuses this message for good.
    Fault(String),
}

impl SendError {
    /// A call that no platform has answered. The address holds the token: it must not get
    /// into a log.
    pub fn unanswered(e: reqwest::Error) -> SendError {
        let e = e.without_url();
        let mut text = e.to_string();
        let mut cause = std::error::Error::source(&e);
        while let Some(c) = cause {
            text = format!("{text}: {c}");
            cause = c.source();
        }
        if e.is_builder() {
            SendError::Fault(text)
        } else if e.is_connect() {
            SendError::Down(text)
        } else {
            SendError::Ambiguous(text)
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SendError::TooMany { after } => write!(f, "too many messages, wait {} s", after.as_secs()),
            SendError::Exhausted { .. } => write!(f, "no messages left for this bot"),
            SendError::Down(e) => write!(f, "not reachable: {e}"),
            SendError::Ambiguous(e) => write!(f, "answer lost: {e}"),
            SendError::Gone(e) => write!(f, "chat not reachable: {e}"),
            SendError::Moved { to } => write!(f, "chat moved to {to}"),
            SendError::Unauthorised => write!(f, "the token is not accepted"),
            SendError::Conflict => write!(f, "another program receives with this token"),
            SendError::Fault(e) => write!(f, "refused: {e}"),
        }
    }
}

/// One platform on which we speak as one bot.
pub trait Channel: Send + Sync + 'static {
    /// `telegram`, `zalo`, `terminal`: as the database names it.
    fn name(&self) -> &'static str;

    /// What it can carry.
    fn abilities(&self) -> &'static Abilities;

    /// Counts messages that have left, or may have, where the platform counts them too; in
    /// the transaction that settles them.
    fn count_sent(&self, _: &mut Connection, _bot_id: i64, _messages: i64) -> impl Future<Output = Result<()>> + Send {
        std::future::ready(Ok(()))
    }

    /// Sends the next part of a message. Whatever is dropped half-way is ambiguous.
    fn send(&self, out: &Out) -> impl Future<Output = std::result::Result<Sent, SendError>> + Send;
}
