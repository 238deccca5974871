"""Everybody in the demo region but the cast: drawn by lot, yet each a person who could be.

Age, years of service, schooling, rank and post agree with each other, and every number stands up to
`nip`. The same seed gives the same people.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.catalog.terms import PersonStatus
from app.demo import names
from app.demo.posts import LEAD, MEMORABLE, MID, NON_ASN, PART_TIME, POSTS, SCHOOLS, UNITS, Post
from app.rosters.ranks import PANGKAT

#: Share of each status among those who do not lead. Leaders are PNS.
SHARES = {
    PersonStatus.PNS: 54,
    PersonStatus.PPPK: 27,
    PersonStatus.CPNS: 6,
    PersonStatus.PPPK_PART_TIME: 8,
    PersonStatus.NON_ASN: 5,
}
#: Who in a village is no perangkat desa, by post.
VILLAGERS = {"Kepala Desa": PersonStatus.VILLAGE_HEAD, "Anggota BPD": PersonStatus.VILLAGE_COUNCIL}
#: The year that the story is told in; fixed, so that the same seed gives the same people.
NOW = 2026
#: Golongan at the start, by the rung of schooling; one step up every four years.
LADDER = {
    "sma": ("II/a", "II/b", "II/c", "II/d", "III/a"),
    "d3": ("II/c", "II/d", "III/a", "III/b", "III/c"),
    "s1": ("III/a", "III/b", "III/c", "III/d", "IV/a"),
    "profesi": ("III/b", "III/c", "III/d", "IV/a", "IV/b"),
}
PPPK_RANKS = {
    "sma": "Golongan V",
    "d3": "Golongan VII",
    "s1": "Golongan IX",
    "profesi": "Golongan X",
}
#: Age when the service began, by rung: (youngest, oldest).
BEGINNERS = {"sma": (19, 27), "d3": (21, 29), "s1": (22, 31), "profesi": (24, 33)}


@dataclass(frozen=True)
class Somebody:
    """One person, without a row yet. `number` is empty for people who get one from Rambu."""

    unit_code: str
    number: str
    front_title: str
    name: str
    back_title: str
    status: PersonStatus
    rank: str
    position: str


def crowd(rng: random.Random, taken: set[str]) -> Iterator[Somebody]:
    """The people of every unit, heads first. `taken` are numbers not to be given again."""
    for code, _, _, kind, _, count in UNITS:
        heads, others = POSTS[kind]
        for place in range(count):
            post = heads[place] if place < len(heads) else rng.choice(others)
            yield _somebody(code, place, post, kind, taken, rng)


def _somebody(
    code: str, place: int, post: Post, kind: str, taken: set[str], rng: random.Random
) -> Somebody:
    status = _status(kind, post, rng)
    if status is PersonStatus.PPPK_PART_TIME:
        post = rng.choice(PART_TIME)
    elif status is PersonStatus.NON_ASN:
        post = rng.choice(NON_ASN)
    is_woman = rng.random() < 0.54
    name, custom = names.draw(rng, is_woman=is_woman)
    born, begun = _years(status, post, rng)
    titles = _titles(post, born, is_woman, custom.may_be_haji, rng)
    if (code, place) in MEMORABLE:
        front, name, back = MEMORABLE[code, place]
        titles, is_woman = (front, back), "Dra." in front or name.startswith("Siti")
    return Somebody(
        unit_code=code,
        number=_number(status, born, begun, is_woman, taken, rng) if status.is_asn else "",
        front_title=titles[0],
        name=name,
        back_title=titles[1],
        status=status,
        rank=_rank(status, post, begun.year, rng),
        position=post.position,
    )


def _status(kind: str, post: Post, rng: random.Random) -> PersonStatus:
    if kind == "desa":
        return VILLAGERS.get(post.position, PersonStatus.VILLAGE_OFFICIAL)
    if post.level in (LEAD, MID):
        return PersonStatus.PNS
    return rng.choices(list(SHARES), list(SHARES.values()))[0]


def _years(status: PersonStatus, post: Post, rng: random.Random) -> tuple[date, date]:
    """When somebody was born and when the service began; both agree with post and status."""
    youngest, oldest = BEGINNERS[SCHOOLS[post.school][2]]
    if status in (PersonStatus.PPPK, PersonStatus.PPPK_PART_TIME):
        begun = date(rng.randint(2021, 2025), rng.randint(1, 12), 1)
        age = rng.randint(youngest + 2, 46)
    else:
        served = {LEAD: (18, 30), MID: (9, 22)}.get(post.level, (1, 16))
        years = 1 if status is PersonStatus.CPNS else rng.randint(*served)
        begun = date(NOW - years, rng.choice((1, 3, 4, 12)), 1)
        age = rng.randint(youngest, oldest)
    latest_birth = max(begun.year - age, NOW - 57)
    return date(latest_birth, 1, 1) + timedelta(days=rng.randrange(365)), begun


def _titles(
    post: Post, born: date, is_woman: bool, may_be_haji: bool, rng: random.Random
) -> tuple[str, str]:
    front, degrees, rung = SCHOOLS[post.school]
    back = rng.choice(degrees)
    if born.year < 1971 and rung == "s1" and post.school not in ("pamong", "bidan s1"):
        front, back = _before_1993(back, is_woman)
    pilgrims = 0.45 if post.level == LEAD else 0.06
    if may_be_haji and born.year < 1988 and rng.random() < pilgrims:
        front = f"{front} {'Hj.' if is_woman else 'H.'}".strip()
    return front, back


def _before_1993(degrees: str, is_woman: bool) -> tuple[str, str]:
    """The first degree as it was then: Drs., Dra. or Ir. in front; lawyers' stands behind."""
    first, _, further = degrees.partition(", ")
    if first == "S.H.":
        return "", degrees
    if first == "S.T.":
        return "Ir.", further
    return ("Dra." if is_woman else "Drs."), further


def _rank(status: PersonStatus, post: Post, begun: int, rng: random.Random) -> str:
    rung = SCHOOLS[post.school][2]
    if status is PersonStatus.PPPK:
        return PPPK_RANKS[rung]
    if status not in (PersonStatus.PNS, PersonStatus.CPNS):
        return ""
    if post.level == LEAD:
        code = rng.choice(("IV/a", "IV/a", "IV/b", "IV/c"))
    elif post.level == MID:
        code = rng.choice(("III/c", "III/d", "III/d"))
    else:
        code = LADDER[rung][min((NOW - begun) // 4, 4)]
    return f"{PANGKAT[code]} ({code})"


def _number(
    status: PersonStatus,
    born: date,
    begun: date,
    is_woman: bool,
    taken: set[str],
    rng: random.Random,
) -> str:
    """18 digits that hold together: birth, beginning, sex, sequence."""
    is_contract = status in (PersonStatus.PPPK, PersonStatus.PPPK_PART_TIME)
    middle = "21" if is_contract else f"{begun:%m}"
    stem = f"{born:%Y%m%d}{begun:%Y}{middle}{2 if is_woman else 1}"
    sequence = rng.randint(1, 12)
    while f"{stem}{sequence:03d}" in taken:
        sequence += 1
    taken.add(f"{stem}{sequence:03d}")
    return f"{stem}{sequence:03d}"
