//! `/kenh zalo|telegram|tudong`: where notices and reminders reach a person. Answers stay
//! where the question was asked.

use serde_json::json;

use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::grammar::fold::fold;
use crate::store::links;

/// Channels by what the database and people call them.
const CHANNELS: [(&str, &str); 2] = [("zalo", "Zalo"), ("telegram", "Telegram")];

/// Shows or changes the person's channel.
///
/// # Errors
/// A channel that is none, or that the person is not linked on.
pub async fn channel(act: &mut Act<'_>, rest: &str) -> Answer {
    let typed: String = fold(rest).split_whitespace().collect();
    let chosen = match typed.as_str() {
        "" => return Ok(vec![Reply::text(now(act))]),
        "tudong" | "auto" => None,
        "tele" => Some("telegram"),
        typed => match CHANNELS.iter().find(|(key, _)| *key == typed) {
            Some((key, _)) => Some(*key),
            None => return Err(Refusal::Told(act.words.channel_usage())),
        },
    };
    let official = act.person.official;
    let linked = |key: &str| act.dir.links_of(official).iter().any(|l| l.channel == key);
    if let Some(key) = chosen.filter(|key| !linked(key)) {
        return Err(Refusal::Told(act.words.channel_not_linked(shown(key))));
    }
    links::choose(act.conn, official, chosen).await?;
    act.change().note(None, "channel", json!({"official": official.0, "channel": chosen})).await?;
    let said = match chosen {
        Some(key) => act.words.channel_set(shown(key)),
        None => act.words.channel_set_auto(),
    };
    Ok(vec![Reply::text(said)])
}

fn now(act: &Act<'_>) -> String {
    let official = act.person.official;
    let links = act.dir.links_of(official);
    let linked: Vec<&str> =
        CHANNELS.iter().filter(|(key, _)| links.iter().any(|l| l.channel == *key)).map(|(_, name)| *name).collect();
    let linked = if linked.is_empty() { act.words.channel_none() } else { linked.join(", ") };
    let chosen = act.dir.official(official).and_then(|o| o.channel.as_deref());
    let chosen = chosen.map_or_else(|| act.words.channel_auto(), |key| shown(key).to_string());
    format!("{}\n{}", act.words.channel_now(linked, chosen), act.words.channel_usage())
}

fn shown(key: &str) -> &str {
    CHANNELS.iter().find(|(k, _)| *k == key).map_or(key, |(_, name)| *name)
}
