//! Keeps a bot's webhook set. A platform takes one address a token, and another program, or
//! somebody's test, may put its own in our place.

use std::future::Future;
use std::time::Duration;

use crate::channel::{Stop, stopped};

/// How often a platform is asked about the webhook, but in tests: silence may be a quiet day,
/// or a webhook that does not work.
pub const WATCH: Duration = Duration::from_secs(60);

/// A platform that is to bring updates to us.
pub trait Hooked: Sync {
    /// Tells the platform where to bring updates; `failures`: tries before this one.
    ///
    /// # Errors
    /// The rest before the next try.
    fn set(&self, failures: u32) -> impl Future<Output = Result<(), Duration>> + Send;

    /// Whether the webhook still is ours, as far as the platform answers.
    fn is_set(&self) -> impl Future<Output = bool> + Send;
}

/// Sets a webhook and sets it again where it is gone, until the program stops; looks after
/// it `every` so often.
pub async fn keep_set(hooked: &impl Hooked, every: Duration, mut stop: Stop) {
    loop {
        let mut failures = 0;
        loop {
            let set = tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                set = hooked.set(failures) => set,
            };
            let Err(rest) = set else { break };
            failures += 1;
            wait(rest, &mut stop).await;
        }
        loop {
            let ours = tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                ours = hooked.is_set() => ours,
            };
            if !ours {
                break;
            }
            wait(every, &mut stop).await;
        }
        // Not at once again: another program may be setting its own.
        wait(every, &mut stop).await;
    }
}

async fn wait(time: Duration, stop: &mut Stop) {
    tokio::select! {
        biased;
        () = stopped(stop) => {}
        () = tokio::time::sleep(time) => {}
    }
}
