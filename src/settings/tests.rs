use super::*;

#[test]
fn a_line_of_dotenv_is_told_by_its_number_alone() {
    let file = "A=1\nTELOXIDE_TOKEN=7:SECRET abc\n";
    let error = dotenvy::from_read_iter(file.as_bytes()).find_map(Result::err).unwrap();
    let dotenvy::Error::LineParse(text, _) = &error else { panic!("{error}") };
    assert_eq!(line_with(file, text), Some(2));
    let fault = Fault::DotEnv { line: line_with(file, text) };
    let faults = Faults { locale: Locale::Vi, faults: vec![fault] };
    assert!(faults.sentences()[0].contains("dòng 2") && !format!("{faults:?}").contains("SECRET"));
}

#[test]
fn nothing_shown_can_be_a_password_or_a_token() {
    assert_eq!(shown("postgres://x"), "postgres://x");
    assert_eq!(shown("ftp://ann:pa@ss@host/x"), "…@host/x");
    assert_eq!(shown("ftp://x/bot7123456789:AAFSECRETSECRETSECRETSECRETSECRET"), "");
    assert_eq!(shown_path("/nowhere/token"), "/nowhere/token");
    assert_eq!(shown_path("7:SECRET"), "");
    assert_eq!(shown_path("/"), "");
}

#[test]
fn a_name_that_is_no_setting_is_refused_even_where_it_is_empty() {
    let faults = |name: &str| {
        let values = BTreeMap::from([(name.to_string(), String::new())]);
        Settings::from_values(values, Vec::new()).err().map(|f| f.faults)
    };
    let unknown = Fault::Unknown { name: "MOTCUA_BAR".to_string(), near: None };
    assert_eq!(faults("MOTCUA_BAR"), Some(vec![unknown]));
    assert_eq!(faults("MOTCUA_LISTEN"), None);
}
