"""Has LibreOffice work our workbooks out again, and prints them.

    python3 tests/peers/workbook.py FILE.xlsx ...

Each formula's cached result is first replaced by a wrong one, so that a value that comes
out right was worked out by LibreOffice, not copied. Then every cell of every sheet is
compared. The printed pages must hold text in an embedded Vietnamese font, no `###`, and
none may be empty; they are left as pictures in target/peers/.

Standard library only. Exit 1 with a list where something differs.
"""

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OUT = Path("target/peers")
WRONG = "987654321"

# Formulas of a file that LibreOffice has not written are worked out only if it is told to.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def sheets(path):
    """Name of each sheet → {cell: (formula or None, value)}."""
    with zipfile.ZipFile(path) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
                strings.append("".join(t.text or "" for t in item.iter(MAIN + "t")))
        links = {
            link.get("Id"): link.get("Target")
            for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets"):
            target = "xl/" + links[sheet.get(LINK + "id")].removeprefix("/xl/")
            cells = {}
            for cell in ElementTree.fromstring(book.read(target)).iter(MAIN + "c"):
                value, formula = cell.findtext(MAIN + "v"), cell.find(MAIN + "f")
                if value is None:
                    continue
                kind = cell.get("t", "n")
                if kind == "s":
                    value = strings[int(value)]
                elif kind == "n":
                    value = float(value)
                cells[cell.get("r")] = (None if formula is None else formula.text, value)
            found[sheet.get("name")] = cells
        return found


def spoil(source, target):
    """Copies a workbook with every cached result wrong; returns how many there were."""
    count = 0
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in book.namelist():
            data = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, n = re.subn(r"(</f>)<v>[^<]*</v>", rf"\1<v>{WRONG}</v>", data.decode())
                data, count = text.replace(' t="str"><f>', "><f>").encode(), count + n
            copy.writestr(name, data)
    return count


def convert(source, kind, folder):
    profile = (OUT / "profile").resolve()
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(ALWAYS_RECALCULATE)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
        + ["--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{source.stem}.{kind}"


def same(ours, theirs):
    if isinstance(ours, float) and isinstance(theirs, float):
        return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))
    return ours == theirs


def recalculated(path, faults):
    """Compares every cell with what LibreOffice makes of it."""
    spoiled = OUT / "spoiled" / path.name
    spoiled.parent.mkdir(parents=True, exist_ok=True)
    formulas = spoil(path, spoiled)
    ours, theirs = sheets(path), sheets(convert(spoiled, "xlsx", OUT / "recalculated"))
    compared = 0
    if list(ours) != list(theirs):
        faults.append(f"{path.name}: sheets {list(theirs)} instead of {list(ours)}")
    for name, cells in ours.items():
        for cell, (formula, value) in cells.items():
            compared += 1
            got = theirs.get(name, {}).get(cell, (None, None))[1]
            if not same(value, got):
                faults.append(f"{path.name} {name}!{cell} ={formula or ''}: ours {value!r}, LibreOffice {got!r}")
    print(f"{path.name}: {compared} cells compared, {formulas} of them formulas worked out again")
    if not formulas:
        faults.append(f"{path.name}: no formula found")


def printed(path, faults):
    """Prints the workbook to PDF and pictures and looks at what can be looked at by machine."""
    pdf = convert(path, "pdf", OUT)
    for old in OUT.glob(f"{path.stem}-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "80", "-png", str(pdf), str(OUT / path.stem)], check=True)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        if "###" in page:
            faults.append(f"{path.name}: page {number} shows ###")
        # The footer and the page number are always there.
        if len(page.split()) < 12:
            faults.append(f"{path.name}: page {number} is empty")
    fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
    for font in fonts.splitlines()[2:]:
        if not re.search("LiberationSerif|TimesNewRoman", font):
            faults.append(f"{path.name}: printed in {font.split()[0]}")
    print(f"{path.name}: {len(pages)} pages printed")


def main():
    faults = []
    OUT.mkdir(parents=True, exist_ok=True)
    for path in map(Path, sys.argv[1:]):
        recalculated(path, faults)
        printed(path, faults)
    print("\n".join(faults))
    sys.exit(1 if faults or len(sys.argv) < 2 else 0)


if __name__ == "__main__":
    main()
