//! The polling loop. A poll gives one event and cannot be acknowledged: what is handed over
//! is stored before the next poll, and known again if it comes again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::{info, warn};

use super::door::Door;
use super::{Zalo, incoming};
use crate::channel::intake::Intake;
use crate::channel::reception::Reception;
use crate::channel::{SendError, Stop, stopped};

/// Least time from the beginning of one poll to the next: events that come again for ever
/// are answered at once.
pub const FLOOR: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);
/// A token that does not hold is tried again this seldom.
const NO_TOKEN_REST: Duration = Duration::from_secs(600);

/// Receives until the program stops.
pub struct Receiver {
    pub zalo: Arc<Zalo>,
    pub intake: Intake,
    pub reception: Reception,
    /// [`FLOOR`] but in tests.
    pub floor: Duration,
    /// How often a webhook is looked after: [`WATCH`](crate::channel::http::kept::WATCH) but in
    /// tests.
    pub watch: Duration,
}

impl Receiver {
    /// Polls and stores; returns when `stop` turns true.
    pub async fn run(self, mut stop: Stop) {
        if let Err(e) = self.zalo.api.end_webhook().await {
            warn!(error = %e, "whether a webhook is set is unknown; polling");
        }
        let zalo = self.zalo.clone();
        let mut door = Door::polled(self.zalo, self.intake, self.reception);
        let mut failures = 0_u32;
        loop {
            let begun = Instant::now();
            let polled = tokio::select! {
                biased;
                () = stopped(&mut stop) => return door.close().await,
                polled = zalo.api.updates() => polled,
            };
            let rest = match polled {
                Ok(body) => {
                    zalo.goes_on();
                    if failures > 0 {
                        info!(failures, "Zalo answers again");
                        failures = 0;
                    }
                    door.take(incoming::read_value(&body, zalo.me(), door.now())).await;
                    Duration::ZERO
                }
                Err(e) => {
                    failures += 1;
                    rest_after(&zalo, &e, failures).await
                }
            };
            let rest = rest.max(self.floor.saturating_sub(begun.elapsed()));
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return door.close().await,
                () = tokio::time::sleep(rest) => {}
            }
        }
    }
}

/// How long to leave the platform alone after it could not be asked so many times. A token
/// that does not hold stops the channel.
pub(super) async fn rest_after(zalo: &Zalo, e: &SendError, failures: u32) -> Duration {
    match e {
        SendError::Unauthorised => {
            zalo.halt().await;
            return NO_TOKEN_REST;
        }
        // One line for a spell, not one a try.
        _ if failures == 1 => warn!(error = %e, "Zalo cannot be asked; trying on"),
        _ => {}
    }
    match e {
        SendError::Exhausted { after } => after.unwrap_or(LONGEST_REST),
        _ => backoff(failures),
    }
}

/// 1, 2, 4 … 60 seconds.
fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(6)).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_grow_to_a_minute() {
        let rests: Vec<u64> = (1..=8).map(|n| backoff(n).as_secs()).collect();
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(backoff(u32::MAX).as_secs(), 60);
    }
}
