//! Arguments → settings → one subcommand. Exit codes: 0 done, 1 the answer is "no", 2 wrong
//! usage or settings.

use std::process::ExitCode;

use clap::Parser;
use motcua::cli::{self, Cli};
use motcua::settings::Settings;
use motcua::telemetry;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let settings = match Settings::load() {
        Ok(settings) => settings,
        Err(faults) => {
            faults.sentences().iter().for_each(|s| eprintln!("{s}"));
            return ExitCode::from(2);
        }
    };
    telemetry::start(&settings.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("{e}");
            return ExitCode::FAILURE;
        }
    };
    let words = settings.locale.words();
    match runtime.block_on(cli::run(cli, settings)) {
        Ok(end) => end.into(),
        Err(e) => {
            eprintln!("{}", words.cli_fault(format!("{e:#}")));
            ExitCode::FAILURE
        }
    }
}
