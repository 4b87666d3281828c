//! People: codes, roles, and the command line with which an office is set up.

mod bots;
mod codes;
mod faults;
mod first_start;
mod lists;
mod office_files;
mod permissions;
mod set_up;
mod tampered;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a database of its own, and the program run in it.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What the program said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.path("office.db").display())
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.env_clear().current_dir(self.folder.path()).env("DATABASE_URL", "sqlite://office.db");
        command
    }

    /// Runs the program with settings beside the database.
    pub fn run_with(&self, settings: &[(&str, &str)], args: &[&str]) -> Said {
        let Output { status, stdout, stderr } =
            self.command().envs(settings.iter().copied()).args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    pub fn run(&self, args: &[&str]) -> Said {
        self.run_with(&[], args)
    }

    /// Runs what must succeed; what it printed.
    pub fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, 0, "{args:?}: {}", said.err);
        said.out
    }

    /// Runs what must be refused in one sentence, which it returns.
    pub fn refused(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.code, 1, "{args:?}: {said:?}");
        assert!(said.out.is_empty() && !said.err.trim().is_empty(), "{said:?}");
        said.err
    }

    /// An office with one unit, one lead and one officer.
    pub fn small() -> Desk {
        let desk = Desk::new();
        desk.done(&["unit", "add", "GL", "UBND xã Gia Lộc"]);
        desk.done(&[
            "official",
            "add",
            "--unit",
            "GL",
            "--name",
            "Trần Thị Minh",
            "--role",
            "lead",
            "--telegram",
            "7002",
        ]);
        desk.done(&[
            "official",
            "add",
            "--unit",
            "GL",
            "--name",
            "Đinh Quốc Lan",
            "--role",
            "officer",
            "--fields",
            "HT,CT",
            "--telegram",
            "7001",
        ]);
        desk
    }
}

/// The repository's folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
