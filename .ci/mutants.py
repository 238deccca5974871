"""Change pure rules in every small way, one at a time, and count what their tests notice.

`make mutants`: mutmut over the modules that `[tool.mutmut]` of pyproject.toml names, in a copy
that is thrown away. Prints a line a module; ends badly where too little is noticed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOG = PROJECT / "build" / "mutants.log"
#: What must be noticed: of all mutants, and of those of one module, in percent.
LEAST, LEAST_OF_ONE = 85, 75
#: How mutmut says that tests passed, that none was found, and that none touches it.
UNNOTICED = frozenset({0, 5, 33})


def judged(found: Mapping[str, Counter[int]]) -> tuple[list[str], bool]:
    """A line for each module and one for all of them, and whether enough was noticed."""
    lines, is_enough = [], bool(found)
    for module, codes in sorted(found.items()):
        percent = _percent(codes)
        is_enough &= percent >= LEAST_OF_ONE
        lines.append(f"{module:<36}{_noticed(codes):>5} of {codes.total():>5}  {percent:5.1f} %")
    whole = sum(found.values(), Counter())
    lines.append(f"{'all':<36}{_noticed(whole):>5} of {whole.total():>5}  {_percent(whole):5.1f} %")
    return lines, is_enough and _percent(whole) >= LEAST


def _noticed(codes: Counter[int]) -> int:
    return sum(count for code, count in codes.items() if code not in UNNOTICED)


def _percent(codes: Counter[int]) -> float:
    """Of no mutants at all nothing was noticed."""
    return 100 * _noticed(codes) / codes.total() if codes.total() else 0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rambu-mutants-") as name:
        folder = Path(name)
        _copy(folder)
        _run(folder)
        lines, is_enough = judged(_found(folder / "mutants"))
    print("\n".join(lines))
    if not is_enough:
        sys.exit(f"Too little was noticed, or nothing was run: see {LOG}.")


def _run(folder: Path) -> None:
    environ = os.environ | {
        "PYTHONPATH": str(PROJECT / ".venv" / "mutants"),
        "RAMBU_INSTANCE": str(folder / "instance"),
        "TEST_DATABASES": "sqlite",
    }
    run = (sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count()))
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        subprocess.run(run, cwd=folder, env=environ, stdout=log, stderr=log, check=False)  # noqa: S603


def _copy(folder: Path) -> None:
    """What the repository holds, as it is here."""
    listed = subprocess.run(
        ("git", "ls-files", "-z"),  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_file():
            shutil.copyfile(PROJECT / name, target)


def _found(folder: Path) -> dict[str, Counter[int]]:
    """How each run ended, by module. A mutant that was not run counts as unnoticed."""
    found = {}
    for file in folder.rglob("*.meta"):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        if codes:
            module = file.relative_to(folder).as_posix().removesuffix(".meta")
            found[module] = Counter(0 if code is None else code for code in codes)
    return found


if __name__ == "__main__":
    main()
