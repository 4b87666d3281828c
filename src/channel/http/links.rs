//! File links. A file is made from its recipe when it is first fetched, off the async
//! threads, and kept in memory for the fetches that follow: platforms fetch a picture more
//! than once. A GET changes nothing.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mime_guess::{Mime, mime};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Shared, page};
use crate::app::reply::Rendered;
use crate::clock::Clock;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::web_links::{self, FileLink};
use crate::store::{Connection, Result};

/// Makes links to files, for channels that cannot carry them.
#[derive(Clone)]
pub struct Links {
    public_url: Arc<str>,
    clock: Arc<dyn Clock>,
}

impl Links {
    /// `public_url`: how phones reach the server, such as `https://motcua.example.vn`.
    pub fn new(public_url: &str, clock: Arc<dyn Clock>) -> Links {
        Links { public_url: public_url.trim_end_matches('/').into(), clock }
    }

    /// A link to the document of a recipe (the JSON that stands in the outbox); to a picture,
    /// too. It holds for 24 hours; `owner` and the administrators of the recipe's unit can
    /// revoke it.
    ///
    /// # Errors
    /// Of the database, and of a system without random bytes.
    pub async fn for_file(&self, conn: &mut Connection, recipe: &str, owner: Option<OfficialId>) -> Result<String> {
        let unit = serde_json::from_str::<serde_json::Value>(recipe).ok();
        let unit = unit.and_then(|r| r.get("unit")?.as_i64()).map(UnitId);
        let secret = web_links::add_file(conn, recipe, (unit, owner), self.clock.now()).await?;
        Ok(format!("{}/tep/{secret}", self.public_url))
    }
}

/// What the files held in memory may take together (bytes).
const KEPT: usize = 8 << 20;
/// What stands in a header as it is (RFC 5987 `attr-char`).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Files made a while ago, the newest last.
#[derive(Default)]
pub(super) struct Files(Mutex<VecDeque<(i64, Ready)>>);

/// A file as it leaves.
#[derive(Clone)]
struct Ready {
    name: Arc<str>,
    bytes: Bytes,
}

impl Files {
    fn get(&self, link: i64) -> Option<Ready> {
        let kept = self.0.lock().unwrap_or_else(|e| e.into_inner());
        kept.iter().find(|(id, _)| *id == link).map(|(_, ready)| ready.clone())
    }

    fn keep(&self, link: i64, ready: Ready) {
        let mut kept = self.0.lock().unwrap_or_else(|e| e.into_inner());
        kept.retain(|(id, _)| *id != link);
        kept.push_back((link, ready));
        while kept.iter().map(|(_, r)| r.bytes.len()).sum::<usize>() > KEPT {
            kept.pop_front();
        }
    }
}

/// `GET /tep/SECRET`, perhaps with an ending that tells a picture (`SECRET.png`).
pub(super) async fn fetch(State(shared): State<Arc<Shared>>, Path(secret): Path<String>) -> Response {
    let secret = secret.split('.').next().unwrap_or_default();
    let link = match find(&shared, secret).await {
        Ok(Some(link)) => link,
        Ok(None) => return page::gone(shared.site.words),
        Err(e) => {
            tracing::error!(error = %e, "a link cannot be looked up");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    if let Some(ready) = shared.files.get(link.id) {
        return answer(ready);
    }
    match (shared.site.renderer)(link.recipe).await {
        Ok(Rendered { name, bytes }) => {
            let ready = Ready { name: name.into(), bytes: bytes.into() };
            shared.files.keep(link.id, ready.clone());
            answer(ready)
        }
        Err(e) => {
            tracing::error!(link = link.id, error = e, "a linked file cannot be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn find(shared: &Shared, secret: &str) -> Result<Option<FileLink>> {
    let _turn = shared.reading.acquire().await;
    let mut snapshot = shared.site.store.read().await?;
    web_links::file(&mut snapshot, secret, shared.site.clock.now()).await
}

fn answer(ready: Ready) -> Response {
    let kind = mime_guess::from_path(&*ready.name).first_or_octet_stream();
    let mut response = Response::new(Body::from(ready.bytes));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&kind, &ready.name)),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox".to_string()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// The file's name for all phones: letters without marks for old ones, RFC 5987 for the rest.
/// A picture is looked at, all else is kept.
fn disposition(kind: &Mime, name: &str) -> String {
    let way = if *kind == mime::IMAGE_PNG { "inline" } else { "attachment" };
    let plain: String = crate::grammar::fold::fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-._ ".contains(c) { c } else { '_' })
        .collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_marks_and_quotes_stays_inside_its_header() {
        assert_eq!(
            disposition(&mime::APPLICATION_OCTET_STREAM, "Biểu \"II.06a\" KTĐ.xlsx"),
            "attachment; filename=\"bieu _ii.06a_ ktd.xlsx\"; filename*=UTF-8''Bi%E1%BB%83u%20%22II.06a%22%20KT%C4%90.xlsx"
        );
        assert!(!disposition(&mime::TEXT_PLAIN, "a\r\nSet-Cookie: x").contains(['\r', '\n']));
        assert_eq!(disposition(&mime::IMAGE_PNG, "a.png"), "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
    }

    #[test]
    fn the_oldest_files_make_room() {
        let files = Files::default();
        let of = |size: usize| Ready { name: "x.png".into(), bytes: vec![0; size].into() };
        files.keep(1, of(KEPT / 2));
        files.keep(2, of(KEPT / 2));
        assert!(files.get(1).is_some() && files.get(2).is_some());
        files.keep(3, of(1));
        assert!(files.get(1).is_none() && files.get(2).is_some() && files.get(3).is_some());
        files.keep(4, of(KEPT + 1));
        assert!(files.get(4).is_none());
    }
}
