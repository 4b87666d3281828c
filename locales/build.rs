//! Turns `locales/*/*.ftl` into one typed function a sentence, so that a wrong key, a
//! missing blank or a sentence that one language lacks breaks the build; and tells cargo
//! to look at `migrations/`, which `sqlx::migrate!` reads unseen.

use std::process::ExitCode;

use fluent_typed::{BuildOptions, FtlOutputOptions, build_from_locales_folder};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=migrations");
    #[expect(clippy::disallowed_methods, reason = "cargo hands the folder over in the environment")]
    let Ok(out) = std::env::var("OUT_DIR") else { return ExitCode::FAILURE };
    let options = BuildOptions::default()
        .with_locales_folder("locales")
        .with_default_language("vi")
        .with_prefix("")
        .with_output_file_path(&format!("{out}/sentences.rs"))
        .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/sentences.ftl")))
        .without_format()
        .without_bidi_isolation();
    build_from_locales_folder(options)
}
