"""A way of writing, laid out in a row: what touches what, and which blank belongs to which piece.

What must not stand beside a piece is kept apart from the row, and a block that is written in one
way only is as good as what stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.stale.notation import Block, Gap, Group, Joint, Misspelt, NotBeside, Piece, Way, Ways

#: Pieces of one way, those of its blocks included.
MOST_PIECES = 200


@dataclass(slots=True)
class Row:
    """A way without what must not stand beside its pieces, which is kept apart."""

    pieces: list[Piece]
    joints: list[Joint]
    not_after: list[list[Ways]]
    not_before: list[list[Ways]]

    @classmethod
    def of(cls, way: Way) -> "Row":
        row = cls([], [way.joints[0]], [], [])
        waiting: list[Ways] = []
        for piece, joint in zip(way.pieces, way.joints[1:], strict=True):
            if not isinstance(piece, NotBeside):
                row.pieces.append(piece)
                row.joints.append(joint)
                row.not_after.append(waiting)
                row.not_before.append([])
                waiting = []
                continue
            if piece.is_before:
                waiting.append(piece.ways)
            elif row.pieces:
                row.not_before[-1].append(piece.ways)
            if row.pieces:
                row.joints[-1] = _wider(row.joints[-1], joint)
        if waiting or not row.pieces:
            raise Misspelt(
                "{bukan sesudah …} ditulis di depan kata, {bukan sebelum …} di belakang."
            )
        return row

    def is_gap(self, i: int) -> bool:
        return isinstance(self.pieces[i], Gap)

    def is_optional(self, i: int) -> bool:
        piece = self.pieces[i]
        return isinstance(piece, Group) and piece.is_optional

    def takes_left(self, i: int) -> bool:
        """Whether what may be missing takes the blank before it along."""
        if not self.is_optional(i) or i == 0 or self.joints[i] is not Joint.BLANK:
            return False
        if self.is_gap(i - 1) or self.takes_right(i - 1):
            return False
        return self.joints[i + 1] in (Joint.BLANK, Joint.EDGE)

    def takes_right(self, i: int) -> bool:
        """Whether it takes the blank behind it along: nothing that must be stands before it."""
        if not self.is_optional(i) or self.joints[i + 1] is not Joint.BLANK:
            return False
        return i == 0 or self.is_gap(i - 1) or self.takes_right(i - 1)

    def opens_left(self, i: int) -> bool:
        return self.is_gap(i - 1) or self.takes_right(i - 1)

    def opens_right(self, i: int) -> bool:
        return self.is_gap(i + 1) or self.takes_left(i + 1)


def _wider(one: Joint, other: Joint) -> Joint:
    """Of the joints on both sides of nothing."""
    if Joint.EDGE in (one, other):
        return Joint.EDGE
    return min((one, other), key=[Joint.LOOSE, Joint.BLANK, Joint.GLUED].index)


def spliced(way: Way, blocks: Mapping[str, Ways]) -> Way:
    """`way` with every block of one way opened up. Raises Misspelt."""
    pieces: list[Piece] = []
    joints = [way.joints[0]]
    for piece, joint in zip(way.pieces, way.joints[1:], strict=True):
        inner = _inside(piece, blocks)
        if inner is None:
            pieces.append(piece)
            joints.append(joint)
            continue
        pieces.extend(inner.pieces)
        joints[-1] = _looser(joints[-1], inner.joints[0])
        joints.extend((*inner.joints[1:-1], _looser(joint, inner.joints[-1])))
        if len(pieces) > MOST_PIECES:
            raise Misspelt("Pola ini terlalu besar; sederhanakan blok yang dipakainya.")
    return replace(way, pieces=tuple(pieces), joints=tuple(joints))


def _inside(piece: Piece, blocks: Mapping[str, Ways]) -> Way | None:
    if not isinstance(piece, Block) or len(blocks.get(piece.name, ())) != 1:
        return None
    return spliced(blocks[piece.name][0], blocks)


def _looser(outer: Joint, inner: Joint) -> Joint:
    return Joint.LOOSE if inner is Joint.LOOSE else outer
