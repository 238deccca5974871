"""Whether a pattern is fit for anybody's text: it holds a word, and cannot explode.

A regular expression explodes where one text can be read in very many ways. `looseness` is a bound
on that number for one place in a text: gaps count their length, what may be missing doubles, and
choices that begin alike add up. Runs count once, since they are never taken back.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from app.stale.notation import Block, Gap, Group, NotBeside, Piece, Run, Way, Ways, Word

#: Blocks of the engine that are words by themselves, and not only signs and numbers.
_SOLID = frozenset({"BULAN", "TANGGAL", "HARI", "ANGKA", "DAHULU"})


def looseness(ways: Ways, blocks: Mapping[str, Ways]) -> int:
    """In how many ways the ways can read what stands in one place, at most."""
    costs = [(_head(way), _way(way, blocks)) for way in ways]
    return max(
        sum(cost for other, cost in costs if other.startswith(head) or head.startswith(other))
        for head, _ in costs
    )


def _way(way: Way, blocks: Mapping[str, Ways]) -> int:
    cost = 1
    for piece in way.pieces:
        cost *= _piece(piece, blocks)
    return cost


def _piece(piece: Piece, blocks: Mapping[str, Ways]) -> int:
    match piece:
        case Gap(most):
            return most + 1
        case Group(ways, is_optional):
            return looseness(ways, blocks) + is_optional
        case Block(name) if name in blocks:
            return looseness(blocks[name], blocks)
        case _:
            return 1


def _head(way: Way) -> str:
    """The letters with which a way is sure to begin."""
    first = way.pieces[0]
    if not isinstance(first, Word) or first.text.startswith("*"):
        return ""
    return first.text.rstrip("*").casefold() + (" " if len(way.pieces) == 1 else "")


def is_solid(ways: Ways, blocks: Mapping[str, Ways]) -> bool:
    """Whether no way can match where nothing is written."""
    return all(any(_is_solid(piece, blocks) for piece in way.pieces) for way in ways)


def _is_solid(piece: Piece, blocks: Mapping[str, Ways]) -> bool:
    match piece:
        case Word():
            return True
        case Group(ways, is_optional=False):
            return is_solid(ways, blocks)
        case Block(name):
            return name in _SOLID or (name in blocks and is_solid(blocks[name], blocks))
        case _:
            return False


def usable(blocks: Mapping[str, Ways], broken: Iterable[str] = ()) -> set[str]:
    """Blocks that hold neither themselves nor a broken one, by whatever detour."""
    good = set[str]()
    needs = {name: set(named_in(ways)) & blocks.keys() for name, ways in blocks.items()}
    waiting = blocks.keys() - set(broken)
    while ready := {name for name in waiting if needs[name] <= good}:
        good |= ready
        waiting = waiting - ready
    return good


def named_in(ways: Ways) -> Iterator[str]:
    """The blocks that the ways name."""
    for piece in chain.from_iterable(way.pieces for way in ways):
        match piece:
            case Block(name):
                yield name
            case Group(inner) | Run(_, inner) | NotBeside(inner):
                yield from named_in(inner)
            case Gap(without=inner) if inner is not None:
                yield from named_in(inner)
