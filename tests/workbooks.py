"""Workbooks as spreadsheets save them, written part by part, so that a test can have any kind of cell.

Belongs here: the parts of an .xlsx file. Does not belong here: what a workbook must show, which is beside its test.
"""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
Rows = Sequence[Sequence[object]]


class Error(str):
    """A cell with an error of the spreadsheet, such as #N/A."""


class Formula(str):
    """A cell with a formula; its last result is written after the sign `=`, `SUM(A1)=42`."""


def write_workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    hidden: Sequence[str] = (),
    merged: Mapping[str, Sequence[str]] | None = None,
    counts_from_1904: bool = False,
) -> Path:
    """Write the sheets, each a list of rows without the cells that are None; `merged` has ranges (A2:A3) by sheet."""
    origin = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
    names = list(sheets)
    state = {name: ' state="hidden"' if name in hidden else "" for name in names}
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}"{state[name]} r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{REFERENCES}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    styles = f'<Relationship Id="styles" Type="{REFERENCES}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="w" '
        f'Type="{REFERENCES}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REFERENCES}"><workbookPr date1904="{counts_from_1904:d}"/>'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}{styles}</Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, name in enumerate(names, 1):
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in (merged or {}).get(name, ()))
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f"<worksheet {MAIN}><sheetData>{_rows(sheets[name], origin)}</sheetData>"
            + (f"<mergeCells>{ranges}</mergeCells>" if ranges else "")
            + "</worksheet>"
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            file.writestr(part, text)
    return path


def _rows(rows: Rows, origin: date) -> str:
    return "".join(
        f'<row r="{number}">{"".join(_cell(value, place, number, origin) for place, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )


def _cell(value: object, place: int, number: int, origin: date) -> str:
    letters = f"{chr(64 + place // 26) if place > 25 else ''}{chr(65 + place % 26)}{number}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{letters}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, Error):
        return f'<c r="{letters}" t="e"><v>{value}</v></c>'
    if isinstance(value, Formula):
        formula, result = value.rsplit("=", 1)
        return f'<c r="{letters}"><f>{escape(formula)}</f><v>{result}</v></c>'
    if isinstance(value, datetime):
        days = (value - datetime(origin.year, origin.month, origin.day)) / timedelta(days=1)
        return f'<c r="{letters}" s="2"><v>{days!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{letters}" s="1"><v>{(value - origin).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{letters}"><v>{value!r}</v></c>'
    return f'<c r="{letters}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
