"""What an import would do: entries of a file held against what is on record. Pure; changes nothing.

A dry run prints a plan, an import carries the same plan out, so that they cannot disagree.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher

from app.agencies import nip
from app.agencies.finding import folded
from app.agencies.nip import Level
from app.catalog.terms import PersonStatus
from app.rosters.faults import Cause, RowFault
from app.rosters.matching import NOTHING, Matching
from app.rosters.roster import Entry
from app.rosters.unit_finder import Found, KnownUnit, UnitFinder
from app.rosters.words import listed

#: What an import may set on a person, besides the unit.
DETAILS = ("name", "front_title", "back_title", "status", "rank", "position")
#: Below this likeness (0 to 1), a name without a common word is another person's.
SAME_NAME = 0.6
#: Units share words (Puskesmas, Sekolah), so only the letters tell.
SAME_UNIT = 0.6
_WORD = re.compile(r"\w{3,}")
#: Words that so many names have that they tell nobody apart.
_SHARED = listed(
    "muhammad muhamad mohammad mohamad moch moh muh abdul ahmad achmad siti nur dewi sri putri "
    "putra made wayan nyoman ketut putu kadek komang ayu raden maria"
)
#: Statuses that a NIP does not tell apart.
_NEIGHBOURS = {
    PersonStatus.CPNS: PersonStatus.PNS,
    PersonStatus.PPPK_PART_TIME: PersonStatus.PPPK,
}


@dataclass(frozen=True)
class KnownPerson:
    id: int
    number: str
    unit_id: int
    name: str
    front_title: str
    back_title: str
    status: PersonStatus
    rank: str
    position: str
    is_active: bool


@dataclass(frozen=True)
class Records:
    """What is on record in one agency, as far as the one who imports may see it."""

    units: list[KnownUnit]
    people: list[KnownPerson]
    #: Numbers that somebody carried before, and who that is.
    former: Mapping[str, int]
    #: Numbers of people of other agencies, or outside what the importer may see.
    foreign: frozenset[str]


@dataclass(frozen=True)
class Change:
    """New details of somebody on record, and the unit moved to, if any."""

    person: KnownPerson
    entry: Entry
    details: dict[str, str]
    unit_id: int

    @property
    def is_move(self) -> bool:
        return self.unit_id != self.person.unit_id


@dataclass
class Plan:
    additions: list[tuple[Entry, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    #: Active people on record whom the file does not name. They stay, unless somebody decides.
    unnamed_ids: list[int] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    @property
    def moves(self) -> int:
        return sum(change.is_move for change in self.changes)

    @property
    def unnamed(self) -> int:
        return len(self.unnamed_ids)

    @property
    def digest(self) -> str:
        """SHA-256 of all that it would do: another plan has another."""
        told = [[asdict(entry), unit] for entry, unit in self.additions]
        told += [
            [one.person.id, {n: [getattr(one.person, n), new] for n, new in one.details.items()},
             one.person.unit_id, one.unit_id]
            for one in self.changes
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan_import(entries: Iterable[Entry], records: Records, matching: Matching = NOTHING) -> Plan:
    """Decide about every entry, and gather every reason against one."""
    planner = _Planner(records, matching)
    for entry in entries:
        planner.decide(entry)
    planner.plan.unnamed_ids = [
        person.id
        for person in records.people
        if person.is_active and person.id not in planner.named
    ]
    return planner.plan


class _Planner:
    def __init__(self, records: Records, matching: Matching) -> None:
        self.records = records
        self.plan = Plan()
        self.named: set[int] = set()
        self.units = UnitFinder(records.units, matching.units)
        self.unit_names = {unit.id: unit.name for unit in records.units}
        self.by_number = {person.number: person for person in records.people}
        self.by_id = {person.id: person for person in records.people}
        self.namesakes: dict[str, list[KnownPerson]] = defaultdict(list)
        self.born: dict[tuple[str, str], KnownPerson] = {}
        for person in records.people:
            if nip.is_participant(person.number):
                self.namesakes[folded(person.name)].append(person)
            else:
                self.born[person.number[:8], folded(person.name)] = person

    def decide(self, entry: Entry) -> None:
        if entry.number in self.records.foreign:
            self._fault(
                entry,
                Level.ERROR,
                Cause.OUT_OF_REACH,
                "Nomor ini sudah terdaftar di luar kewenangan pengimpor (instansi atau unit lain).",
            )
            return
        found = self.units.find(entry.wanted)
        unit = found.unit or self._present(entry, found)
        if unit is None:
            self._fault(entry, Level.ERROR, found.cause, found.sentence, entry.unit_text)
            return
        if found.unit is not None and found.sentence:
            self._fault(entry, Level.WARNING, found.cause, found.sentence, entry.unit_text)
        self._compare_unit(entry, unit)
        person = self._on_record(entry, unit)
        if person is None:
            self._add(entry, unit)
        else:
            self._update(entry, unit, person)

    def _present(self, entry: Entry, found: Found) -> KnownUnit | None:
        """Of several units that a row may mean, the one where the person already is."""
        person = self.by_number.get(entry.number or "")
        if person is None or found.cause is not Cause.UNIT_AMBIGUOUS:
            return None
        return next((unit for unit in found.candidates if unit.id == person.unit_id), None)

    def _compare_unit(self, entry: Entry, unit: KnownUnit) -> None:
        names = (unit.name, *unit.aliases)
        if not (entry.unit_code and entry.unit_name) or entry.unit_name in names:
            return
        if not any(_is_same_unit(entry.unit_name, name) for name in names):
            self._fault(
                entry,
                Level.WARNING,
                Cause.UNIT_CONTRADICTS,
                f"Kode {unit.code} adalah {unit.name}, bukan “{entry.unit_name}”; kode yang "
                "dipakai.",
                entry.unit_text,
            )

    def _on_record(self, entry: Entry, unit: KnownUnit) -> KnownPerson | None:
        if entry.number is not None:
            former = self.records.former.get(entry.number)
            known = self.by_number.get(entry.number)
            return self.by_id.get(former) if known is None and former is not None else known
        same = [p for p in self.namesakes[folded(entry.name)] if p.unit_id == unit.id]
        return same[0] if len(same) == 1 else None

    def _add(self, entry: Entry, unit: KnownUnit) -> None:
        if entry.number is not None and nip.is_participant(entry.number):
            self._fault(
                entry,
                Level.ERROR,
                Cause.NUMBER_WRONG,
                f"Nomor peserta {entry.number} tidak dikenal. Kosongkan: Rambu yang memberinya.",
            )
            return
        self._look_for_twin(entry)
        self.plan.additions.append((entry, unit.id))

    def _look_for_twin(self, entry: Entry) -> None:
        """Whether somebody new is on record under another number, or without one."""
        name = folded(entry.name)
        if entry.number is not None and (twin := self.born.get((entry.number[:8], name))):
            self._fault(
                entry,
                Level.WARNING,
                Cause.SAME_PERSON,
                f"“{twin.name}” dengan tanggal lahir yang sama tercatat bernomor "
                f"{nip.grouped(twin.number)}. Bila nomornya berganti, gantilah di halaman Pegawai.",
            )
        elif self.namesakes[name]:
            other = self.namesakes[name][0]
            how = "tanpa NIP sudah" if entry.number is None else "sudah"
            self._fault(
                entry,
                Level.WARNING,
                Cause.SAME_PERSON,
                f"“{entry.name}” {how} tercatat di {self.unit_names[other.unit_id]}. "
                f"Bila orangnya sama, isi nomor peserta {other.number} pada kolom NIP.",
            )

    def _update(self, entry: Entry, unit: KnownUnit, person: KnownPerson) -> None:
        if person.id in self.named:
            self._fault(
                entry,
                Level.ERROR,
                Cause.NUMBER_TWICE,
                "Orang ini sudah disebut pada baris lain.",
            )
        elif entry.number is not None and entry.number != person.number:
            self._fault(
                entry,
                Level.ERROR,
                Cause.OTHER_NUMBER,
                f"Ini nomor lama {person.name}; nomornya sekarang {nip.grouped(person.number)}.",
            )
        elif not _is_like(entry.name, person.name):
            self._fault(
                entry,
                Level.ERROR,
                Cause.OTHER_NAME,
                f"Nomor ini tercatat atas nama “{person.name}”, bukan “{entry.name}”. Bila namanya "
                "memang berganti, ubah dahulu di halaman Pegawai.",
            )
        elif not person.is_active:
            self._fault(
                entry,
                Level.WARNING,
                Cause.GONE,
                f"{person.name} tercatat nonaktif dan dibiarkan. Bila keliru, aktifkan kembali di "
                "halaman Pegawai.",
            )
            self.plan.unchanged += 1
        else:
            self._change(entry, unit, person)
        self.named.add(person.id)

    def _change(self, entry: Entry, unit: KnownUnit, person: KnownPerson) -> None:
        details = changed_details(entry, person)
        if details or unit.id != person.unit_id:
            self.plan.changes.append(Change(person, entry, details, unit.id))
        else:
            self.plan.unchanged += 1

    def _fault(
        self, entry: Entry, level: Level, cause: Cause, sentence: str, subject: str = ""
    ) -> None:
        self.plan.faults.append(RowFault(entry.line, level, sentence, cause, subject, entry.sheet))


def changed_details(entry: Entry, person: KnownPerson) -> dict[str, str]:
    """What a row says otherwise than the record. An empty optional cell says nothing, nor do
    capitals throughout, nor a status that nobody stated, nor titles that are only placed elsewhere.
    """
    details = {
        name: getattr(entry, name)
        for name in DETAILS
        if getattr(entry, name) and not _says_the_same(getattr(entry, name), getattr(person, name))
    }
    if entry.is_status_proposed and _may_stay(person.status, entry.status):
        details.pop("status", None)
    if _printed(entry) == _printed(person):
        for name in ("front_title", "name", "back_title"):
            details.pop(name, None)
    return details


def _says_the_same(told: str, known: str) -> bool:
    if told == known:
        return True
    if folded(told) != folded(known) or not folded(told):
        return False
    return told.isupper() or told.casefold() != known.casefold()


def _may_stay(known: PersonStatus, proposed: PersonStatus) -> bool:
    """The NIP cannot tell CPNS from PNS, nor how much of the day somebody works."""
    return _NEIGHBOURS.get(known, known) is _NEIGHBOURS.get(proposed, proposed) or (
        not known.is_asn
    )


def _printed(one: Entry | KnownPerson) -> str:
    return folded(f"{one.front_title} {one.name} {one.back_title}")


def _is_like(one: str, other: str) -> bool:
    """Whether two names could be one: a word in common, or mostly the same letters."""
    first, second = folded(one), folded(other)
    common = set(_WORD.findall(first)) & set(_WORD.findall(second))
    if first == second or common - _SHARED:
        return True
    return SequenceMatcher(None, first, second).ratio() >= SAME_NAME


def _is_same_unit(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= SAME_UNIT
