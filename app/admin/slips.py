"""What a slip says, and the same as a message. Pure text.

A message to one person carries the code; a message to a group never does: whoever reads the group
could use it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from app.agencies import nip
from app.core import dates
from app.core.texts import whatsapp_link
from app.printing.slips import Pile

#: Slips in one file: some forty pages, which the worker lays out in some seconds.
A_FILE = 320


@dataclass(frozen=True)
class Slip:
    """Everything that somebody needs to enter for the first time."""

    id: int
    name: str
    number: str
    unit: str
    code: str
    address: str
    expires_at: datetime
    zone: str

    @property
    def number_label(self) -> str:
        return number_label(self.number)

    @property
    def grouped(self) -> str:
        return nip.grouped(self.number)

    @property
    def until(self) -> str:
        return dates.local_date(self.expires_at, self.zone)

    @property
    def link(self) -> str:
        return whatsapp_link(self.message)

    @property
    def message(self) -> str:
        """For a chat with this person alone."""
        which = f"nomor peserta {self.number}" if nip.is_participant(self.number) else "NIP Anda"
        return (
            f"Yth. {self.name},\n"
            "akun Rambu (belajar netralitas ASN) Anda siap diaktifkan:\n"
            f"1. Buka {self.address}\n"
            f"2. Isi {which} dan kode {self.code}\n"
            "3. Buat kata sandi Anda sendiri\n"
            f"Kode berlaku sampai {self.until} dan hanya untuk satu kali. "
            "Jangan teruskan pesan ini; admin tidak pernah menanyakan kata sandi Anda."
        )


def number_label(number: str) -> str:
    return "Nomor peserta" if nip.is_participant(number) else "NIP / NI PPPK"


def group_message(unit: str, address: str, office: str) -> str:
    """For the unit's group: where to get the code, never a code."""
    return (
        f"Bapak/Ibu di {unit},\n"
        "akun Rambu untuk belajar netralitas ASN sudah dapat diaktifkan.\n"
        "1. Ambil slip kode Anda pada admin unit\n"
        f"2. Buka {address}, isi NIP dan kode itu\n"
        "3. Buat kata sandi sendiri, lalu mulai belajar\n"
        f"Kode bersifat pribadi: jangan dikirim di grup ini. Pertanyaan: {office}."
    )


def packed(piles: Iterable[Pile], most: int = A_FILE) -> Iterator[list[Pile]]:
    """Piles by file: each OPD has its own, and several where one would be too long to lay out. A
    pile that is larger than a file is cut."""
    for _, of_office in groupby(piles, key=lambda pile: pile.office):
        held: list[Pile] = []
        for pile in _cut(of_office, most):
            if held and sum(len(one.slips) for one in held) + len(pile.slips) > most:
                yield held
                held = []
            held.append(pile)
        yield held


def _cut(piles: Iterable[Pile], most: int) -> Iterator[Pile]:
    for pile in piles:
        for first in range(0, len(pile.slips), most):
            yield replace(pile, slips=pile.slips[first : first + most])


def file_title(piles: list[Pile]) -> str:
    """`Dinas Pendidikan: SDN 1 Melati sampai SDN 9 Melati`."""
    office, first, last = piles[0].office, piles[0].unit, piles[-1].unit
    if first == last:
        return office if first == office else f"{office}: {first}"
    return f"{office}: {first} sampai {last}"
