"""What a document states, as plain values: frozen at issue, stored as JSON, printed for ever.

Callers hand these over; nothing here is an ORM object, so a later change of name, unit or course
never reaches a document that exists. A new field gets a default, so that old rows keep reading.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from app.agencies import nip

#: Raised when a field changes its meaning; then `from_json` learns to read both.
SCHEMA = 1


class Kind(StrEnum):
    CERTIFICATE = "certificate"
    PLEDGE = "pledge"
    ATTENDANCE = "attendance"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Kind.CERTIFICATE: "Sertifikat",
    Kind.PLEDGE: "Pakta integritas",
    Kind.ATTENDANCE: "Sertifikat kehadiran",
}


@dataclass(frozen=True)
class Holder:
    """The person, as printed. `number` has no separators; `name` carries its titles."""

    name: str
    number: str
    number_label: str
    position: str
    unit: str
    agency: str
    rank: str = ""

    @property
    def grouped_number(self) -> str:
        return nip.grouped(self.number)

    @property
    def initials(self) -> str:
        """`S… W…`: enough to tell a document from somebody else's. Titles go, too."""
        words = self.name.partition(",")[0].split()
        return " ".join(f"{word[0]}…" for word in words if not word.endswith("."))

    @property
    def masked_number(self) -> str:
        """A NIP holds the birth date, so strangers see only its ends."""
        return nip.masked(self.number)


@dataclass(frozen=True)
class Issuer:
    """The agency that issues and seals, as printed on its letterhead."""

    agency: str
    office: str
    office_short: str
    city: str
    address: str
    zone: str


@dataclass(frozen=True)
class Official:
    """In whose name a certificate is issued."""

    name: str
    number: str
    position: str

    @property
    def grouped_number(self) -> str:
        return nip.grouped(self.number)


@dataclass(frozen=True)
class Lesson:
    """One line of the curriculum on page 2. The lines add up to the minutes that justify the JP."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Speaker:
    """Who spoke, and for whom or as what."""

    name: str
    affiliation: str = ""


@dataclass(frozen=True)
class CertificateFacts:
    """Everything that SIASN's course record asks for, and what the page says besides."""

    holder: Holder
    issuer: Issuer
    official: Official
    course: str
    edition: str
    started_on: date
    finished_on: date
    jp: int
    lessons: tuple[Lesson, ...]
    score_percent: int | None = None
    diklat_kind: str = "E-learning"
    mode: str = "Daring, belajar mandiri"
    rests_on: tuple[str, ...] = ()

    kind = Kind.CERTIFICATE

    @property
    def title(self) -> str:
        return self.course

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class PledgeFacts:
    """The text that was agreed to, word for word, and how the agreement was given."""

    holder: Holder
    issuer: Issuer
    title: str
    edition: str
    opening: str
    points: tuple[str, ...]
    closing: str
    consent: str
    signed_at: datetime
    proved_at: datetime
    device: str
    network: str
    method: str = "Kata sandi dimasukkan ulang"
    #: Who issued the code with which the password was made within a day before; and when it was.
    code_from: str = ""
    code_used_at: datetime | None = None
    rests_on: tuple[str, ...] = ()

    kind = Kind.PLEDGE

    @property
    def text_sha256(self) -> str:
        return text_digest(self.title, self.opening, self.points, self.closing, self.consent)


@dataclass(frozen=True)
class AttendanceFacts:
    """What somebody took part in, and by which rule that was found. It states no pass."""

    holder: Holder
    issuer: Issuer
    official: Official
    title: str
    #: As SIASN calls it: Seminar, Sosialisasi.
    event_kind: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    #: Minutes really held, and what they come to: 45 each, rounded down, so perhaps none.
    minutes: int
    jp: int
    #: The part of the tree that was invited, as printed.
    unit: str
    #: A hall, or `Daring`.
    place: str
    speakers: tuple[Speaker, ...]
    #: One sentence.
    rule: str
    answered: int
    asked: int
    #: The session's own code.
    session: str
    rests_on: tuple[str, ...] = ()

    kind = Kind.ATTENDANCE


Facts = CertificateFacts | PledgeFacts | AttendanceFacts
#: What JSON holds of them; `from_json` knows what its values are.
Stored = dict[str, Any]
Part = TypeVar(
    "Part",
    Holder,
    Issuer,
    Official,
    Lesson,
    Speaker,
    CertificateFacts,
    PledgeFacts,
    AttendanceFacts,
)


@dataclass(frozen=True)
class Stamp:
    """What issuing adds to the facts: how the document is called, found and dated."""

    code: str
    number: str
    issued_at: datetime
    url: str

    @property
    def grouped_code(self) -> str:
        return group_code(self.code)


def group_code(code: str) -> str:
    """`ABCDE-FGHIJ-…`: 26 characters that an eye can follow; dashes are ignored when typed."""
    return "-".join(code[i : i + 5] for i in range(0, 20, 5)) + "-" + code[20:]


def text_digest(
    title: str, opening: str, points: tuple[str, ...], closing: str, consent: str
) -> str:
    """SHA-256 (hex) of a pledge's text: UTF-8, parts in order, one empty line between them."""
    numbered = [f"{number}. {point}" for number, point in enumerate(points, 1)]
    text = "\n\n".join([title, opening, *numbered, closing, consent])
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(facts: Facts) -> Stored:
    """Plain JSON for the database, with the kind and the schema that wrote it."""
    parts = {name: _plain(value) for name, value in asdict(facts).items()}
    return {"schema": SCHEMA, "kind": facts.kind.value, **parts}


def from_json(stored: Stored) -> Facts:
    """Facts as they were frozen. Raises ValueError for a schema that is newer than this program."""
    if stored["schema"] > SCHEMA:
        raise ValueError(f"facts of schema {stored['schema']}; this program reads up to {SCHEMA}")
    given = dict(
        stored,
        holder=_part(Holder, stored["holder"]),
        issuer=_part(Issuer, stored["issuer"]),
        rests_on=tuple(stored.get("rests_on", ())),
    )
    return READERS[Kind(stored["kind"])](given)


def _certificate(given: Stored) -> CertificateFacts:
    given["official"] = _part(Official, given["official"])
    given["lessons"] = tuple(_part(Lesson, lesson) for lesson in given["lessons"])
    for name in ("started_on", "finished_on"):
        given[name] = date.fromisoformat(given[name])
    return _part(CertificateFacts, given)


def _pledge(given: Stored) -> PledgeFacts:
    given["points"] = tuple(given["points"])
    for name in ("signed_at", "proved_at", "code_used_at"):
        moment = given.get(name)  # the last one is new, and most pledges have none
        given[name] = datetime.fromisoformat(moment) if moment else None
    return _part(PledgeFacts, given)


def _attendance(given: Stored) -> AttendanceFacts:
    given["official"] = _part(Official, given["official"])
    given["speakers"] = tuple(_part(Speaker, speaker) for speaker in given["speakers"])
    given["held_on"] = date.fromisoformat(given["held_on"])
    for name in ("starts_at", "ends_at"):
        given[name] = datetime.fromisoformat(given[name])
    return _part(AttendanceFacts, given)


READERS: dict[Kind, Callable[[Stored], Facts]] = {
    Kind.CERTIFICATE: _certificate,
    Kind.PLEDGE: _pledge,
    Kind.ATTENDANCE: _attendance,
}


def _part(kind: type[Part], values: Stored) -> Part:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in known})


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
