"""What the calendar makes of a case today: which verdict holds now, and what changes next. Pure.

The day KPU fixes the candidates divides ethics from discipline (SKB 2022, Lampiran II A and B), so
the one thing asked of an election is whether its candidates are fixed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.catalog.cases import Ruling
from app.catalog.labels import SHORT_VIOLATIONS, in_words
from app.catalog.terms import Phase, Verdict, Violation
from app.elections.calendars import Election, Now


@dataclass(frozen=True, slots=True)
class Column:
    """One phase of a case as it is shown: today's first."""

    ruling: Ruling
    is_today: bool
    #: Names of the elections in which this phase holds today.
    elections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a verdict on the day that an election fixes its candidates."""

    election: str
    on: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Today:
    """The elections that run, as of one day."""

    elections: tuple[Now, ...] = ()

    @property
    def judged(self) -> tuple[Now, ...]:
        """Those that verdicts speak of. Neither SKB 2022 nor PP 94/2021 Pasal 5 huruf n names the
        election of a village head."""
        return tuple(now for now in self.elections if now.election is not Election.VILLAGE)

    @property
    def unjudged(self) -> tuple[Now, ...]:
        return tuple(now for now in self.elections if now.election is Election.VILLAGE)

    def for_people_at(self, workplace: str | None) -> "Today":
        """Without the elections of villages but their own, which is named after the village."""
        here = workplace.casefold() if workplace else None
        return Today(
            tuple(
                now
                for now in self.elections
                if now.election is not Election.VILLAGE or (here and here in now.name.casefold())
            )
        )

    @property
    def phase(self) -> Phase | None:
        """The phase to heed: with two elections at once, the stricter. None without a calendar."""
        fixed = {now.is_fixed for now in self.judged}
        return None if not fixed else Phase.AFTER if True in fixed else Phase.BEFORE

    def columns(self, rulings: Sequence[Ruling]) -> list[Column]:
        """The rulings of one group of people, what holds today first."""
        columns = [self._column(ruling) for ruling in rulings]
        return sorted(columns, key=lambda c: (not c.is_today, c.ruling.phase is not self.phase))

    def changes(self, rulings: Sequence[Ruling]) -> Iterator[Change]:
        """What changes when an election fixes its candidates; nothing where nothing does."""
        by_phase = {ruling.phase: ruling for ruling in rulings}
        before, after = by_phase.get(Phase.BEFORE), by_phase.get(Phase.AFTER)
        if before is None or after is None or _said(before) == _said(after):
            return
        for now in self.judged:
            if not now.is_fixed:
                yield Change(now.name, now.fixed_on, *_contrast(before, after))

    def _column(self, ruling: Ruling) -> Column:
        holding = tuple(
            now.name
            for now in self.judged
            if ruling.phase in (Phase.ALWAYS, Phase.AFTER if now.is_fixed else Phase.BEFORE)
        )
        return Column(ruling, bool(holding), holding)


def _said(ruling: Ruling) -> tuple[Verdict, Violation]:
    return ruling.verdict, ruling.violation


def _contrast(before: Ruling, after: Ruling) -> tuple[str, str]:
    """The words that differ: kinds of violation where both are forbidden, else verdicts too."""
    if before.verdict is after.verdict is Verdict.FORBIDDEN:
        return SHORT_VIOLATIONS[before.violation], SHORT_VIOLATIONS[after.violation]
    return in_words(before), in_words(after)
