"""The letters without which a pattern matches nothing, so that most texts need not be searched."""

from collections.abc import Iterable, Mapping

from app.catalog.staleness import Needs
from app.stale.notation import Block, Group, NotBeside, Piece, Way, Ways, Word

Letters = frozenset[str]


def needs_of(lines: Iterable[Ways], blocks: Mapping[str, Ways]) -> Needs:
    """Of any of the lines; nothing where one of them needs no letters that we know."""
    found = tuple(_sets(way, blocks) for ways in lines for way in ways)
    return found if all(found) else ()


def heads_of(ways: Ways, blocks: Mapping[str, Ways]) -> Letters | None:
    """With one of which whatever matches begins; None where we cannot tell."""
    found = [_heads(way, blocks) for way in ways]
    if not all(found):
        return None
    return frozenset().union(*(one for one in found if one))


def _heads(way: Way, blocks: Mapping[str, Ways]) -> Letters | None:
    found: Letters = frozenset()
    for piece in way.pieces:
        match piece:
            case NotBeside():
                continue
            case Word(text):
                return found | {text.strip("*").lower()}
            case Group(ways, is_optional):
                heads = heads_of(ways, blocks)
            case Block(name) if name in blocks:
                heads, is_optional = heads_of(blocks[name], blocks), False
            case _:
                return None
        if heads is None:
            return None
        found |= heads
        if not is_optional:
            return found
    return None


def _sets(way: Way, blocks: Mapping[str, Ways]) -> tuple[Letters, ...]:
    return tuple(letters for piece in way.pieces if (letters := _letters(piece, blocks)))


def _letters(piece: Piece, blocks: Mapping[str, Ways]) -> Letters | None:
    """One of which must be there for the piece; None where we cannot tell."""
    match piece:
        case Word(text):
            return frozenset({text.strip("*").lower()})
        case Group(ways, is_optional=False):
            return _any_of(ways, blocks)
        case Block(name) if name in blocks:
            return _any_of(blocks[name], blocks)
        case _:
            return None


def _any_of(ways: Ways, blocks: Mapping[str, Ways]) -> Letters | None:
    rarest: list[Letters] = []
    for way in ways:
        sets = _sets(way, blocks)
        if not sets:
            return None
        rarest.append(min(sets, key=lambda one: (len(one), -min(map(len, one)))))
    return frozenset().union(*rarest)
