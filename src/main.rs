//! Arguments → settings → one subcommand. Exit codes: 0 done, 1 the answer is "no", 2 wrong
//! usage or settings.

use std::process::ExitCode;
use std::time::Duration;

use motcua::cli::{self, fault, usage};
use motcua::settings::Settings;
use motcua::store::backup::path_of;
use motcua::telemetry;

/// How long what still works off the async threads (a list that is read) is waited for.
const LAST_WAIT: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let settings = Settings::load();
    let locale = settings.as_ref().map_or_else(|faults| faults.locale, |s| s.locale);
    let words = locale.words();
    let cli = match usage::read(std::env::args_os(), words) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let settings = match settings {
        Ok(settings) => settings,
        Err(faults) => return cli.refuse(&faults).into(),
    };
    telemetry::start(&settings.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("{}", words.cli_fault(e.to_string()));
            return ExitCode::FAILURE;
        }
    };
    let database = path_of(&settings.database_url).unwrap_or_default();
    let done = runtime.block_on(cli::run(cli, settings));
    // Whatever it was has not been answered yet: the inbox begins it again at the next start.
    runtime.shutdown_timeout(LAST_WAIT);
    match done {
        Ok(end) => end.into(),
        Err(e) => {
            eprintln!("{}", fault::sentence(&e, &database, words));
            ExitCode::FAILURE
        }
    }
}
