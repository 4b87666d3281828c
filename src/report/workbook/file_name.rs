//! The name a workbook is sent under.

use unicode_normalization::UnicodeNormalization;

/// `motcua_UNIT_PERIOD.xlsx`, in ASCII so that every phone, mail program and disk keeps it.
///
/// ```
/// use motcua::report::workbook::file_name;
/// assert_eq!(file_name("KTD", "Tháng 11/2025", "xlsx"), "motcua_KTD_thang-11-2025.xlsx");
/// assert_eq!(file_name("ĐS", "Quý I/2023", "xlsx"), "motcua_DS_quy-i-2023.xlsx");
/// ```
pub fn file_name(unit_code: &str, period: &str, extension: &str) -> String {
    format!("motcua_{}_{}.{extension}", plain(unit_code), plain(period).to_lowercase())
}

/// Letters without marks and digits; anything between them is one hyphen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !matches!(c, '\u{0300}'..='\u{036f}')) {
        match c {
            'đ' => out.push('d'),
            'Đ' => out.push('D'),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len().min(60));
    if out.is_empty() { "x".to_string() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(unit: &str, period: &str, expected: &str) {
        assert_eq!(file_name(unit, period, "xlsx"), expected);
    }

    #[test]
    fn every_period_becomes_a_file_name() {
        check("GL", "Từ 01/01/2023 đến 10/08/2023", "motcua_GL_tu-01-01-2023-den-10-08-2023.xlsx");
        check("GL", "Tuần 16/11 – 22/11/2026", "motcua_GL_tuan-16-11-22-11-2026.xlsx");
        check("GL", "6 tháng đầu năm 2023", "motcua_GL_6-thang-dau-nam-2023.xlsx");
    }

    #[test]
    fn no_code_leaves_the_folder() {
        check("../../etc/passwd", "Năm 2023", "motcua_etc-passwd_nam-2023.xlsx");
        check("...", "", "motcua_x_x.xlsx");
    }
}
