"""Arrows that imports cannot show: pages, addresses and names that a room takes from above it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import PROJECT
from app.reading.web import areas_of

APP = PROJECT / "app"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["name"]: one for one in SETTINGS["tool"]["importlinter"]["contracts"]}
FLOORS = next(one["layers"] for one in CONTRACTS.values() if one["type"] == "layers")
#: Height of each room, the ground floor lowest.
HEIGHT = {
    room.strip(): height
    for height, rooms in enumerate(reversed(FLOORS))
    for room in rooms.split("|")
}
PYTHON = sorted(APP.rglob("*.py"))
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
#: Folders of templates that every page is made of: create_app wires them, so they stand on top.
FRAME = frozenset({"components", "errors"})
#: Addresses that documents carry for ever belong to the lowest room that must know them, and the
#: stylesheet to its own module.
OWNERS = frozenset(
    APP / name
    for name in (
        "catalog/law.py",
        "core/bodies.py",
        "core/styles.py",
        "live/addresses.py",
        "sealing/checks.py",
    )
)
_URL_FOR = re.compile(r"""url_for\(\s*["']([a-z_]+)\.[a-z_]+["']""")
_BY_HAND = re.compile(r"""\b(?:href|action|data-[a-z]+)\s*=\s*["']/(?!/)""")


def room_of(path: Path) -> str | None:
    """The room that a file of app/ belongs to; None for what stands above all rooms."""
    parts = path.relative_to(APP).parts
    if parts[0] == "templates":
        return parts[1] if len(parts) > 2 and parts[1] not in FRAME else None
    return parts[0] if len(parts) > 1 else None


def may_name(room: str | None, other: str) -> bool:
    return room is None or room == other or HEIGHT[room] > HEIGHT[other]


def named_endpoints(text: str, endpoints: frozenset[str]) -> Iterator[str]:
    """Blueprints that a text names, in `url_for` or as a plain string that is an endpoint."""
    yield from _URL_FOR.findall(text)
    for quoted in re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", text):
        if quoted in endpoints:
            yield quoted.partition(".")[0]


def arrows_up(path: Path, text: str, app) -> list[str]:
    rooms = {name: bp.import_name.split(".")[1] for name, bp in app.blueprints.items()}
    room = room_of(path)
    named = named_endpoints(text, frozenset(app.view_functions))
    return [name for name in named if not may_name(room, rooms[name])]


def strings_of(path: Path) -> Iterator[str]:
    """Strings of a module that are neither docstrings nor the address of one of its own routes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            spared.update(id(part) for d in node.decorator_list for part in ast.walk(d))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spared.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_url_rule":
            spared.update(map(id, node.args))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spared
        ):
            yield node.value


def test_every_room_of_templates_is_a_room():
    folders = {path.name for path in (APP / "templates").iterdir() if path.is_dir()}
    assert folders - FRAME <= HEIGHT.keys()


@pytest.mark.parametrize("path", [*PYTHON, *TEMPLATES], ids=lambda path: str(path.relative_to(APP)))
def test_a_room_names_no_page_above_it(path, wired_app):
    assert arrows_up(path, path.read_text(encoding="utf-8"), wired_app) == []


def test_a_page_above_would_be_noticed(wired_app):
    """Control: learning stands below courses, and neighbours do not know each other."""
    lesson = APP / "templates" / "learning" / "lesson.html"
    assert (
        arrows_up(lesson, "{{ url_for('courses.course', slug=slug) }}", wired_app)
        == ["courses"] * 2
    )
    assert arrows_up(APP / "asking" / "views.py", 'url_for("credentials.documents")', wired_app)
    assert not arrows_up(APP / "courses" / "views.py", 'url_for("learning.lesson")', wired_app)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APP)))
def test_no_template_writes_an_address_by_hand(path):
    assert not _BY_HAND.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(APP)))
def test_no_module_writes_the_address_of_a_page_by_hand(path, wired_app):
    areas = "|".join(sorted(map(re.escape, areas_of(wired_app) - {"", "static"})))
    owned = path in OWNERS
    found = [s for s in strings_of(path) if re.match(rf"/(?:{areas})(?:[/?#]|$)", s)]
    assert not found or owned


def test_an_address_by_hand_would_be_noticed(tmp_path, wired_app):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        'def go():\n    """/dokumen in a docstring is fine."""\n    return "/dokumen"\n'
    )
    assert list(strings_of(wrong)) == ["/dokumen"]
    assert _BY_HAND.search('<a href="/dokumen">')
    assert not _BY_HAND.search('<a href="{{ url_for() }}">')


def test_every_place_that_rooms_send_people_to_is_wired(wired_app):
    wired = wired_app.extensions["places"]
    assert set(wired.values()) <= wired_app.view_functions.keys()
    named = {
        place
        for path in (*PYTHON, *TEMPLATES)
        for place in re.findall(
            r"""place_(?:url|path)\(\s*["']([a-z]+)""", path.read_text(encoding="utf-8")
        )
    }
    assert named == wired.keys()


def test_every_module_that_calls_itself_pure_is_held_to_it():
    contract = next(one for name, one in CONTRACTS.items() if name.startswith("Pure rules"))
    held = contract["source_modules"]
    for path in PYTHON:
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        module = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        if re.search(r"\bPure[.:;]", said):
            assert any(f"{module}.".startswith(f"{one}.") for one in held), f"{module} is not held"


def test_every_room_says_what_it_refuses():
    for room in HEIGHT:
        package = APP / room / "__init__.py"
        if package.exists():
            said = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
            assert re.search(r"\b[Rr]efuses\b", said), room
