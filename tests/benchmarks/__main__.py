"""`make bench [NAME=…]`: run one benchmark or all; print a table and one JSON line a figure."""

import sys
from pathlib import Path

from tests.benchmarks import (
    answer_saved,
    backup,
    certificate,
    check_in,
    downloads,
    enumeration,
    faults,
    giving,
    hostile,
    kills,
    lesson_page,
    live,
    many,
    nodes,
    pages,
    past,
    phone,
    recap,
    refusals,
    report,
    roster_intake,
    rosters,
    search,
    sign_in,
    slow_sockets,
    stale,
    start,
)
from tests.benchmarks.figures import Figure, as_json, as_table
from tests.benchmarks.region import Region

BENCHMARKS = {
    "lesson-page": lesson_page.run,
    "pages": pages.run,
    "past": past.run,
    "phone": phone.run,
    "answer-saved": answer_saved.run,
    "certificate": certificate.run,
    "downloads": downloads.run,
    "sign-in": sign_in.run,
    "check-in": check_in.run,
    "enumeration": enumeration.run,
    "report": report.run,
    "rosters": rosters.run,
    "recap": recap.run,
    "roster-intake": roster_intake.run,
    "refusals": refusals.run,
    "search": search.run,
    "slow-sockets": slow_sockets.run,
    "start": start.run,
    "stale": stale.run,
    "hostile": hostile.run,
    "backup": backup.run,
    "many": many.run,
    "nodes": nodes.run,
    "faults": faults.run,
    "kills": kills.run,
    "giving": giving.run,
    "live": live.run,
}


def main(names: list[str]) -> None:
    unknown = set(names) - BENCHMARKS.keys()
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    figures: list[Figure] = []
    with Region() as region:
        for name in names or BENCHMARKS:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            figures += BENCHMARKS[name](region)
    print(as_table(figures))
    for figure in figures:
        print(as_json(figure))


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main(sys.argv[1:])
