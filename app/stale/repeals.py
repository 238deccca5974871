"""What follows from a repeal, with nobody writing a rule for it.

Every mention of a repealed instrument is stale, and what is right is its heir: the one that
replaced it, or that one's heir in turn. And a written rule must not send anybody to an instrument
that is itself gone: it takes over the heir where it is about that very instrument, and falls silent
where nobody can say what is right now.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from app.catalog.staleness import Excuse, Expression, StaleRule
from app.stale.composing import Kit, Place, joined
from app.stale.excuses import boundaries_of, clause_of, is_said_to_be_gone, succeeded_by
from app.stale.notation import Misspelt, read

_BLANKS = r"\s*"
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the linter must know of a regulation."""

    id: str
    short: str
    kind: str
    number: str | None
    year: int | None
    is_repealed: bool
    #: The id of what replaced it.
    heir: str | None
    #: The anchor of the provision by which it replaced others, if we cite it.
    closing: str | None


@dataclass(frozen=True, slots=True)
class Repeals:
    instruments: Mapping[str, Instrument]
    kit: Kit

    def rules(self, written: Iterable[StaleRule]) -> tuple[StaleRule, ...]:
        """The rules in force: the written ones, as far as they are sound, and what follows."""
        written = tuple(written)
        gone = [one for one in self.instruments.values() if one.is_repealed]
        covered = {one.id for one in gone if any(_is_about(rule, one) for rule in written)}
        kept = (self._mended(rule) for rule in written)
        derived = (self.derived(one) for one in gone if one.id not in covered)
        return (*(rule for rule in kept if rule), *derived)

    def derived(self, gone: Instrument) -> StaleRule:
        """The rule that follows from the repeal of an instrument."""
        heirs = self.heirs(gone)
        living = heirs[-1] if heirs and not heirs[-1].is_repealed else None
        right, source = f"{gone.short} sudah dicabut.", gone.id
        if living:
            right = f"{gone.short} sudah dicabut; yang berlaku ialah {living.short}."
            source = f"{living.id}#{living.closing}" if living.closing else living.id
        names = "|".join(self.names(one).text for one in heirs)
        succeeded = succeeded_by(f"(?:{names})") if heirs else None
        excuse = Excuse(repealed=True, succeeded=succeeded)
        return StaleRule(f"dicabut-{gone.id}", self.names(gone), right, source, excuse=excuse)

    def heirs(self, gone: Instrument) -> list[Instrument]:
        """What replaced it, and what replaced that, as far as we know; each once."""
        found: list[Instrument] = []
        one: Instrument | None = gone
        while one and one.is_repealed and one.heir:
            one = self.instruments.get(one.heir)
            if one is None or one is gone or one in found:
                break
            found.append(one)
        return found

    def names(self, instrument: Instrument) -> Expression:
        """`PP 94/2021`; where a block is named PP, `Peraturan Pemerintah No. 94 Th. 2021` too."""
        short = r"\s+".join(re.escape(word) for word in instrument.short.split())
        ways = [rf"(?<!\w){short.replace('/', f'{_BLANKS}/{_BLANKS}')}(?!\w)"]
        block = instrument.kind.upper().replace("-", "_")
        if block in self.kit.blocks and _NUMBER.fullmatch(instrument.number or ""):
            line = f"{{{block}}} {{NOMOR}} {instrument.number} {{TAHUN}} {instrument.year}"
            with suppress(Misspelt):
                ways.append(self.kit.assembled(read(line)))
        year = str(instrument.year)
        needs = ((frozenset({year}),),) if year in instrument.short else ()
        return joined([Expression(way, needs) for way in ways], Place.CLAIM)

    def recommended(self, right: str) -> Instrument | None:
        """A repealed instrument that a sentence names as if it held."""
        for gone in self.instruments.values():
            if not gone.is_repealed:
                continue
            for match in self.names(gone).finditer(right):
                clause = clause_of(right, boundaries_of(right), match)
                if not is_said_to_be_gone(right, match, clause):
                    return gone
        return None

    def unsound(self, rule: StaleRule) -> Instrument | None:
        """The repealed instrument to which a rule sends its reader."""
        source = self.instruments.get(rule.source.partition("#")[0])
        return source if source and source.is_repealed else self.recommended(rule.right)

    def covered_by(self, rule: StaleRule) -> Instrument | None:
        """The repealed instrument whose name a written rule looks for."""
        gone = (one for one in self.instruments.values() if one.is_repealed)
        return next((one for one in gone if _is_about(rule, one)), None)

    def _mended(self, rule: StaleRule) -> StaleRule | None:
        if self.unsound(rule) is None:
            return rule
        if (gone := self.covered_by(rule)) is None:
            return None
        derived = self.derived(gone)
        succeeded = [e for e in (rule.excuse.succeeded, derived.excuse.succeeded) if e]
        excuse = replace(
            rule.excuse, succeeded=joined(succeeded, Place.CLAIM) if succeeded else None
        )
        return replace(rule, right=derived.right, source=derived.source, excuse=excuse)


def _is_about(rule: StaleRule, instrument: Instrument) -> bool:
    """Whether a rule says of the very name of an instrument that it is stale."""
    needs_more = rule.about or rule.is_statement or rule.fact
    return not needs_more and rule.claim.search(instrument.short) is not None
