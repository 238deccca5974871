"""From the pages of `stale/` to rules: each line of a pattern read, and named where it is wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.catalog.staleness import Excuse, Expression, StaleLaw, StaleRule
from app.reading.lines import Line
from app.reading.mistakes import Mistake
from app.reading.pages import Page
from app.reading.shapes import Row
from app.reading.stale_facts import FactTable, fact_table
from app.stale.composing import Kit, Place, joined
from app.stale.excuses import succeeded_by
from app.stale.notation import Misspelt, Ways, read
from app.stale.repeals import Instrument, Repeals

#: The anchor under which a regulation says what it repealed.
CLOSING = "penutup"
#: Between what must stand together in a clause, and before what must not.
_AND = re.compile(r"\s+&(!?)\s+")


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as an editor wrote it, once for each way to say it; none where it is of no use."""

    page: Page
    row: Row
    rules: tuple[StaleRule, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What must stand together in one clause, in whatever order, and what must not."""

    claim: Expression
    beside: tuple[Expression, ...]
    barred: tuple[Expression, ...]

    def of(self, rule: StaleRule) -> StaleRule:
        """`rule`, said in this way."""
        return replace(
            rule,
            claim=self.claim,
            about=self.beside,
            in_clause=True,
            barred=self.barred,
            is_statement=True,
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a folder says of stale law."""

    law: StaleLaw
    written: tuple[Written, ...]
    repeals: Repeals
    mistakes: tuple[Mistake, ...]


def gather(stale: Sequence[Page], regulations: Sequence[Page]) -> Gathered:
    """The rules of the pages, those that follow from repeals, and what is wrong with a pattern."""
    maker = _Maker()
    maker.take_blocks(stale)
    written = tuple(
        Written(page, row, maker.rules(page, row))
        for page in stale
        for row in page.row["rules"] or ()
    )
    repeals = Repeals(
        {page.id: one for page in regulations if (one := _instrument(page))}, maker.kit
    )
    rules = repeals.rules(rule for one in written for rule in one.rules)
    law = StaleLaw(rules, known=_said(stale, "known"), unknown=_said(stale, "unknown"))
    return Gathered(law, written, repeals, tuple(maker.mistakes))


def _said(stale: Sequence[Page], key: str) -> tuple[str, ...]:
    return tuple(text for page in stale for text in page.row[key] or ())


def _instrument(page: Page) -> Instrument | None:
    """None where its file lacks what a rule needs; that has been reported."""
    row = page.row
    if row["short"] is None or row["kind"] is None:
        return None
    anchors = {provision["id"] for provision in row["provisions"] or ()}
    return Instrument(
        id=page.id,
        short=row["short"],
        kind=row["kind"],
        number=row["number"],
        year=row["year"],
        is_repealed=bool(row["repealed_on"] or row["repealed_by"]),
        heir=row["repealed_by"],
        closing=CLOSING if CLOSING in anchors else None,
    )


@dataclass(slots=True)
class _Maker:
    kit: Kit = field(default_factory=lambda: Kit.of({}))
    mistakes: list[Mistake] = field(default_factory=list)
    #: Whether something of the rule at hand rests on a broken block.
    rests_on_broken: bool = False

    def take_blocks(self, pages: Sequence[Page]) -> None:
        """Every block of every page; one that is wrong is left out, with all that rest on it."""
        owners: dict[str, tuple[Page, tuple[Line, ...]]] = {}
        for page in pages:
            for name, lines in (page.row["blocks"] or {}).items():
                if name in owners:
                    at = page.row["blocks"].line_of(name)
                    self._note(
                        page, at, f"Blok {{{name}}} sudah ada di {owners[name][0].file.path}."
                    )
                else:
                    owners[name] = page, lines or ()
        found = {name: self._ways(page, lines) for name, (page, lines) in owners.items()}
        self.kit = Kit.of(found)
        for name in self.kit.circular:
            page, _ = owners[name]
            at = page.row["blocks"].line_of(name)
            self._note(page, at, f"Blok {{{name}}} memuat dirinya sendiri.")
        unfit = {name for name in self.kit.blocks if not self._stands(*owners[name])}
        self.kit = Kit.of({name: () if name in unfit else ways for name, ways in found.items()})

    def _ways(self, page: Page, lines: tuple[Line, ...]) -> Ways:
        """Of a block; none where any of its lines cannot be read."""
        found: list[Ways] = []
        for line in lines:
            try:
                found.append(read(line.text))
            except Misspelt as wrong:
                self._note(page, line.number, str(wrong))
                return ()
        return tuple(way for ways in found for way in ways)

    def _stands(self, page: Page, lines: tuple[Line, ...]) -> bool:
        """Whether every line of a block can be put together."""
        for line in lines:
            try:
                self.kit.assembled(read(line.text))
            except Misspelt as wrong:
                self._note(page, line.number, str(wrong))
                return False
        return True

    def rules(self, page: Page, row: Row) -> tuple[StaleRule, ...]:
        before, self.rests_on_broken = len(self.mistakes), False
        if all(row[key] is None for key in ("words", "claims", "facts")):
            sentence = "Isian “words”, “claims”, atau “facts” harus ada."
            self._note(page, row.line_of("id"), sentence)
        claim = self._expression(page, row["words"], Place.CLAIM)
        statements = [self._statement(page, line) for line in row["claims"] or ()]
        table = self._table(page, row["facts"])
        about = [self._expression(page, lines, Place.ANYWHERE) for lines in row["about"] or ()]
        excuse = self._excuse(page, row["unless"])
        whole = all(row[key] is not None for key in ("id", "right", "source"))
        if not whole or self.rests_on_broken or len(self.mistakes) > before:
            return ()
        by_words = StaleRule(
            id=row["id"],
            claim=claim or Expression(""),
            right=row["right"],
            source=str(row["source"]),
            instead=row["instead"],
            since=row["since"],
            about=tuple(one for one in about if one),
            in_clause=bool(row["in_clause"]),
            excuse=excuse,
        )
        return (
            *((by_words,) if claim else ()),
            *(one.of(by_words) for one in statements if one),
            *((table.of(by_words),) if table else ()),
        )

    def _table(self, page: Page, row: Row | None) -> FactTable | None:
        if row is None:
            return None

        def expression(lines: tuple[Line, ...]) -> Expression | None:
            return self._expression(page, lines, Place.ANYWHERE)

        def note(line: int, sentence: str) -> None:
            self._note(page, line, sentence)

        return fact_table(row, expression, note)

    def _statement(self, page: Page, line: Line) -> Statement | None:
        """Of a line of `claims`: what it says, what else must stand in its clause, and what not."""
        said, *others = _AND.split(line.text)
        if "&" in "".join((said, *others[1::2])):
            self._note(page, line.number, "Di kiri dan di kanan tanda & harus ada kata.")
            return None
        parts = [(said, Place.CLAIM)] + [(other, Place.ANYWHERE) for other in others[1::2]]
        made = [self._expression(page, (Line(text, line.number),), place) for text, place in parts]
        if not all(made):
            return None
        claim, *beside = (one for one in made if one)
        signs = others[::2]
        return Statement(
            claim,
            tuple(one for one, sign in zip(beside, signs, strict=True) if not sign),
            tuple(one for one, sign in zip(beside, signs, strict=True) if sign),
        )

    def _excuse(self, page: Page, row: Row | None) -> Excuse:
        if row is None:
            return Excuse()
        heirs = self._expression(page, row["heirs"], Place.ANYWHERE)
        return Excuse(
            around=self._expression(page, row["around"], Place.ANYWHERE),
            before=self._expression(page, row["before"], Place.BEFORE),
            after=self._expression(page, row["after"], Place.AFTER),
            next=self._expression(page, row["next"], Place.ANYWHERE),
            repealed=bool(row["repealed"]),
            succeeded=succeeded_by(heirs.text) if heirs else None,
            last_year=row["last_year"],
        )

    def _expression(
        self, page: Page, lines: tuple[Line, ...] | None, place: Place
    ) -> Expression | None:
        """Of sound lines. A line on a broken block is passed over: that has been reported."""
        made: list[Expression] = []
        for line in lines or ():
            try:
                regex = self.kit.regex(line.text, place)
            except Misspelt as wrong:
                self._note(page, line.number, str(wrong))
                continue
            if regex is None:
                self.rests_on_broken = True
            else:
                made.append(regex)
        return joined(made, place) if made else None

    def _note(self, page: Page, line: int, sentence: str) -> None:
        self.mistakes.append(page.error(line, sentence))
