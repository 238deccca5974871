"""The report as CSV and as text. No cell is ever a formula; the workbook is `books`."""

from collections.abc import Mapping

from app.agencies.nip import grouped
from app.core.dates import local, two_decimals
from app.core.spreadsheets import csv_of, tame
from app.reminders.words import pieces
from app.reports.coverage import Row, Tally
from app.reports.queries import Standing

COLUMNS = (
    "No", "Nama OPD", "Jumlah ASN", "Sudah belajar", "Lulus", "Sudah TTD pakta", "Belum", "%",
)  # fmt: skip
PEOPLE_COLUMNS = (
    "No", "OPD", "Unit kerja", "Nama", "NIP / NI PPPK", "Jabatan", "Status", "Tanggal pakta",
    "Nomor pakta", "Nomor sertifikat",
)  # fmt: skip


def summary_csv(rows: list[Row], total: Tally) -> str:
    """The table as CSV, with its total; percentages with a decimal comma."""
    lines = [(str(place), tame(row_name(row)), row.tally) for place, row in enumerate(rows, 1)]
    return csv_of(
        COLUMNS,
        (
            [place, name, *map(str, figures(tally)), two_decimals(tally.signed_percent)]
            for place, name, tally in [*lines, ("", "JUMLAH", total)]
        ),
    )


def people_csv(people: list[Standing], homes: Mapping[int, str], zone: str) -> str:
    """The people as CSV. A NIP is written in its groups, so that a spreadsheet keeps its digits."""
    lines = []
    for place, person in enumerate(people, start=1):
        texts = [homes.get(person.unit_id, person.unit), *person_texts(person, zone)]
        texts[3] = grouped(texts[3])
        lines.append([str(place), *map(tame, texts)])
    return csv_of(PEOPLE_COLUMNS, lines)


def figures(tally: Tally) -> tuple[int, ...]:
    return tally.people, tally.learned, tally.passed, tally.signed, tally.pending


def row_name(row: Row) -> str:
    """The unit's name; people who sit above every row are named for what they are."""
    return f"{row.node.name} (langsung)" if row.is_rest else row.node.name


def person_texts(person: Standing, zone: str) -> tuple[str, ...]:
    signed_on = f"{local(person.signed_at, zone):%d-%m-%Y}" if person.signed_at else ""
    return (
        person.unit,
        person.full_name,
        person.number,
        person.position,
        person.status,
        signed_on,
        person.pledge_number or "",
        person.certificate_number or "",
    )


def whatsapp_texts(title: str, unit: str, moment: str, pending: list[Standing]) -> list[str]:
    """The *Belum* list, ready to paste, in pieces that a chat takes: names and what is missing,
    never a NIP."""
    head = f"*{title}*\n{unit}\nPer {moment.removeprefix('per ')}\n"
    if not pending:
        return [f"{head}\nSemua sudah menandatangani pakta integritas. Terima kasih."]
    head = f"{head}\nBelum menandatangani pakta ({len(pending)} orang):"
    lines = (f"{i}. {line.full_name} ({line.status.lower()})" for i, line in enumerate(pending, 1))
    return pieces(head, lines, "")
