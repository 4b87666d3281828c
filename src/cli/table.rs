//! Lists: tab-separated rows under a header, or JSON.

use serde_json::{Map, Value};

use super::setup::say;

/// Rows under named columns.
pub struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
}

impl Table {
    pub fn new(columns: &'static [&'static str]) -> Table {
        Table { columns, rows: Vec::new() }
    }

    /// Adds a row, a value a column.
    pub fn row(&mut self, values: impl IntoIterator<Item = Value>) {
        self.rows.push(values.into_iter().collect());
    }

    /// Prints the table on standard output.
    pub fn print(&self, json: bool) {
        if json {
            say(&self.json().to_string());
        } else {
            say(self.text().trim_end_matches('\n'));
        }
    }

    fn json(&self) -> Value {
        let object = |row: &Vec<Value>| {
            let fields = self.columns.iter().map(|c| c.to_string()).zip(row.iter().cloned());
            Value::Object(fields.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }

    fn text(&self) -> String {
        let mut text = self.columns.join("\t") + "\n";
        for row in &self.rows {
            text.push_str(&row.iter().map(cell).collect::<Vec<_>>().join("\t"));
            text.push('\n');
        }
        text
    }
}

/// A value without tabs and line breaks of its own; a list joined by commas.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" "),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_is_one_line_whatever_it_holds() {
        let mut table = Table::new(&["code", "name", "fields"]);
        table.row([json!("A"), json!("x\ty\nz"), json!(["HT", "CT"])]);
        table.row([json!("B"), json!(null), json!([])]);
        assert_eq!(table.text(), "code\tname\tfields\nA\tx y z\tHT,CT\nB\t\t\n");
        assert_eq!(table.json()[0], json!({"code": "A", "name": "x\ty\nz", "fields": ["HT", "CT"]}));
    }
}
