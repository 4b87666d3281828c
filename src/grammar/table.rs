//! The one table of commands: the parser, the permission check, help, the chat menu and the
//! README all read it. A new command is one row here, one variant, one file in `app`.

use crate::domain::official::Action;
use crate::words::Words;

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Post,
    Undo,
    History,
    Today,
    Template,
    Opening,
    Register,
    Resolve,
    Withdraw,
    Stop,
    Resume,
    Extend,
    Reason,
    DueSoon,
    Overdue,
    LookUp,
    Reconcile,
    Book,
    Upload,
    Revoke,
    Summary,
    Missing,
    Compare,
    Explain,
    Export,
    Picture,
    Start,
    Invite,
    Remove,
    HandOver,
    SwitchUnit,
    BindGroup,
    Language,
    Channel,
    Fields,
    Holidays,
    NagTimes,
    Snooze,
    Leave,
    Help,
}

/// One row of the table.
pub struct CommandRow {
    pub command: Command,
    /// As typed behind the slash, folded and without spaces.
    pub name: &'static str,
    /// Other names, folded and without spaces.
    pub aliases: &'static [&'static str],
    /// Who may: asked of [`crate::domain::official::may`].
    pub action: Action,
    /// Whether it changes something; else it is a question and reads one snapshot.
    pub writes: bool,
    /// Whether its replies name people or dossiers: in a group they go to the asker's
    /// private chat (SPEC §3).
    pub private: bool,
    /// A line ready to send.
    pub example: &'static str,
    /// What goes behind the name, in words; may be empty.
    pub arguments: fn(&Words) -> String,
    /// What it does, in one line.
    pub help: fn(&Words) -> String,
}

/// Every command, in the order of help and menu.
pub static COMMANDS: &[CommandRow] = &[
    act(Command::Post, "nhap", &[], Action::Post, "/nhap ht ol 9 tr 3 th 8 dh 2", (Words::args_nhap, Words::help_nhap)),
    act(Command::Post, "sua", &[], Action::Post, "/sua 18/11 ht dh 2", (Words::args_sua, Words::help_sua)),
    act(Command::Undo, "hoantac", &[], Action::Post, "/hoantac", (Words::args_hoantac, Words::help_hoantac)),
    ask(Command::Template, "mau", &[], Action::Post, "/mau", (Words::args_mau, Words::help_mau)),
    ask(Command::Today, "homnay", &[], Action::Ask, "/homnay", (Words::args_homnay, Words::help_homnay)),
    ask(Command::History, "lichsu", &[], Action::Ask, "/lichsu 18/11 ht", (Words::args_lichsu, Words::help_lichsu)),
    ask(Command::Summary, "tonghop", &[], Action::Ask, "/tonghop thang 11", (Words::args_tonghop, Words::help_tonghop)),
    ask(Command::Export, "xuat", &["excel"], Action::Ask, "/xuat quy 4/2026", (Words::args_xuat, Words::help_xuat)),
    ask(Command::Picture, "bieudo", &[], Action::Ask, "/bieudo thang 11", (Words::args_bieudo, Words::help_bieudo)),
    ask(
        Command::Compare,
        "sosanh",
        &[],
        Action::Ask,
        "/sosanh thang 10, thang 11",
        (Words::args_sosanh, Words::help_sosanh),
    ),
    ask(
        Command::Explain,
        "visao",
        &[],
        Action::Ask,
        "/visao tiep nhan ht thang 11",
        (Words::args_visao, Words::help_visao),
    ),
    ask(Command::Missing, "thieu", &[], Action::SeeMissing, "/thieu", (Words::args_thieu, Words::help_thieu)),
    act(Command::Snooze, "hoan", &[], Action::Any, "/hoan 2h đang họp", (Words::args_hoan, Words::help_hoan)),
    act(
        Command::Leave,
        "nghi",
        &["nghiphep"],
        Action::Any,
        "/nghi 23/11-25/11 @Minh",
        (Words::args_nghi, Words::help_nghi),
    ),
    act(
        Command::NagTimes,
        "nhac",
        &["gionhac"],
        Action::Ask,
        "/nhac nhac1 15:45",
        (Words::args_nhac, Words::help_nhac),
    ),
    act(
        Command::Opening,
        "tondau",
        &[],
        Action::SetOpening,
        "/tondau ht 5 qh 1",
        (Words::args_tondau, Words::help_tondau),
    ),
    act(
        Command::Register,
        "hoso",
        &[],
        Action::KeepRegister,
        "/hoso H12.34.56-251121-0001 HT 5n",
        (Words::args_hoso, Words::help_hoso),
    )
    .privately(),
    act(Command::Resolve, "xong", &[], Action::KeepRegister, "/xong 0583", (Words::args_xong, Words::help_xong))
        .privately(),
    act(Command::Withdraw, "rut", &[], Action::KeepRegister, "/rut 0583", (Words::args_rut, Words::help_rut))
        .privately(),
    act(Command::Stop, "bosung", &[], Action::KeepRegister, "/bosung 0583", (Words::args_bosung, Words::help_bosung))
        .privately(),
    act(
        Command::Resume,
        "tieptuc",
        &[],
        Action::KeepRegister,
        "/tieptuc 0583",
        (Words::args_tieptuc, Words::help_tieptuc),
    )
    .privately(),
    act(
        Command::Extend,
        "giahan",
        &[],
        Action::KeepRegister,
        "/giahan 0583 26/11 mất điện",
        (Words::args_giahan, Words::help_giahan),
    )
    .privately(),
    act(
        Command::Reason,
        "lydo",
        &[],
        Action::KeepRegister,
        "/lydo 0583 mất điện",
        (Words::args_lydo, Words::help_lydo),
    )
    .privately(),
    ask(Command::DueSoon, "sapden", &["sapdenhan"], Action::Ask, "/sapden 3", (Words::args_sapden, Words::help_sapden))
        .privately(),
    ask(Command::Overdue, "quahan", &[], Action::Ask, "/quahan", (Words::args_quahan, Words::help_quahan)).privately(),
    ask(
        Command::Reconcile,
        "doichieu",
        &[],
        Action::SeeMissing,
        "/doichieu thang 11",
        (Words::args_doichieu, Words::help_doichieu),
    )
    .privately(),
    ask(Command::Book, "so", &["sotheodoi"], Action::Ask, "/so thang 11", (Words::args_so, Words::help_so)).privately(),
    act(Command::Upload, "tailen", &[], Action::KeepRegister, "/tailen", (Words::args_tailen, Words::help_tailen))
        .privately(),
    act(Command::Revoke, "thuhoi", &[], Action::Any, "/thuhoi", (Words::args_thuhoi, Words::help_thuhoi)).privately(),
    ask(Command::LookUp, "tracuu", &[], Action::Ask, "/tracuu 0583", (Words::args_tracuu, Words::help_tracuu))
        .privately(),
    act(
        Command::Invite,
        "moi",
        &[],
        Action::ManagePeople,
        "/moi can bo Trần Văn Tú HT,CT",
        (Words::args_moi, Words::help_moi),
    )
    .privately(),
    act(Command::Remove, "xoa", &[], Action::ManagePeople, "/xoa Trần Văn Tú", (Words::args_xoa, Words::help_xoa))
        .privately(),
    act(
        Command::HandOver,
        "bangiao",
        &[],
        Action::ManagePeople,
        "/bangiao Lan Minh",
        (Words::args_bangiao, Words::help_bangiao),
    )
    .privately(),
    act(Command::BindGroup, "nhom", &[], Action::BindGroup, "/nhom KTD", (Words::args_nhom, Words::help_nhom)),
    act(
        Command::Fields,
        "linhvuc",
        &[],
        Action::Administer,
        "/linhvuc bat HT,CT",
        (Words::args_linhvuc, Words::help_linhvuc),
    ),
    act(
        Command::Holidays,
        "ngaynghi",
        &[],
        Action::Administer,
        "/ngaynghi them 30/11",
        (Words::args_ngaynghi, Words::help_ngaynghi),
    ),
    act(Command::SwitchUnit, "donvi", &[], Action::Any, "/donvi KTD", (Words::args_donvi, Words::help_donvi)),
    act(
        Command::Language,
        "ngonngu",
        &["language"],
        Action::Any,
        "/ngonngu en",
        (Words::args_ngonngu, Words::help_ngonngu),
    ),
    act(Command::Channel, "kenh", &[], Action::Any, "/kenh zalo", (Words::args_kenh, Words::help_kenh)),
    act(Command::Start, "start", &["batdau"], Action::Any, "/start K7MN2P4Q", (Words::args_start, Words::help_start))
        .privately(),
    ask(
        Command::Help,
        "trogiup",
        &["help", "huongdan"],
        Action::Any,
        "/trogiup nhap",
        (Words::args_trogiup, Words::help_trogiup),
    ),
];

