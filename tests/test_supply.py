"""What Rambu is made of: pinned by hash, under licences that were looked at, and written down."""

import importlib.util
import re
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from app.config import PROJECT

SPEC = importlib.util.spec_from_file_location("supply", PROJECT / ".ci" / "supply.py")
supply = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(supply)
LOCKS = ("requirements.lock", "supply.lock", "mutants.lock")
PROJECT_FILE = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
LICENCES = tomllib.loads((PROJECT / "security" / "licences.toml").read_text(encoding="utf-8"))


def licence_of(name: str) -> str:
    """An expression of SPDX: ours where the package is silent, else what it says."""
    if name in LICENCES["packages"]:
        return LICENCES["packages"][name]
    said = metadata(name)
    if expression := said.get("License-Expression"):
        return expression
    classes = [
        c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if "License ::" in c
    ]
    words = [LICENCES["words"].get(one, one) for one in classes]
    return " AND ".join(words) or said.get("License") or "nothing"


def is_allowed(expression: str) -> bool:
    """Every part that AND joins, and of what OR joins any one, is on the list."""
    alternatives = [part.split(" AND ") for part in expression.strip("()").split(" OR ")]
    return any(
        all(one.strip("() ") in LICENCES["allowed"] for one in all_of) for all_of in alternatives
    )


@pytest.fixture(scope="module")
def licences():
    """What is installed of the lock, and under which licence."""
    found = {}
    for name, _ in supply.pins((PROJECT / "requirements.lock").read_text()):
        with suppress(PackageNotFoundError):  # only for another system
            found[name] = licence_of(name)
    assert len(found) > 90
    return found


def test_every_licence_is_one_that_was_looked_at(licences):
    assert {name: one for name, one in licences.items() if not is_allowed(one)} == {}


def test_no_licence_is_allowed_that_nobody_has(licences):
    """A list that grows by itself says nothing."""
    told = " ".join(licences.values())
    assert [one for one in LICENCES["allowed"] if one not in told] == []
    assert [one for one in LICENCES["packages"] if one not in licences] == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "nothing", ""])
def test_another_licence_would_be_noticed(licence):
    """Control."""
    assert not is_allowed(licence)


def test_of_two_licences_one_is_enough():
    assert is_allowed("GPL-2.0-only OR MIT")
    assert is_allowed("MIT AND PSF-2.0")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", text).strip())
    bare = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert len(blocks) == len(supply.pins(text)) > 15
    assert not bare
    assert "--index-url" not in text


def test_what_is_named_is_pinned():
    pinned = dict(supply.pins((PROJECT / "requirements.lock").read_text()))
    named = [*PROJECT_FILE["project"]["dependencies"], *PROJECT_FILE["dependency-groups"]["dev"]]
    assert [
        one for one in named if supply.canonicalize_name(re.match(r"[\w.-]+", one)[0]) not in pinned
    ] == []


SBOM = {
    "components": [
        {"bom-ref": f"{name}==1", "name": name} for name in ("Flask", "Jinja2", "pytest", "pip")
    ],
    "dependencies": [
        {"ref": "root-component", "dependsOn": ["Flask==1"]},
        {"ref": "Flask==1", "dependsOn": ["Jinja2==1", "pytest==1"]},
        {"ref": "pytest==1", "dependsOn": ["Jinja2==1"]},
    ],
}


def test_the_sbom_holds_what_runs_and_no_tool():
    names = supply.needed(PROJECT_FILE["project"]["dependencies"])
    assert {"flask", "jinja2", "psycopg-binary", "cryptography"} <= names
    assert not {"pytest", "mypy", "ruff", "playwright", "hypothesis", "pip"} & names
    made = supply.shipped(SBOM, names)
    assert [one["name"] for one in made["components"]] == ["Flask", "Jinja2"]
    assert made["dependencies"][1] == {"ref": "Flask==1", "dependsOn": ["Jinja2==1"]}
    assert len(made["dependencies"]) == 2


ADVISORY = """
id: PYSEC-0000-1
published: "2023-05-02"
affected:
- package: {name: Flask, ecosystem: PyPI}
  ranges:
  - {type: GIT, events: [{introduced: "0"}]}
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: 2.2.5}, {introduced: 2.3.0}, {fixed: 2.3.2}]
  versions: ["9.9.dev1"]
"""


@pytest.mark.parametrize(
    ("version", "is_weak"),
    [("2.2.4", True), ("2.2.5", False), ("2.3.1", True), ("2.3.2", False), ("9.9.dev1", True)],
)
def test_a_pin_is_held_against_a_copy_of_the_advisories(tmp_path, version, is_weak):
    folder = tmp_path / "vulns" / "flask"
    folder.mkdir(parents=True)
    (folder / "PYSEC-0000-1.yaml").write_text(ADVISORY)
    (folder / "PYSEC-0000-2.yaml").write_text(ADVISORY + "withdrawn: 2024-01-01\n")
    said, found = supply.by_folder(tmp_path, [("flask", version), ("jinja2", "3")])
    assert found == ([f"flask {version}: PYSEC-0000-1"] if is_weak else [])
    assert "2 pins held against 1 advisories about 1 of them, the newest of 2023-05-02" in said
