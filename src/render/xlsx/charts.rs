//! Native charts over cells of the workbook.

use rust_xlsxwriter::{
    Chart as Native, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartSolidFill, Worksheet, XlsxError,
};

use super::layout::DEFAULT_ROW_PIXELS;
use crate::report::book::{Chart, ChartKind, Range};

/// Blue and orange: apart for colour-blind readers and on a grey printer.
const COLOURS: [&str; 2] = ["#1F4E79", "#ED7D31"];

/// Puts a chart over the full width of the sheet.
pub fn insert(page: &mut Worksheet, chart: &Chart, width: u32) -> Result<(), XlsxError> {
    let mut native = match chart.kind {
        ChartKind::Columns => Native::new_column(),
        ChartKind::Lines => Native::new_line(),
        ChartKind::Shares => Native::new_bar(),
    };
    native.title().set_name(&chart.title).set_font(font(13).set_bold());
    native.set_width(width).set_height(chart.rows * DEFAULT_ROW_PIXELS).set_alt_text(&chart.title);
    for (series, colour) in chart.series.iter().zip(COLOURS) {
        let added = native.add_series();
        added.set_categories(range(&chart.categories)).set_values(range(&series.values)).set_name(&series.name);
        match chart.kind {
            ChartKind::Lines => {
                added.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(1.75)))
            }
            _ => added.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour))),
        };
        if chart.kind == ChartKind::Shares {
            added.set_gap(40).set_data_label(
                ChartDataLabel::new()
                    .show_value()
                    .set_num_format("[$-42A]0.00%")
                    .set_font(&font(11))
                    .set_position(ChartDataLabelPosition::OutsideEnd),
            );
        } else {
            added.set_gap(60);
        }
    }
    if chart.kind == ChartKind::Lines {
        // Days off leave no gap in a line.
        native.show_empty_cells_as(ChartEmptyCells::Connected);
    }
    axes(&mut native, chart.kind);
    page.insert_chart(chart.row, 0, &native)?;
    Ok(())
}

fn axes(native: &mut Native, kind: ChartKind) {
    let pale = ChartLine::new().set_color("#D9D9D9").clone();
    native.x_axis().set_font(&font(11));
    native.y_axis().set_font(&font(11));
    match kind {
        ChartKind::Shares => {
            // Bars are drawn from below; the largest share belongs on top.
            // In a bar chart the library calls the categories' axis y.
            native.y_axis().set_reverse().set_major_gridlines(false);
            native.x_axis().set_num_format("0%").set_min(0).set_hidden(true).set_major_gridlines(false);
            native.legend().set_hidden();
        }
        ChartKind::Columns | ChartKind::Lines => {
            native.x_axis().set_num_format("dd/mm").set_date_axis(true);
            native.y_axis().set_num_format("[$-42A]#,##0").set_min(0).set_major_gridlines_line(&pale);
            native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(11));
        }
    }
}

fn font(size: u8) -> ChartFont {
    ChartFont::new().set_name("Times New Roman").set_size(size).clone()
}

fn range(range: &Range) -> (&str, u32, u16, u32, u16) {
    (&range.sheet, range.first, range.column, range.last, range.column)
}
