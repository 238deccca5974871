"""The worker's part of codes and slips: issue them, then lay out what is to be printed.

Each portion is committed by itself: who dies on the way goes on with whoever has no code yet, and
prints anew from the rows.
"""

from itertools import groupby

from flask import current_app

from app.accounts import activation, slip_orders
from app.accounts.models import SlipFile, SlipOrder
from app.admin import queries, slips
from app.admin.queries import SlipRow
from app.agencies import nip
from app.agencies.models import with_titles
from app.core import bounded, clock, dates
from app.core.dates import thousands
from app.core.db import Json, start_writing
from app.core.errors import DomainError
from app.jobs.deeds import Deed, Work
from app.printing.slips import Pile, Slip, Stack, render_stack

#: Codes that one transaction makes.
PORTION = 500


class NotLaidOut(DomainError):
    message = (
        "Slip tidak dapat disusun dalam batas waktu dan memori server. Kodenya sudah terbit dan "
        "berlaku; pesan slipnya sekali lagi, atau per unit yang lebih kecil."
    )


def _make(work: Work) -> Json:
    wanted = slip_orders.order_named(work.subject)
    waiting = slip_orders.people_without_code(wanted) if wanted.issues else []
    for first in range(0, len(waiting), PORTION):
        start_writing()
        slip_orders.issue(wanted, waiting[first : first + PORTION])
        work.advance(min(first + PORTION, len(waiting)), 2 * len(waiting))
    rows = queries.slip_rows(wanted.unit, wanted.by)
    _print(work, wanted, rows, len(waiting))
    told = f"{thousands(wanted.issued)} kode baru terbit; {thousands(len(rows))} slip siap dicetak."
    page = {"endpoint": "admin.order", "args": {"unit_id": wanted.unit_id}}
    return {"told": told, **page, "codes": wanted.issued, "slips": len(rows)}


def _print(work: Work, wanted: SlipOrder, rows: list[SlipRow], done: int) -> None:
    total = done + len(rows)
    start_writing()
    slip_orders.drop_files(wanted)
    for place, piles in enumerate(slips.packed(_piles(wanted, rows)), start=1):
        pdf = _laid_out(wanted, piles)
        file = _file(place, piles)
        done += file.slips
        start_writing()
        slip_orders.keep_file(wanted, file, pdf)
        work.advance(done, total)


def _piles(wanted: SlipOrder, rows: list[SlipRow]) -> list[Pile]:
    """A pile a sub-unit, in the order of the tree."""
    offices, zone = queries.offices_below(wanted.unit), wanted.unit.agency.zone
    return [
        Pile(name, offices[unit_id], tuple(_slip(row, zone) for row in pile))
        for (unit_id, name), pile in groupby(rows, key=lambda row: (row.unit_id, row.unit))
    ]


def _slip(row: SlipRow, zone: str) -> Slip:
    return Slip(
        name=with_titles(row.front_title, row.name, row.back_title),
        number_label=slips.number_label(row.number),
        number=nip.grouped(row.number),
        code=activation.code_text_of(row.code_id, row.person_id),
        until=dates.local_date(row.expires_at, zone),
    )


def _file(place: int, piles: list[Pile]) -> SlipFile:
    return SlipFile(
        place=place,
        title=slips.file_title(piles),
        slips=sum(len(pile.slips) for pile in piles),
        pages=sum(pile.page_count for pile in piles),
    )


def _laid_out(wanted: SlipOrder, piles: list[Pile]) -> bytes:
    agency = wanted.unit.agency
    title = f"Slip aktivasi: {slips.file_title(piles)}"
    stack = Stack(title, agency.name, tuple(piles), wanted.address, clock.now(), agency.zone)
    try:
        return render_stack(stack, is_apart=current_app.extensions["press"].is_apart)
    except bounded.Unfinished as error:
        raise NotLaidOut from error


MAKE = Deed(slip_orders.KIND, "terbitkan kode dan siapkan slip", _make)
