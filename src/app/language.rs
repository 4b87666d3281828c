//! `/ngonngu vi|en`: the language of a person's replies.

use serde_json::json;

use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::grammar::fold::fold;
use crate::store::officials;
use crate::words::Locale;

/// Answers in the new language.
///
/// # Errors
/// A language that the bot does not speak.
pub async fn language(act: &mut Act<'_>, rest: &str) -> Answer {
    let typed: String = fold(rest).split_whitespace().collect();
    let locale = match typed.as_str() {
        "vi" | "vn" | "viet" | "tiengviet" | "vietnamese" => Locale::Vi,
        "en" | "anh" | "tienganh" | "english" => Locale::En,
        _ => return Err(Refusal::Told(act.words.language_usage())),
    };
    let official = act.person.official;
    officials::set_locale(act.conn, official, locale.key()).await?;
    act.change().note(None, "language", json!({"official": official.0, "locale": locale.key()})).await?;
    Ok(vec![Reply::text(locale.words().language_set())])
}
