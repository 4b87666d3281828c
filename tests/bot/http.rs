//! The HTTP side, over real connections on the loopback: what is asked for comes, and what
//! is hostile neither crashes it, nor learns anything, nor holds up the bot.

mod hostile;
mod links;
mod load;
mod numbers;
mod upload;
mod webhook;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use motcua::app::answer::Answerer;
use motcua::app::desk::Desk;
use motcua::channel::http::webhooks::{Doors, Hooks};
use motcua::channel::http::{self, Limits, Links, Site};
use motcua::channel::{Bell, Rendered, Renderer, renderer};
use motcua::clock::{Clock, ManualClock, OFFICE_ZONE, SystemClock};
use motcua::domain::official::OfficialId;
use motcua::store::Store;
use motcua::words::Locale;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::FakeZalo;
use crate::office::at;
use crate::wire::Wire;

/// The secret of the settings.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A site at work on a database of its own, with a clock that tests move.
pub struct Web {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub doors: Doors,
    /// How often a document was made.
    pub made: Arc<AtomicUsize>,
    pub address: String,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    _folder: Option<tempfile::TempDir>,
}

/// Short times, so that no test waits for long ones.
pub fn hasty() -> Limits {
    let soon = Duration::from_millis(200);
    Limits { head: soon, request: soon, connection: Duration::from_secs(3), last: soon, ..Limits::default() }
}

impl Web {
    pub async fn new() -> Web {
        Web::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Web {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("office.db").display())).await.unwrap();
        let answerer = Arc::new(Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi) });
        let clock = ManualClock::new(at("2026-11-20T09:00"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Web::on(listener, (store, Some(folder)), (answerer, Bell::default()), (clock, limits, None))
    }

    /// A whole bot on Telegram, and its site beside it.
    pub async fn beside(fake: &FakeTelegram) -> (Wire, Web) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let wire = Wire::reached(fake, url).await;
        let clock = ManualClock::new(SystemClock.now());
        let bot = (wire.answerer.clone(), wire.bells.outbox.clone());
        let web = Web::on(listener, (wire.store.clone(), None), bot, (clock, Limits::default(), None));
        (wire, web)
    }

    /// A whole bot on Zalo, and its site with the real documents beside it.
    pub async fn beside_zalo(fake: &FakeZalo) -> (Wire, Web) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut wire = Wire::reached_at(format!("http://{}", listener.local_addr().unwrap())).await;
        wire.zalo(fake).await;
        let documents = renderer(wire.store.clone(), wire.answerer.clone());
        let clock = (ManualClock::new(SystemClock.now()), Limits::default(), Some(documents));
        let bot = (wire.answerer.clone(), wire.bells.outbox.clone());
        let web = Web::on(listener, (wire.store.clone(), None), bot, clock);
        (wire, web)
    }

    fn on(
        listener: TcpListener,
        (store, folder): (Store, Option<tempfile::TempDir>),
        (answerer, bell): (Arc<Answerer>, Bell),
        (clock, limits, renderer): (ManualClock, Limits, Option<Renderer>),
    ) -> Web {
        let (doors, made, clock) = (Doors::default(), Arc::new(AtomicUsize::new(0)), Arc::new(clock));
        let site = Site {
            store: store.clone(),
            clock: clock.clone(),
            renderer: renderer.unwrap_or_else(|| documents(made.clone())),
            answerer,
            bell,
            doors: doors.clone(),
            words: Locale::Vi.words(),
            limits,
        };
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(http::serve(listener, site, stopping));
        Web { store, clock, doors, made, address, stop, task, _folder: folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn links(&self) -> Links {
        Links::new(&self.url(""), self.clock.clone())
    }

    pub fn hooks(&self) -> Hooks {
        Hooks { doors: self.doors.clone(), public_url: self.url(""), secret: SECRET.to_string().into() }
    }

    /// A link to a document of this name.
    pub async fn link_to(&self, name: &str, owner: Option<i64>) -> String {
        let mut w = self.store.write().await.unwrap();
        let recipe = serde_json::json!({"name": name, "unit": 1}).to_string();
        let url = self.links().for_file(&mut w, &recipe, owner.map(OfficialId)).await.unwrap();
        w.commit().await.unwrap();
        url
    }

    /// Bytes as they are, over a connection of their own; all that comes back until it ends.
    pub async fn raw(&self, request: &str) -> String {
        let mut socket = self.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        _ = socket.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.unwrap()
    }

    pub async fn stop(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

/// Makes “documents” whose bytes are their names.
fn documents(made: Arc<AtomicUsize>) -> Renderer {
    Arc::new(move |recipe| {
        made.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            let recipe: serde_json::Value = serde_json::from_str(&recipe).map_err(|e| e.to_string())?;
            let name = recipe["name"].as_str().ok_or("no name")?.to_string();
            Ok(Rendered { bytes: name.clone().into_bytes(), name })
        })
    })
}

/// The address asked as it is: a client would tidy `..` away.
pub fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

/// `HTTP/1.1 404 Not Found` → 404.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0)
}
