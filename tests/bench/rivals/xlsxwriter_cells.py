"""Writes the cells of cells.json with XlsxWriter; prints the median milliseconds.

    python xlsxwriter_cells.py cells.json RUNS

Reading the JSON and turning days into dates is not counted; neither are charts.
"""

import io
import sys

import xlsxwriter

from cells import NUMBER_FORMATS, load, look, median_ms


def write(sheets):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {}
    for name, cells in sheets:
        page = book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for row, column, rows, columns, kind, value, result, key in cells:
            form = formats.get(key)
            if form is None:
                form = formats[key] = book.add_format(properties(key))
            if (rows, columns) != (1, 1):
                page.merge_range(row, column, row + rows - 1, column + columns - 1, "", form)
            if kind == "text":
                page.write_string(row, column, value, form)
            elif kind == "formula":
                page.write_formula(row, column, value, form, result)
            elif kind in ("day", "time"):
                page.write_datetime(row, column, value, form)
            elif kind == "blank":
                page.write_blank(row, column, None, form)
            else:
                page.write_number(row, column, value, form)
    book.close()
    return out.getvalue()


def properties(key):
    bold, border, align, wrap, fill, kind = look(key)
    found = {"font_name": "Times New Roman", "font_size": 12, "align": align, "valign": "vcenter", "bold": bold}
    found["text_wrap"] = wrap
    if border:
        found["border"] = 1
    if fill:
        found["bg_color"] = "#" + fill
    if kind in NUMBER_FORMATS:
        found["num_format"] = NUMBER_FORMATS[kind]
    return found


sheets = load(sys.argv[1])
print(median_ms(int(sys.argv[2]), lambda: write(sheets)))
