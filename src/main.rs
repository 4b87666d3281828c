//! Arguments → settings → one subcommand. Exit codes: 0 done, 1 the answer is "no", 2 wrong
//! usage or settings.

use std::process::ExitCode;

use motcua::cli::{self, usage};
use motcua::settings::Settings;
use motcua::telemetry;

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
    match runtime.block_on(cli::run(cli, settings)) {
        Ok(end) => end.into(),
        Err(e) => {
            eprintln!("{}", words.cli_fault(format!("{e:#}")));
            ExitCode::FAILURE
        }
    }
}
