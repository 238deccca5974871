"""The roster as it stands, to be mended in a spreadsheet and brought back: a file that changes
nothing. Its columns are those of the empty list (`blank`), and the unit goes by its code.
"""

import io
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from app.agencies.models import Agency, Person, Unit
from app.agencies.nip import grouped
from app.catalog.labels import PERSON_STATUSES
from app.core import spreadsheets
from app.core.db import db
from app.rosters import blank

#: What stands in a line, in the order of the columns of `blank.PEOPLE`.
Line = Sequence[str]


def lines_of(agency: Agency, *reach: sa.ColumnElement[bool]) -> list[Line]:
    """A line for everybody active, in the order of names; `reach` says whom the desk sees."""
    query = (
        sa.select(
            Person.number, Person.front_title, Person.name, Person.back_title, Person.status,
            Person.rank, Person.position, Unit.code, Unit.name,
        )
        .join(Person.unit)
        .where(Person.agency_id == agency.id, Person.is_active, *reach)
        .order_by(Person.sort_key, Person.id)
    )  # fmt: skip
    return [(*row[:4], PERSON_STATUSES[row.status], *row[5:]) for row in db.session.execute(query)]


def csv_of(lines: Iterable[Line]) -> bytes:
    """With numbers in groups, so that a spreadsheet keeps their digits."""
    grouped_lines = ((grouped(number), *map(spreadsheets.tame, rest)) for number, *rest in lines)
    return spreadsheets.csv_of(blank.PEOPLE.header, grouped_lines).encode()


def workbook(lines: Iterable[Line]) -> bytes:
    """One sheet, every cell of text: a code such as 10.10 keeps its naught."""
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, spreadsheets.AS_TEXT) as book:
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        page = book.add_worksheet(blank.PEOPLE.sheet)
        for column, (label, width) in enumerate(
            zip(blank.PEOPLE.header, blank.PEOPLE.widths, strict=True)
        ):
            page.set_column(column, column, width, as_text)
            page.write_string(0, column, label, bold)
        last = 0
        for last, line in enumerate(lines, start=1):
            for column, text in enumerate(line):
                page.write_string(last, column, text, as_text)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(blank.PEOPLE.header) - 1)
    return buffer.getvalue()
