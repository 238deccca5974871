"""The cells of a table wherever they stand in it, and all that stands beside them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.workshop.exchange.trees import Node

#: A wider cell is an attack or a mistake.
WIDEST = 50
_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}


@dataclass(slots=True)
class Table:
    #: Captions, and words outside any cell: browsers show them before the table.
    beside: list[Node | str] = field(default_factory=list)
    rows: list[list[Node]] = field(default_factory=list)

    def grid(self) -> Iterator[list[Node | None]]:
        """Every row as wide as the table, with None where a cell reaches over others."""
        taken: dict[int, set[int]] = defaultdict(set)
        placed = [self._placed(number, row, taken) for number, row in enumerate(self.rows)]
        width = max((column + 1 for row in placed for column in row), default=0)
        return ([row.get(column) for column in range(width)] for row in placed)

    def _placed(self, number: int, row: list[Node], taken: dict[int, set[int]]) -> dict[int, Node]:
        found: dict[int, Node] = {}
        column = 0
        for cell in row:
            while column in taken[number]:
                column += 1
            found[column] = cell
            width = _span(cell, "colspan", WIDEST)
            for below in range(_span(cell, "rowspan", len(self.rows) - number)):
                taken[number + below].update(range(column, column + width))
            column += width
        return found


def read(node: Node) -> Table:
    table = Table()
    _walk(node, table)
    table.rows = [row for row in table.rows if row]
    return table


def _walk(node: Node, table: Table) -> None:
    table.beside.append(Node("#end"))
    for child in node.children:
        if isinstance(child, str):
            table.beside.append(child)
        elif child.tag in _CELLS:
            if not table.rows or node.tag != "tr":
                table.rows.append([])
            table.rows[-1].append(child)
            table.beside.append(Node("#end"))
        elif child.tag == "tr" or _holds_rows(child):
            table.rows += [[]] if child.tag == "tr" else []
            _walk(child, table)
        else:
            table.beside.append(child)
    table.beside.append(Node("#end"))


def _holds_rows(node: Node) -> bool:
    """Rows of this table, not of one inside it."""
    if node.tag == "table":
        return False
    inner = (child for child in node.children if isinstance(child, Node))
    return any(child.tag in _ROWS or _holds_rows(child) for child in inner)


def _span(cell: Node, name: str, most: int) -> int:
    text = cell.attrs.get(name, "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 6 else 1