type Sentence = fn(&Words) -> String;

const fn act(
    command: Command,
    name: &'static str,
    aliases: &'static [&'static str],
    action: Action,
    example: &'static str,
    (arguments, help): (Sentence, Sentence),
) -> CommandRow {
    CommandRow { command, name, aliases, action, writes: true, private: false, example, arguments, help }
}

const fn ask(
    command: Command,
    name: &'static str,
    aliases: &'static [&'static str],
    action: Action,
    example: &'static str,
    sentences: (Sentence, Sentence),
) -> CommandRow {
    CommandRow { writes: false, ..act(command, name, aliases, action, example, sentences) }
}

impl CommandRow {
    const fn privately(self) -> CommandRow {
        CommandRow { private: true, ..self }
    }

    /// The name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        [self.name].into_iter().chain(self.aliases.iter().copied())
    }

    /// The line of a help: `/tonghop [kỳ] [lĩnh vực]`.
    pub fn usage(&self, words: &Words) -> String {
        format!("/{} {}", self.name, (self.arguments)(words)).trim_end().to_string()
    }
}

/// The first row of a command.
pub fn row_of(command: Command) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|r| r.command == command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::command::read_command;
    use crate::grammar::fold::fold;

    #[test]
    fn no_two_commands_share_a_name_and_names_are_folded() {
        let mut names: Vec<_> = COMMANDS.iter().flat_map(CommandRow::names).collect();
        assert!(names.iter().all(|n| fold(n) == **n && !n.contains(' ')));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_example_is_the_command_it_stands_by() {
        for row in COMMANDS {
            let (read, _) = read_command(row.example, false, None).unwrap();
            assert_eq!(read.name, row.name);
        }
    }
}
