"""Every kind of dirty roster at 20,000 rows: what was caught, how long a preview takes, what the
largest of them holds in memory. ROSTERS=2000 makes it smaller.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.dirt import KINDS, Dirty, measured, workers

ROWS = 20_000
#: The widest of all: its memory is measured in a process that does nothing else.
WIDEST = "siasn_with_69_columns"
_READER = """
import sys
from datetime import date
from pathlib import Path
from app.rosters.roster import read_roster
from app.rosters.tables import read_file
roster = read_roster(read_file(Path(sys.argv[1])), date(2026, 11, 30))
status = Path("/proc/self/status").read_text()
print(len(roster.entries), int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def run(_region: Region | None = None) -> list[Figure]:
    rows = int(os.environ.get("ROSTERS", str(ROWS)))
    people = workers(rows)
    wrong, needless, seconds, memory = 0, 0, {}, 0
    for name, make in KINDS.items():
        dirty = make(people)
        began = time.process_time()
        found = measured(dirty)
        seconds[name] = time.process_time() - began
        wrong += found.wrong
        needless += found.needless > 0
        print(f"  {name:40} {seconds[name]:5.1f} s  {found.wrong} wrong, {found.needless} needless")
        if name == WIDEST:
            memory = _memory(dirty)
    slowest = max(seconds, key=lambda name: seconds[name])
    return [
        Figure("wrong rows accepted", wrong, "rows", rows * len(KINDS)),
        Figure("kinds refused needlessly", needless, "kinds", len(KINDS)),
        Figure(f"slowest preview: {slowest}", round(seconds[slowest], 1), "s CPU", rows),
        Figure(f"memory of a process that reads {WIDEST}", memory, "MB", rows),
    ]


def _memory(dirty: Dirty) -> int:
    """Megabytes at most of a process that reads a file and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "daftar.xlsx")
        path.write_bytes(dirty.data)
        command = [sys.executable, "-c", _READER, str(path)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return int(said[1])
