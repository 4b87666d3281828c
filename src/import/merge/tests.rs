use super::*;
use crate::domain::dossier::Reason;
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::import::list::Place;

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

/// A row with everything but an end.
fn row() -> Listed {
    Listed {
        place: Place::default(),
        code: "H12-261116-0001".to_string(),
        field: Some(FieldId(1)),
        guessed_field: false,
        unknown_field: String::new(),
        received: Some(day(16)),
        due: Some(day(19)),
        promised: None,
        status: Some(Status::Open),
        ended: None,
        holder: None,
    }
}

fn merged(row: &Listed, known: Option<&Dossier>, ended_in_chat: bool) -> Outcome {
    let calendar = Calendar::default();
    merge(row, known, ended_in_chat, Into { unit: UnitId(1), today: day(20), calendar: &calendar })
}

/// What stands after a row; the same row again changes nothing more.
fn stands(row: &Listed, known: Option<&Dossier>) -> Dossier {
    let Outcome::Stands(after) = merged(row, known, false) else { panic!("{row:?}") };
    assert_eq!(merged(row, Some(&after), false), Outcome::Stands(after.clone()), "a second time");
    after
}

fn open() -> Dossier {
    stands(&row(), None)
}

#[test]
fn a_new_row_brings_what_it_says() {
    let check = |row: &Listed, state, ended, due| {
        let d = stands(row, None);
        assert_eq!((d.state, d.ended, d.due), (state, ended, due));
    };
    check(&row(), State::Open, None, day(19));
    check(&Listed { status: None, ..row() }, State::Open, None, day(19));
    let ended = Listed { ended: Some(day(18)), ..row() };
    check(&Listed { status: None, ..ended.clone() }, State::Resolved, Some(day(18)), day(19));
    check(&Listed { status: Some(Status::Resolved), ..ended.clone() }, State::Resolved, Some(day(18)), day(19));
    check(&Listed { status: Some(Status::Withdrawn), ..ended.clone() }, State::Withdrawn, Some(day(18)), day(19));
    // What the status says counts before the day of some step.
    check(&ended, State::Open, None, day(19));
    // Ended without a due day: in time.
    check(&Listed { status: None, due: None, ..ended }, State::Resolved, Some(day(18)), day(18));
    check(&Listed { status: Some(Status::Stopped), ..row() }, State::Stopped, None, day(19));
    assert_eq!(stands(&Listed { received: None, ..row() }, None).received, day(16));
}

#[test]
fn a_new_row_that_lacks_something_is_rejected() {
    let check = |row: Listed, why| assert_eq!(merged(&row, None, false), Outcome::Rejected(why));
    check(Listed { due: None, ..row() }, Why::NoDue);
    check(Listed { field: None, ..row() }, Why::NoField);
    check(Listed { field: None, unknown_field: "X".into(), ..row() }, Why::UnknownField("X".into()));
    check(Listed { status: Some(Status::Resolved), ..row() }, Why::NoEnd);
}

#[test]
fn what_the_file_does_not_say_stays_as_the_chat_said_it() {
    let known = Dossier {
        holder: Some(OfficialId(7)),
        promised: Some(day(26)),
        promised_for: None,
        reason: Some(Reason::Software),
        reason_text: "lỗi".into(),
        ..open()
    };
    let silent = Listed { field: None, received: None, due: None, status: None, ..row() };
    assert_eq!(stands(&silent, Some(&known)), known);
    let due = stands(&Listed { due: Some(day(25)), ..silent.clone() }, Some(&known));
    assert_eq!(due, Dossier { due: day(25), ..known.clone() });
    // The system has written the day of the apology over the due day.
    assert_eq!(stands(&Listed { due: Some(day(26)), ..silent.clone() }, Some(&known)), known);
    let holder = stands(&Listed { holder: Some(OfficialId(8)), ..silent.clone() }, Some(&known));
    assert_eq!(holder.holder, Some(OfficialId(8)));
    // A field told by a procedure's words does not change one that was named.
    let guessed = Listed { field: Some(FieldId(9)), guessed_field: true, ..silent };
    assert_eq!(stands(&guessed, Some(&known)), known);
}

#[test]
fn a_stop_and_its_end_in_files_move_the_due_day_once() {
    let stopped = stands(&Listed { status: Some(Status::Stopped), ..row() }, Some(&open()));
    assert_eq!((stopped.state, stopped.stops.len()), (State::Stopped, 1));
    let earlier = Dossier { stops: vec![Stop { from: day(17), to: None, due_before: day(19) }], ..stopped };
    // 18, 19 and 20: the due day moves from Thursday 19 to Tuesday 24.
    let running = stands(&row(), Some(&earlier));
    assert_eq!((running.state, running.due), (State::Open, day(24)));
    let moved = stands(&Listed { due: Some(day(25)), ..row() }, Some(&earlier));
    assert_eq!((moved.state, moved.due), (State::Open, day(25)));
}

#[test]
fn a_stop_told_late_does_not_keep_a_dossier_from_having_ended_before() {
    let stopped = stands(&Listed { status: Some(Status::Stopped), ..row() }, Some(&open()));
    let ended = Listed { status: Some(Status::Resolved), ended: Some(day(18)), ..row() };
    let done = stands(&ended, Some(&stopped));
    assert_eq!((done.state, done.ended, done.due, done.stops.len()), (State::Resolved, Some(day(18)), day(19), 0));
}

#[test]
fn what_an_official_ended_is_not_opened_again_by_a_file() {
    let done = Dossier { state: State::Resolved, ended: Some(day(18)), ..open() };
    assert_eq!(merged(&row(), Some(&done), true), Outcome::Ended(done.clone()));
    // What a file ended, a file may open.
    assert_eq!(stands(&row(), Some(&done)), open());
    let stopped = stands(&Listed { status: Some(Status::Stopped), ..row() }, Some(&done));
    assert_eq!((stopped.state, stopped.ended), (State::Stopped, None));
    let later = Listed { status: Some(Status::Resolved), ended: Some(day(19)), ..row() };
    assert_eq!(stands(&later, Some(&done)).ended, Some(day(19)));
}

#[test]
fn nothing_of_a_void_dossier_comes_back_but_what_the_file_says() {
    let void = Dossier {
        id: DossierId(5),
        state: State::Void,
        field: FieldId(3),
        due: day(30),
        holder: Some(OfficialId(7)),
        promised: Some(day(30)),
        promised_for: None,
        reason: Some(Reason::Software),
        ..open()
    };
    assert_eq!(stands(&row(), Some(&void)), Dossier { id: DossierId(5), ..open() });
    let poor = Listed { due: None, ..row() };
    assert_eq!(merged(&poor, Some(&void), false), Outcome::Rejected(Why::NoDue));
}
