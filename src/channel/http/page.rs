//! Pages for people: HTML that an old phone shows, without scripts.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::Shared;
use crate::words::Words;

/// Nothing is loaded but our one style sheet, nothing runs, nobody frames us.
pub const CSP: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

const STYLE: &str = include_str!("page.css");

/// The style sheet: the one thing that may be kept by others.
pub async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], STYLE)
}

/// Whatever is not there, or not any more: one answer for all of it.
pub async fn not_found(State(shared): State<Arc<Shared>>) -> Response {
    gone(shared.site.words)
}

/// The page of a link that does not hold.
pub fn gone(words: &Words) -> Response {
    page(StatusCode::NOT_FOUND, words, (&words.web_gone_title(), &words.web_gone()), "")
}

/// A page with a title and a text; `form` is HTML below it.
pub fn page(status: StatusCode, words: &Words, (title, text): (&str, &str), form: &str) -> Response {
    let paragraphs: String = text.lines().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/trang.css\">\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{paragraphs}{form}</main>\n</body>\n</html>\n",
        lang = words.web_language(),
        title = escaped(title),
    );
    (status, Html(html)).into_response()
}

/// Text as it stands in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            escaped("<a href='x'>Đất & \"nhà\"</a>"),
            "&lt;a href=&#39;x&#39;&gt;Đất &amp; &quot;nhà&quot;&lt;/a&gt;"
        );
    }
}
