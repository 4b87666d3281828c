//! What becomes of a message, by what came of its call.

use std::time::{Duration, Instant};

use tracing::{error, info, warn};

use super::Work;
use crate::channel::{Channel, SendError, Sent};
use crate::store::outbox::{Out, Outcome};
use crate::telemetry;

/// A token that does not hold is tried again this seldom.
const NO_TOKEN_REST: Duration = Duration::from_secs(60);

impl<C: Channel> Work<C> {
    /// Decides what becomes of a message by what came of its call.
    pub(super) fn judge(&mut self, out: Out, answer: std::result::Result<Sent, SendError>) {
        let now = Instant::now();
        let seconds = self.d.clock.now().timestamp();
        if answer.is_ok() && self.downs > 0 {
            info!("the platform can be reached again");
            self.downs = 0;
        }
        if matches!(answer, Ok(_) | Err(SendError::Ambiguous(_))) {
            self.next.calls += 1;
        }
        let outcome = match answer {
            Ok(Sent::Whole { message_id }) => {
                telemetry::replied(out.bot_id, &out.chat_id);
                Outcome::Sent { message_id }
            }
            Ok(Sent::Parts(parts)) => Outcome::Part { parts },
            Err(SendError::TooMany { after }) => {
                warn!(chat = out.chat_id, after_s = after.as_secs(), "too many messages; waiting as told");
                self.rate.trouble(&out.chat_id, after, now);
                Outcome::Retry { next_at: seconds + whole_seconds(after), ambiguous: false }
            }
            Err(SendError::Exhausted { after }) => {
                let rest = after.unwrap_or(quota_rest(self.downs));
                self.pause_for_all("no messages left for this bot", rest, now);
                Outcome::Retry { next_at: seconds, ambiguous: false }
            }
            Err(SendError::Ambiguous(e)) => {
                let rest = backoff(out.attempts);
                warn!(outbox = out.id, error = e, "the platform's answer is lost; the reply goes again");
                self.rate.trouble(&out.chat_id, rest, now);
                Outcome::Retry { next_at: seconds + whole_seconds(rest), ambiguous: true }
            }
            Err(SendError::Down(e)) => {
                self.pause_for_all(&e, backoff(self.downs + 1), now);
                Outcome::Retry { next_at: seconds, ambiguous: false }
            }
            Err(e @ (SendError::Unauthorised | SendError::Conflict)) => {
                self.pause_for_all(&e.to_string(), NO_TOKEN_REST, now);
                Outcome::Retry { next_at: seconds, ambiguous: false }
            }
            Err(SendError::Moved { to }) if to != out.chat_id => {
                info!(from = out.chat_id, to, "a chat has moved");
                self.next.moved.push((out.chat_id, to));
                Outcome::Retry { next_at: seconds, ambiguous: false }
            }
            Err(SendError::Gone(error)) => {
                info!(chat = out.chat_id, error, "a chat cannot be reached any more");
                self.next.gone.push((out.id, out.chat_id));
                Outcome::Dropped { error }
            }
            Err(e) => {
                error!(outbox = out.id, error = %e, "the platform refuses a reply");
                Outcome::Dropped { error: e.to_string() }
            }
        };
        self.look_at = Some(now);
        self.next.settled.push((out.id, outcome));
    }

    /// The platform as a whole cannot be reached: says so once a spell. Calls that were in
    /// flight together and failed together count as one failure.
    fn pause_for_all(&mut self, error: &str, rest: Duration, now: Instant) {
        if self.downs == 0 {
            warn!(error, "nothing can be sent; trying on");
        }
        if self.rate.room(now) > 0 || self.downs == 0 {
            self.downs = self.downs.saturating_add(1);
            self.rate.pause(rest, now);
        }
    }
}

/// 1, 2, 4 … 64 seconds, five minutes after ten tries.
fn backoff(attempts: i64) -> Duration {
    match attempts {
        ..=1 => Duration::from_secs(1),
        2..=7 => Duration::from_secs(1 << (attempts - 1)),
        8..=10 => Duration::from_secs(64),
        _ => Duration::from_secs(300),
    }
}

/// A month's quota does not come back within seconds: 1, 2, 4 … 60 minutes.
fn quota_rest(downs: i64) -> Duration {
    Duration::from_secs(60 * (1 << downs.clamp(0, 6)).min(60))
}

fn whole_seconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis().div_ceil(1000)).unwrap_or(i64::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_used_up_quota_is_asked_ever_more_seldom() {
        let rests: Vec<u64> = (0..=7).map(|n| quota_rest(n).as_secs() / 60).collect();
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn tries_become_rarer() {
        let rests: Vec<u64> = (1..=12).map(|n| backoff(n).as_secs()).collect();
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 300, 300]);
        assert_eq!((whole_seconds(Duration::from_millis(1001)), whole_seconds(Duration::ZERO)), (2, 0));
    }
}
