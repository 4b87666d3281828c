//! The log: to standard error, set up once. It carries no text of a message, no name of a
//! person and never a token.

use tracing_subscriber::EnvFilter;

/// Begins to log at the level of `RUST_LOG`. The HTTP client writes request addresses,
/// which hold the bot's token, so it is kept to warnings whatever the filter says.
pub fn start(filter: &str) {
    let mut filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    for quiet in ["hyper=warn", "hyper_util=warn", "reqwest=warn", "rustls=warn", "teloxide=warn", "teloxide_core=warn"]
    {
        if let Ok(directive) = quiet.parse() {
            filter = filter.add_directive(directive);
        }
    }
    let ansi = std::io::IsTerminal::is_terminal(&std::io::stderr());
    // A second start (tests) keeps the first log.
    _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(ansi).try_init();
}
