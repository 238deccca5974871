"""How an agency heads and signs its letters, in the form of tata naskah dinas. Pure."""

from datetime import date
from typing import Protocol

from app.agencies import nip
from app.core.dates import long_date

#: Prefixes that stand on the line of the position; any other (`a.n. …`) has a line of its own.
ACTING = ("Plt.", "Plh.", "Pj.")
#: Where the hand signs.
ROOM = ("", "", "")


class Letterhead(Protocol):
    """What of an agency is printed: the agency itself, or what somebody is about to save."""

    name: str
    office_name: str
    address: str
    contact: str
    city: str
    official_name: str
    official_number: str
    official_position: str
    official_prefix: str
    official_rank: str


def heading(agency: Letterhead) -> tuple[str, ...]:
    """The kop: government, office, address, and how to reach it."""
    lines = (agency.name.upper(), agency.office_name.upper(), agency.address, agency.contact)
    return tuple(line for line in lines if line)


def signature(agency: Letterhead, day: date) -> tuple[str, ...]:
    """Place and date, for whom and as what, room, name, rank, number."""
    prefix, rank = agency.official_prefix, agency.official_rank
    above = () if not prefix or prefix in ACTING else (prefix,)
    return (
        f"{agency.city}, {long_date(day)}",
        *above,
        f"{signing_position(agency)},",
        *ROOM,
        agency.official_name,
        *((rank,) if rank else ()),
        f"NIP. {nip.grouped(agency.official_number)}",
    )


def signing_position(agency: Letterhead) -> str:
    """`Plt. Kepala Badan …`, as printed where only one line is."""
    is_acting = agency.official_prefix in ACTING
    return f"{agency.official_prefix if is_acting else ''} {agency.official_position}".strip()
