//! The upload page: a person who asked for it in chat sends one list of dossiers in; its
//! preview comes to that chat, and only a yes there writes into the register.
//!
//! No token against forged requests (CSRF) is needed: such an attack uses what the browser
//! adds by itself, cookies or a login, and here is neither. The secret stands in the address
//! alone; whoever can name it holds the link.

use std::sync::Arc;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::page::{escaped, gone, page};
use super::{Shared, Unavailable};
use crate::app::Refusal;
use crate::app::answer::Uploader;
use crate::import::{BYTES_MAX, Refused};
use crate::store::Result;

/// The most of a body that is read (bytes). Beyond what is taken it is read and thrown away:
/// a phone shows an answer only after it has sent everything.
pub const BODY_MAX: usize = 50 << 20;
/// The name of the field that holds the file.
const FIELD: &str = "tep";

/// What came in a form.
enum Sent {
    File(Vec<u8>),
    TooBig,
    Nothing,
}

/// `GET /tai-len/SECRET`: the form.
pub(super) async fn form(State(shared): State<Arc<Shared>>, Path(secret): Path<String>) -> Response {
    match uploader(&shared, &secret).await {
        Ok(Some(who)) => {
            let words = who.words;
            let text = words.upload_page(who.unit_name(), who.name(), most());
            page(StatusCode::OK, words, (&words.upload_title(), &text), &fields(&who))
        }
        Ok(None) => gone(shared.site.words),
        Err(e) => unavailable(&e),
    }
}

/// `POST /tai-len/SECRET`: the file.
pub(super) async fn receive(
    State(shared): State<Arc<Shared>>,
    Path(secret): Path<String>,
    request: Request,
) -> Response {
    // Before a byte of the body is read.
    let who = match uploader(&shared, &secret).await {
        Ok(Some(who)) => who,
        Ok(None) => return gone(shared.site.words),
        Err(e) => return unavailable(&e),
    };
    let words = who.words;
    let Ok(_slot) = shared.uploads.try_acquire() else {
        let text = (words.web_busy_title(), words.web_busy());
        return page(StatusCode::SERVICE_UNAVAILABLE, words, (&text.0, &text.1), &fields(&who));
    };
    let sent = match Multipart::from_request(request, &()).await {
        Ok(form) => read(form).await,
        Err(_) => Ok(Sent::Nothing),
    };
    let (status, why) = match sent {
        Ok(Sent::File(bytes)) => match take(&shared, &who, bytes).await {
            Ok(true) => return page(StatusCode::OK, words, (&words.upload_done_title(), &words.upload_done()), ""),
            Ok(false) => return gone(words),
            Err(Refusal::Told(why)) => (StatusCode::UNPROCESSABLE_ENTITY, why),
            Err(fault) => {
                tracing::error!(error = %fault, "a list sent in cannot be taken now");
                let text = (words.web_busy_title(), words.web_busy());
                return page(StatusCode::SERVICE_UNAVAILABLE, words, (&text.0, &text.1), &fields(&who));
            }
        },
        Ok(Sent::TooBig) => (StatusCode::PAYLOAD_TOO_LARGE, Refused::TooBig.sentence(words)),
        Ok(Sent::Nothing) => (StatusCode::BAD_REQUEST, words.upload_no_file()),
        Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => (e.status(), Refused::TooBig.sentence(words)),
        Err(_) => (StatusCode::BAD_REQUEST, words.upload_cut()),
    };
    page(status, words, (&words.upload_refused_title(), &why), &fields(&who))
}

/// The file of a form, read whole; of one that is too big only that it is.
async fn read(mut form: Multipart) -> std::result::Result<Sent, MultipartError> {
    let mut sent = Sent::Nothing;
    while let Some(mut field) = form.next_field().await? {
        let is_file = field.name() == Some(FIELD) && matches!(sent, Sent::Nothing);
        let (mut bytes, mut size) = (Vec::new(), 0_usize);
        while let Some(chunk) = field.chunk().await? {
            size = size.saturating_add(chunk.len());
            if is_file && size <= BYTES_MAX {
                bytes.extend_from_slice(&chunk);
            } else {
                bytes = Vec::new();
            }
        }
        if is_file && size > 0 {
            sent = if size > BYTES_MAX { Sent::TooBig } else { Sent::File(bytes) };
        }
    }
    Ok(sent)
}

async fn take(shared: &Shared, who: &Uploader, bytes: Vec<u8>) -> std::result::Result<bool, Refusal> {
    let site = &shared.site;
    let now = site.clock.now();
    let list = {
        let _turn = shared.parsing.acquire().await;
        site.answerer.read_upload(who, bytes, now).await?
    };
    let taken = site.answerer.uploaded(&site.store, who, &list, now).await?;
    site.bell.ring();
    Ok(taken)
}

async fn uploader(shared: &Shared, secret: &str) -> Result<Option<Uploader>> {
    let _turn = shared.reading.acquire().await;
    let mut snapshot = shared.site.store.read().await?;
    shared.site.answerer.uploader(&mut snapshot, secret, shared.site.clock.now()).await
}

fn unavailable(e: &crate::store::StoreError) -> Response {
    tracing::error!(error = %e, "an upload link cannot be looked up");
    Unavailable.into_response()
}

/// The most that a file holds, as it is told.
fn most() -> String {
    (BYTES_MAX >> 20).to_string()
}

/// The form. Without `accept`: old phones then grey out files that are fine.
fn fields(who: &Uploader) -> String {
    format!(
        "<form method=\"post\" enctype=\"multipart/form-data\">\n<label for=\"{FIELD}\">{label}</label>\n\
         <input type=\"file\" id=\"{FIELD}\" name=\"{FIELD}\" required>\n\
         <button type=\"submit\">{button}</button>\n</form>\n",
        label = escaped(&who.words.upload_label()),
        button = escaped(&who.words.upload_button()),
    )
}
