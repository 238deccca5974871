"""What Rambu is made of: `sbom` writes it down, `audit` holds it against known weaknesses.

make sbom                       # build/rambu-VERSION.cdx.json, CycloneDX, what is installed to run
make audit                      # pip-audit asks the registry about every pin of requirements.lock
make audit ADVISORIES=FOLDER    # the same, offline, by a copy of github.com/pypa/advisory-database
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parent.parent
TOOLS = PROJECT / ".venv" / "supply" / "bin"
#: The component that everything hangs from.
ROOT = "root-component"


def pins(lock: str) -> list[tuple[str, str]]:
    """Name and version of everything in a lock file; some have two, for two Pythons."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock, re.MULTILINE)
    return [(canonicalize_name(name), version) for name, version in found]


def needed(requirements: Iterable[str]) -> set[str]:
    """Names of what is installed for these requirements, and for theirs, with no extra but those
    that are asked for: not the tools of developers, nor what happens to be there."""
    reached: set[tuple[str, str]] = set()
    waiting = [Requirement(one) for one in requirements]
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            step = canonicalize_name(wanted.name), extra
            if step not in reached:
                reached.add(step)
                theirs = map(Requirement, distribution(wanted.name).requires or [])
                waiting += [one for one in theirs if _holds(one, extra)]
    return {name for name, _ in reached}


def _holds(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def shipped(sbom: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """An SBOM with those components alone."""
    kept = [one for one in sbom["components"] if canonicalize_name(one["name"]) in names]
    refs = {ROOT, *(one["bom-ref"] for one in kept)}
    graph = [
        entry | {"dependsOn": [one for one in entry.get("dependsOn", []) if one in refs]}
        for entry in sbom["dependencies"]
        if entry["ref"] in refs
    ]
    return sbom | {"components": kept, "dependencies": graph}


def is_affected(version: str, advisory: dict[str, Any], name: str) -> bool:
    """Whether an OSV record speaks of this version of a package."""
    for affected in advisory.get("affected", []):
        if canonicalize_name(affected["package"]["name"]) != name:
            continue
        if version in affected.get("versions", []):
            return True
        ranges = [one for one in affected.get("ranges", []) if one["type"] == "ECOSYSTEM"]
        if any(_is_within(Version(version), one["events"]) for one in ranges):
            return True
    return False


def _is_within(version: Version, events: Iterable[dict[str, str]]) -> bool:
    """Events stand in order; the last one that the version has reached decides."""
    inside = False
    for event in events:
        ((kind, at),) = event.items()
        reached = at == "0" or (
            version > Version(at) if kind == "last_affected" else version >= Version(at)
        )
        if kind in ("introduced", "fixed", "last_affected") and reached:
            inside = kind == "introduced"
    return inside


def advisories(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Records about a package that nobody has withdrawn."""
    for path in sorted((folder / "vulns" / name).glob("*.yaml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not record.get("withdrawn"):
            yield record


def by_folder(folder: Path, pinned: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """What was looked at, and what was found, by a copy of the advisory database."""
    found, looked, newest = [], 0, ""
    for name, version in pinned:
        for record in advisories(folder, name):
            looked, newest = looked + 1, max(newest, str(record.get("published", ""))[:10])
            if is_affected(version, record, name):
                found.append(f"{name} {version}: {record['id']}")
    packages = sum((folder / "vulns" / name).is_dir() for name in dict(pinned))
    return (
        f"folder: {len(pinned)} pins held against {looked} advisories about {packages} of them, "
        f"the newest of {newest or 'no day'}"
    ), found


def by_registry(pinned: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """The same by pip-audit. A registry that keeps no advisories knows none of the pins."""
    command = [TOOLS / "pip-audit", "-r", PROJECT / "requirements.lock", "--require-hashes"]
    options = ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    said = subprocess.run([*command, *options], capture_output=True, text=True, check=False)  # noqa: S603
    entries = json.loads(said.stdout)["dependencies"] if said.stdout.startswith("{") else []
    audited = [entry for entry in entries if "skip_reason" not in entry]
    found = [f"{e['name']} {e['version']}: {v['id']}" for e in audited for v in e["vulns"]]
    why = (
        "" if entries else f" ({said.stderr.strip().splitlines()[-1] if said.stderr else 'silent'})"
    )
    return f"pip-audit: {len(audited)} of {len(pinned)} pins audited{why}", found


def audit(*folder: str) -> int:
    pinned = pins((PROJECT / "requirements.lock").read_text(encoding="utf-8"))
    said, found = by_folder(Path(folder[0]), pinned) if folder else by_registry(pinned)
    print(said, *found, sep="\n")
    print(f"{len(found)} known weaknesses in {len(pinned)} pins")
    if not folder and said.startswith("pip-audit: 0 "):
        print("Nothing was audited, which is no clean bill: name a folder, ADVISORIES=FOLDER.")
        return 2
    return 1 if found else 0


def sbom() -> int:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    target = PROJECT / "build" / f"rambu-{project['version']}.cdx.json"
    target.parent.mkdir(exist_ok=True)
    command = [TOOLS / "cyclonedx-py", "environment", "--pyproject", PROJECT / "pyproject.toml"]
    options = ["--output-reproducible", "--short-PURLs", "-o", "-", PROJECT / ".venv/bin/python"]
    whole = subprocess.run([*command, *options], capture_output=True, check=True)  # noqa: S603
    made = shipped(json.loads(whole.stdout), needed(project["dependencies"]))
    target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{target.relative_to(PROJECT)}: {len(made['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit({"sbom": sbom, "audit": audit}[sys.argv[1]](*sys.argv[2:]))
