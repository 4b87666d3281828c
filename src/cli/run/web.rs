//! The HTTP side of `run`: the server where `MOTCUA_LISTEN` asks for it, and what bots need
//! of it.

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::channel::http::webhooks::{Doors, Hooks};
use crate::channel::http::{self, Site};
use crate::channel::{Stop, stopped};
use crate::settings::{Mode, Settings};

/// What bots need of the HTTP server.
#[derive(Clone, Default)]
pub struct Web {
    pub doors: Doors,
    hooks: Option<Hooks>,
}

impl Web {
    pub fn new(settings: &Settings) -> Web {
        let doors = Doors::default();
        let Some(public_url) = settings.public_url.clone().filter(|_| settings.listen.is_some()) else {
            return Web { doors, ..Web::default() };
        };
        let hooks = settings.webhook_secret.clone().map(|secret| Hooks { doors: doors.clone(), public_url, secret });
        Web { doors, hooks }
    }

    /// What a bot receives through; `None`: it polls.
    pub fn hooks(&self, mode: Mode) -> Option<Hooks> {
        self.hooks.clone().filter(|_| mode == Mode::Webhook)
    }
}

/// Opens the port and serves until the program stops; without `MOTCUA_LISTEN` only waits.
///
/// # Errors
/// When the port cannot be opened: it may be taken.
pub async fn start(settings: &Settings, site: Site, mut stop: Stop) -> anyhow::Result<JoinHandle<()>> {
    let Some(address) = settings.listen else {
        return Ok(tokio::spawn(async move { stopped(&mut stop).await }));
    };
    let words = settings.locale.words();
    let listener = TcpListener::bind(address)
        .await
        .map_err(|e| anyhow::anyhow!(words.web_cannot_listen(address.to_string(), e.to_string())))?;
    super::super::setup::tell(&words.web_ready(address.to_string()));
    Ok(tokio::spawn(http::serve(listener, site, stop)))
}
