"""Elections as an instansi keeps them: dates, the stage that a day falls into, what comes next.

The day on which candidates are fixed is the one that matters most: on it, favouring somebody turns
from a matter of ethics into one of discipline. Days are whole days in the zone of the agency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Years in which an election may lie. Beyond them somebody mistyped.
YEARS = range(2020, 2100)
STRANGE_YEAR = "Tahunnya tidak lazim. Periksa tanggal ini sekali lagi."


class Election(StrEnum):
    GENERAL = "pemilu"
    REGIONAL = "pilkada"
    VILLAGE = "pilkades"

    @property
    def label(self) -> str:
        return LABELS[self]


class Stage(StrEnum):
    """Where an election stands on a day, in the order of time."""

    NOT_BEGUN = "belum-mulai"
    BEFORE_FIXING = "sebelum-penetapan"
    AFTER_FIXING = "sesudah-penetapan"
    CAMPAIGN = "masa-kampanye"
    QUIET = "masa-tenang"
    VOTING = "pemungutan-suara"
    COUNTING = "rekapitulasi"
    OVER = "selesai"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


LABELS = {
    Election.GENERAL: "Pemilu",
    Election.REGIONAL: "Pilkada",
    Election.VILLAGE: "Pilkades",
}
STAGE_LABELS = {
    Stage.NOT_BEGUN: "Belum mulai",
    Stage.BEFORE_FIXING: "Sebelum penetapan calon",
    Stage.AFTER_FIXING: "Sesudah penetapan calon, sebelum kampanye",
    Stage.CAMPAIGN: "Masa kampanye",
    Stage.QUIET: "Masa tenang",
    Stage.VOTING: "Pemungutan suara",
    Stage.COUNTING: "Rekapitulasi hasil",
    Stage.OVER: "Selesai",
}


@dataclass(frozen=True)
class Dates:
    """The days of one election. Both ends of the campaign belong to it; on `closes_on` the result
    is fixed, and the day after, all is over."""

    candidates_fixed_on: date
    campaign_from: date
    campaign_until: date
    voting_on: date
    closes_on: date
    opens_on: date | None = None


@dataclass(frozen=True)
class Now:
    """How one election stands on a day. `since` is empty while nobody said when it opened."""

    name: str
    election: Election
    stage: Stage
    #: Whether the candidates are fixed on this day.
    is_fixed: bool
    since: date | None
    next_on: date
    next_stage: Stage
    fixed_on: date


def stage_on(dates: Dates, day: date) -> Stage:
    """The stage that a day falls into."""
    return _begun(dates, day)[1]


def changes_after(dates: Dates, day: date) -> tuple[date, Stage] | None:
    """The first day after `day` on which another stage begins, and which; None when all is over."""
    return next((change for change in _changes(dates) if change[0] > day), None)


def now_of(name: str, election: Election, dates: Dates, day: date) -> Now | None:
    """How an election stands; None when it is over."""
    coming = changes_after(dates, day)
    if coming is None:
        return None
    since, stage = _begun(dates, day)
    return Now(
        name=name,
        election=election,
        stage=stage,
        is_fixed=day >= dates.candidates_fixed_on,
        since=since,
        next_on=coming[0],
        next_stage=coming[1],
        fixed_on=dates.candidates_fixed_on,
    )


def most_pressing_first(elections: Iterable[Now]) -> tuple[Now, ...]:
    """Those with fixed candidates first, then whichever changes soonest."""
    return tuple(sorted(elections, key=lambda now: (not now.is_fixed, now.next_on, now.name)))


def mistakes(dates: Dates) -> dict[str, str]:
    """What cannot be, by the name of the date, in one sentence each. Empty when all is in order."""
    out_of_order = {
        "candidates_fixed_on": (
            dates.opens_on is not None and dates.candidates_fixed_on <= dates.opens_on,
            "Penetapan calon harus sesudah hari tahapan dimulai.",
        ),
        "campaign_from": (
            dates.campaign_from < dates.candidates_fixed_on,
            "Kampanye dimulai pada hari penetapan calon atau sesudahnya.",
        ),
        "campaign_until": (
            dates.campaign_until < dates.campaign_from,
            "Hari terakhir kampanye tidak boleh mendahului hari pertamanya.",
        ),
        "voting_on": (
            dates.voting_on <= dates.campaign_until,
            "Pemungutan suara harus sesudah hari terakhir kampanye.",
        ),
        "closes_on": (
            dates.closes_on < dates.voting_on,
            "Hasil ditetapkan pada hari pemungutan suara atau sesudahnya.",
        ),
    }
    found = {name: sentence for name, (is_wrong, sentence) in out_of_order.items() if is_wrong}
    strange = [name for name, day in vars(dates).items() if day and day.year not in YEARS]
    return found | dict.fromkeys(strange, STRANGE_YEAR)


def _begun(dates: Dates, day: date) -> tuple[date | None, Stage]:
    """The stage of a day, and when it began."""
    first = Stage.NOT_BEGUN if dates.opens_on else Stage.BEFORE_FIXING
    past = [change for change in _changes(dates) if change[0] <= day]
    return past[-1] if past else (None, first)


def _changes(dates: Dates) -> list[tuple[date, Stage]]:
    """When each stage begins; a stage that lasts no day is left out."""
    one_day = timedelta(days=1)
    begins = [
        (dates.candidates_fixed_on, Stage.AFTER_FIXING),
        (dates.campaign_from, Stage.CAMPAIGN),
        (dates.campaign_until + one_day, Stage.QUIET),
        (dates.voting_on, Stage.VOTING),
        (dates.voting_on + one_day, Stage.COUNTING),
        (dates.closes_on + one_day, Stage.OVER),
    ]
    if dates.opens_on:
        begins.insert(0, (dates.opens_on, Stage.BEFORE_FIXING))
    return list({day: (day, stage) for day, stage in begins}.values())
