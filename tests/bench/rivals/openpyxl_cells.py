"""Writes the cells of cells.json with openpyxl; prints the median milliseconds.

    python openpyxl_cells.py cells.json RUNS

Reading the JSON and turning days into dates is not counted; neither are charts. Styles
are made once and shared by reference, the fastest way the library has.
"""

import io
import sys
from copy import copy

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from cells import NUMBER_FORMATS, load, look, median_ms

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def write(sheets):
    book = Workbook()
    book.remove(book.active)
    styles = {}
    for name, cells in sheets:
        page = book.create_sheet(name)
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = 9
        for row, column, rows, columns, kind, value, result, key in cells:
            cell = page.cell(row + 1, column + 1)
            if key in styles:
                cell._style = copy(styles[key])
            else:
                dress(cell, key)
                styles[key] = cell._style
            if kind == "text":
                cell.value = value
                cell.data_type = "s"
            elif kind != "blank":
                cell.value = value
            if (rows, columns) != (1, 1):
                page.merge_cells(
                    start_row=row + 1, start_column=column + 1, end_row=row + rows, end_column=column + columns
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def dress(cell, key):
    bold, border, align, wrap, fill, kind = look(key)
    cell.font = Font(name="Times New Roman", size=12, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
    if border:
        cell.border = BOX
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if kind in NUMBER_FORMATS:
        cell.number_format = NUMBER_FORMATS[kind]


sheets = load(sys.argv[1])
print(median_ms(int(sys.argv[2]), lambda: write(sheets)))
