"""What a row says of somebody's employment: by its columns, or else by number and jabatan.

Nothing is inferred in silence: what nobody states is proposed, and said.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.agencies import nip
from app.agencies.nip import Level
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.rosters import positions
from app.rosters.cell_reader import CellReader, holds
from app.rosters.cells import Broken, Row
from app.rosters.faults import Cause
from app.rosters.statuses import read_status

STATUS_FIELDS = ("status", "kind", "cpns_pns")

_CPNS_PNS = {"c": PersonStatus.CPNS, "p": PersonStatus.PNS}
_ODD = {"lazimnya tanpa NIP": Cause.STATUS_ODD, "lazimnya milik": Cause.STATUS_ODD}


@dataclass
class StatusReader(CellReader):
    """Reads status and legal position."""

    #: Everybody's status, where no column states it.
    status: PersonStatus | None = None

    def _stated(self, row: Row) -> PersonStatus | None:
        """What the columns say: of several, the one that says most."""
        told = [read_status(self._plain(row, name)) for name in ("status", "kind")]
        found = next((status for status in told if status is not None), None)
        letter = self._plain(row, "cpns_pns").strip(" .").casefold()[:1]
        if letter == "c" and found in (None, PersonStatus.PNS):
            return PersonStatus.CPNS
        if found is None and self._legal_text(row).casefold().startswith("pppk"):
            return PersonStatus.PPPK
        return found if found is not None else self.status

    def _status(
        self,
        row: Row,
        number: str | None,
        number_cell: str,
        stated: PersonStatus | None,
        texts: Mapping[str, str],
        units: Mapping[str, str],
    ) -> tuple[PersonStatus | None, bool]:
        """The status, and whether it was only proposed."""
        text = next((t for n in ("status", "kind") if (t := self._plain(row, n))), "")
        status, is_proposed = stated, False
        if any(isinstance(self._cell(row, n), Broken) for n in STATUS_FIELDS):
            self._error(row, Cause.CELL_WRONG, "Kolom Status menampilkan kesalahan Excel.")
            return None, False
        if status is None and text and positions.read_note(text) is None:
            known = ", ".join(PERSON_STATUSES.values())
            sentence = f"Status “{text}” tidak dikenal. Pilih salah satu: {known}."
            self._error(row, Cause.STATUS_UNKNOWN, sentence, text)
            return None, False
        if status is None and (not self._states_status or text or self._has_letter(row)):
            status = self._proposed(row, number, texts, units)
            is_proposed = status is not None
        has_number = holds(number_cell)
        if number is not None and not nip.is_participant(number):
            self._check_number(row, number, status)
        elif status is None:
            if not has_number or number is not None:
                self._error(row, Cause.STATUS_MISSING, "Status kepegawaian belum diisi.")
        elif status.is_asn and (number or not has_number):
            sentence = f"Status {PERSON_STATUSES[status]} memerlukan NIP / NI PPPK (18 angka)."
            self._error(row, Cause.NUMBER_MISSING, sentence)
        return status, is_proposed

    @property
    def _states_status(self) -> bool:
        return any(name in self.header.places for name in STATUS_FIELDS)

    def _has_letter(self, row: Row) -> bool:
        return self._plain(row, "cpns_pns").strip(" .").casefold()[:1] in _CPNS_PNS

    def _proposed(
        self, row: Row, number: str | None, texts: Mapping[str, str], units: Mapping[str, str]
    ) -> PersonStatus | None:
        """What number, rank and jabatan suggest where nobody states it; said aloud."""
        if number is not None and nip.is_participant(number):
            return PersonStatus.NON_ASN
        status = nip.proposal(number) if number is not None else None
        if status is None and number is None:
            status = _of_village(texts["position"], units)
        if status is not None:
            self._warn(
                row,
                Cause.STATUS_PROPOSED,
                f"Status tidak tertulis; menurut NIP atau jabatan: {PERSON_STATUSES[status]}.",
                PERSON_STATUSES[status],
            )
        return status

    def _check_number(self, row: Row, number: str, status: PersonStatus | None) -> None:
        for fault in nip.faults(number, status, self.today):
            cause = Cause.NUMBER_WRONG if fault.level is Level.ERROR else Cause.NUMBER_ODD
            if status is None and "Status" in fault.sentence:
                cause = Cause.STATUS_MISSING
            elif any(words in fault.sentence for words in _ODD):
                cause = Cause.STATUS_ODD
            self._add(row, fault.level, cause, fault.sentence)

    def _legal_text(self, row: Row) -> str:
        return self._plain(row, "legal")

    def _legal(self, row: Row) -> str:
        """The text that makes somebody a question, or an empty one."""
        if text := self._legal_text(row):
            return text if positions.read_position(text) is not None else ""
        for name in ("status", "note"):
            if (told := positions.read_note(self._plain(row, name))) is not None:
                return told.value
        return ""


def _of_village(position: str, units: Mapping[str, str]) -> PersonStatus | None:
    """What a jabatan in a village suggests: `Kaur Keuangan`, `Kepala Desa`."""
    text = position.casefold()
    if not any("desa" in unit.casefold() for unit in (*units.values(), text)):
        return None
    if text.startswith(("kepala desa", "kades", "pj kepala desa", "pj. kepala desa")):
        return PersonStatus.VILLAGE_HEAD
    if "bpd" in text.split() or "permusyawaratan" in text:
        return PersonStatus.VILLAGE_COUNCIL
    offices = ("kaur", "kasi", "sekretaris", "sekdes", "kepala dusun", "kadus", "kepala seksi",
               "kepala urusan", "staf", "perangkat", "kawil", "kepala wilayah")  # fmt: skip
    return PersonStatus.VILLAGE_OFFICIAL if text.startswith(offices) else None
