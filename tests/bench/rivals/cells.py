"""What both rivals share: the cells, their looks, the clock."""

import json
import statistics
import time
from datetime import date, datetime

NUMBER_FORMATS = {
    "number": "[$-42A]#,##0",
    "formula": "[$-42A]#,##0",
    "rate": "[$-42A]0.00%",
    "day": "dd/mm/yyyy",
    "time": "dd/mm/yyyy hh:mm",
}
PLAIN = {"FormNumber", "Title", "Subtitle", "Furniture", "Measure", "Within", "SignHead", "SignHint"}
PLAIN |= {"Heading", "Section", "Line"}
BOLD = {"FormNumber", "Title", "SignHead", "Heading", "Section", "Head", "TotalLabel", "TotalFigure"}
RIGHT = {"Figure", "TotalFigure", "Measure"}
LEFT = {"Label", "TotalLabel", "Within", "Line", "Heading", "Section", "Furniture", "FormNumber"}
FILLS = {"Off": "E7E6E6", "Bad": "F8D7DA", "Soft": "FFF2CC", "Good": "E2F0D9"}


def load(path):
    """Sheets as (name, cells), days and times as such."""
    with open(path, encoding="utf-8") as file:
        sheets = json.load(file)
    for sheet in sheets:
        for cell in sheet["cells"]:
            if cell[4] == "day":
                cell[5] = date.fromisoformat(cell[5])
            elif cell[4] == "time":
                cell[5] = datetime.fromisoformat(cell[5])
    return [(sheet["name"], sheet["cells"]) for sheet in sheets]


def look(key):
    """Bold, border, alignment, wrapping, ground and kind of a format's name."""
    role, shade, kind = key.split()
    align = "right" if role in RIGHT else "left" if role in LEFT else "center"
    return role in BOLD, role not in PLAIN, align, role not in RIGHT, FILLS.get(shade), kind


def median_ms(runs, work):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
