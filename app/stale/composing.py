"""An editor's lines become the expressions of a rule; what cannot become one is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from app.catalog.staleness import Expression
from app.stale.assembly import Assembler
from app.stale.looseness import is_solid, looseness, named_in, usable
from app.stale.needs import heads_of, needs_of
from app.stale.notation import Gap, Misspelt, Ways, read
from app.stale.rows import spliced
from app.stale.words import BUILT_IN

#: Ways to read one text in one place: a claim is looked for everywhere, its excuses only near it.
#: The loosest of ours need nearly all and three quarters of it.
LOOSEST_CLAIM, LOOSEST = 60_000, 120_000


class Place(Enum):
    """Where, in relation to the claim, a line is looked for."""

    CLAIM, ANYWHERE, BEFORE, AFTER = range(4)


#: What stands around the lines: blanks and signs up to the claim, or from it.
_FRAMES = {Place.BEFORE: ("", r'[\s("]*$'), Place.AFTER: (r'[\s)",]*', "")}


@dataclass(frozen=True, slots=True)
class Kit:
    """The blocks that a folder of rules names."""

    #: Those that may be used.
    blocks: Mapping[str, Ways]
    #: Those that hold themselves.
    circular: frozenset[str]
    #: Those that may not, all in all: what rests on them has been complained about.
    unfit: frozenset[str]

    @classmethod
    def of(cls, blocks: Mapping[str, Ways]) -> "Kit":
        """A block without ways is a broken one."""
        broken = {name for name, ways in blocks.items() if not ways}
        good = usable(blocks, broken)
        return cls(
            blocks={name: ways for name, ways in blocks.items() if name in good},
            circular=frozenset(blocks.keys() - usable(blocks)),
            unfit=frozenset(blocks.keys() - good),
        )

    def assembled(self, ways: Ways) -> str:
        """As a regular expression. Raises Misspelt."""
        return Assembler(self.blocks).line(ways)

    def regex(self, line: str, place: Place) -> Expression | None:
        """Of one line; None where it names an unfit block.

        Raises Misspelt with a sentence for whoever wrote it.
        """
        ways = read(line)
        if self.unfit.intersection(named_in(ways)):
            return None
        text = self.assembled(ways)
        if not is_solid(ways, self.blocks):
            raise Misspelt("Pola ini cocok juga dengan teks kosong; tulis kata yang harus ada.")
        if place is Place.CLAIM:
            self._refuse_open_ends(ways)
        most = LOOSEST_CLAIM if place is Place.CLAIM else LOOSEST
        if looseness(ways, self.blocks) > most:
            raise Misspelt("Pola ini terlalu longgar; perkecil celahnya atau bagilah barisnya.")
        heads = heads_of(ways, self.blocks) or frozenset()
        return Expression(text, needs_of([ways], self.blocks), heads)

    def _refuse_open_ends(self, ways: Ways) -> None:
        for way in ways:
            pieces = spliced(way, self.blocks).pieces
            if isinstance(pieces[0], Gap) or isinstance(pieces[-1], Gap):
                raise Misspelt("Celah tidak boleh mengawali atau mengakhiri `words`.")


def joined(lines: Iterable[Expression], place: Place) -> Expression:
    """Any of the lines, looked for in that place."""
    lines = tuple(lines)
    before, after = _FRAMES.get(place, ("", ""))
    text = f"{before}(?:{'|'.join(line.text for line in lines)}){after}"
    needs = tuple(way for line in lines for way in line.needs)
    heads = frozenset[str]().union(*(line.heads for line in lines))
    return Expression(
        text,
        needs if all(line.needs for line in lines) else (),
        heads if not before and not after and all(line.heads for line in lines) else frozenset(),
    )


def is_built_in(name: str) -> bool:
    return name in BUILT_IN
