"""The tables of security/: every row is there, counted as it says, and held by what exists."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from app.config import PROJECT

SECURITY = PROJECT / "security"
ASVS = (SECURITY / "asvs.md").read_text(encoding="utf-8")
PROGRAMME = (SECURITY / "programme.md").read_text(encoding="utf-8")
#: Requirements of levels 1 and 2 by chapter, in ASVS 5.0.0; V10 and V17 do not apply.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 11: 14, 12: 9, 13: 13}
CHAPTERS |= {14: 9, 15: 13, 16: 16}
#: Rows of the programme that belong to another issue, or were left out by a decision.
ELSEWHERE = {"35", "41"}


def rows(table: str) -> list[list[str]]:
    """Cells of every row that begins with a number."""
    lines = re.findall(r"(?m)^\|( \d[\d.]* \|.*)\|$", table)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def named(cell: str) -> list[tuple[str, str]]:
    """What a cell names as code: (`tests/…py::test_x`, "") or (path, section)."""
    return re.findall(r"`([^`]+)`(?: §(\d+))?", cell)


@cache
def functions_of(path: str) -> frozenset[str]:
    file = PROJECT / "tests" / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def is_there(name: str, section: str = "") -> bool:
    """Whether a test, or a file and a section of it, exists."""
    if "::" in name:
        path, _, test = name.partition("::")
        return test in functions_of(path)
    file = PROJECT / name
    heading = f"\n## {section}. " if section else ""
    return file.is_file() and heading in file.read_text(encoding="utf-8")


def faults_of(status: str, by: str) -> list[str]:
    """What a row promises and does not keep."""
    names = named(by)
    missing = [name for name, section in names if not is_there(name, section)]
    if status in ("tested", "holds") and not any("::" in name for name, _ in names):
        missing.append("no test")
    if status == "documented" and not names:
        missing.append("no place")
    return missing


def test_every_requirement_of_asvs_has_its_row_once():
    ids = [id for id, *_ in rows(ASVS)]
    assert len(ids) == len(set(ids)) == sum(CHAPTERS.values()) == 217
    assert Counter(int(id.partition(".")[0]) for id in ids) == CHAPTERS


def test_every_row_of_asvs_is_held_by_what_it_names():
    wrong = {id: faults_of(status, by) for id, _, status, by in rows(ASVS)}
    assert {id: faults for id, faults in wrong.items() if faults} == {}


def test_the_counts_of_asvs_are_those_of_its_rows():
    counted = Counter(status for _, _, status, _ in rows(ASVS))
    said = re.search(r"\*\*(\d+) tested · (\d+) documented · (\d+) not met\*\* of 217", ASVS)
    kinds = ("tested", "documented", "not met")
    assert tuple(map(int, said.groups())) == tuple(counted[kind] for kind in kinds)
    assert set(counted) == set(kinds)


def test_what_is_not_met_says_why():
    bare = [id for id, words, status, _ in rows(ASVS) if status == "not met" and len(words) < 30]
    assert not bare


def test_the_programme_has_its_69_rows_and_counts_them():
    table = rows(PROGRAMME)
    assert [number for number, *_ in table] == [str(number) for number in range(1, 70)]
    counted = Counter(status for _, _, status, *_ in table)
    said = re.search(r"\*\*(\d+) hold · (\d+) do not\*\* of 67", PROGRAMME)
    assert tuple(map(int, said.groups())) == (counted["holds"], counted["fails"])
    assert {number for number, _, status, *_ in table if status == "elsewhere"} == ELSEWHERE


def test_every_row_of_the_programme_is_held_by_what_it_names():
    wrong = {number: faults_of(status, by) for number, _, status, _, by in rows(PROGRAMME)}
    assert {number: faults for number, faults in wrong.items() if faults} == {}


@pytest.mark.parametrize(
    ("status", "by"),
    [
        ("tested", "`test_house.py::test_that_there_is_not`"),
        ("tested", "`nowhere/test_x.py::test_y`"),
        ("tested", "`SECURITY.md`"),
        ("documented", "`security/policies.md` §99"),
        ("documented", ""),
    ],
)
def test_what_a_row_does_not_keep_would_be_noticed(status, by):
    """Control."""
    assert faults_of(status, by)
