"""The file that was brought, with what is wrong written beside each row, to be mended and brought
again. Private columns were dropped while reading, so they are not in it."""

import io
from collections import defaultdict
from collections.abc import Mapping

from app.core.spreadsheets import AS_TEXT
from app.core.workbooks import sheet_name
from app.rosters.cells import Table
from app.rosters.models import RosterUpload
from app.rosters.uploading import planned, read

HEADING = "Keterangan Rambu"

#: What is said of each row, by sheet and line. A file of one table has one sheet without a name.
Notes = dict[tuple[str, int], list[str]]


def annotated(upload: RosterUpload, content: bytes) -> bytes:
    """An XLSX with every row that holds something."""
    roster, source = read(upload, content)
    _, faults = planned(upload, roster)
    notes: Notes = defaultdict(list)
    for fault in faults:
        kind = "SALAH" if fault.is_error else "Perlu dilihat"
        notes[fault.place].append(f"{kind}: {fault.sentence}")
    heads = {sheet.name: sheet.header_line for sheet in roster.reading.sheets}
    return _workbook(source.tables, notes, heads)


def _workbook(tables: list[Table], notes: Notes, heads: Mapping[str, int]) -> bytes:
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, AS_TEXT) as book:
        told = book.add_format({"text_wrap": True, "font_color": "#8c1d18", "valign": "top"})
        taken: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(sheet_name(table.name, taken))
            sheet.set_column(0, 0, 60)
            sheet.write_string(max(heads.get(table.name, 1), 1) - 1, 0, HEADING, told)
            named = table.name if len(tables) > 1 else ""
            for row in table.rows:
                if said := notes.get((named, row.line)) or notes.get((table.name, row.line)):
                    sheet.write_string(row.line - 1, 0, "\n".join(said), told)
                for column, cell in enumerate(row.cells, start=1):
                    if cell:
                        sheet.write_string(row.line - 1, column, cell)
    return buffer.getvalue()
