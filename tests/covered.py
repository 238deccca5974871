"""Which lines and branches of app/ the tests pass: `python -m pytest -p tests.covered`.

A probe is put into every line while the application is imported, so this must be loaded before it,
and taken out when it has been passed often enough. It costs nothing that could be measured, where
a tracer makes Python 3.11 twice as slow; so everything counts, on both databases and in browsers.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
import slipcover

#: Percent of lines and branches together, below which a run fails. Only ever raised.
FLOOR = 97.0
#: Where the processes of a run put what they saw; the first one makes it.
FOLDER = "COVERED_INTO"
SEEN = pytest.StashKey[dict]()

_seen = slipcover.Slipcover(branch=True, source=["app"], exclude_also=["if TYPE_CHECKING:"])
slipcover.ImportManager(_seen, slipcover.FileMatcher(sources=["app"])).__enter__()


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="covered-")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """Each process says what it saw; the first one, which ends last, puts it together."""
    seen = _seen.get_coverage()
    if name := getattr(session.config, "workerinput", {}).get("workerid"):
        (Path(os.environ[FOLDER]) / f"{name}.json").write_text(json.dumps(seen))
        return
    for path in Path(os.environ[FOLDER]).glob("*.json"):
        slipcover.merge_coverage(seen, json.loads(path.read_text()))
    shutil.rmtree(os.environ[FOLDER])
    session.config.stash[SEEN] = seen
    if exitstatus == pytest.ExitCode.OK and _percent(seen) < FLOOR:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, config):
    """One table of the files that were not seen whole."""
    seen = config.stash[SEEN]
    slipcover.print_coverage(seen, outfile=terminalreporter, skip_covered=True)
    percent = _percent(seen)
    said = f"Coverage by lines and branches: {percent:.2f} percent; the floor is {FLOOR}."
    terminalreporter.write_line(said, red=percent < FLOOR)


def _percent(seen: dict) -> float:
    return seen["summary"]["percent_covered"]
