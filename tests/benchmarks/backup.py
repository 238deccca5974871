"""A backup made under load, restored elsewhere: is it one moment, whole, and how long does it take?

The demo region of `make bench`, whose visitors sign in meanwhile: each of them is acknowledged rows
and an entry of the trail. Then a full disk (a tmpfs, where this is root).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
import requests

from app import demo
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region, token_in
from tests.servers import small_disk

ROOT = Path(__file__).resolve().parents[2]
WRITERS, ROUNDS = 8, 3
#: Documents whose file is there before the first copy.
SEALED = 3


def run(region: Region) -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="rambu-backup-"))
    try:
        flask(region.environ, "backup", "key", str(folder / "key"))
        recipient = (folder / "key").read_text().split()[3]
        _seal_some(region)
        copies = [_copy(region, folder / f"copy-{number}", recipient) for number in range(ROUNDS)]
        return [figure for copy in copies for figure in copy] + _full_disk(
            region, folder, recipient
        )
    finally:
        shutil.rmtree(folder)


def _copy(region: Region, folder: Path, recipient: str) -> list[Figure]:
    """Make one while others save, check it, restore it, verify it."""
    folder.mkdir()
    key = str(folder.parent / "key")
    with _load(region) as saved:
        time.sleep(1)
        before = saved[0]
        made = _seconds(region.environ, "backup", "make", str(folder), "--recipient", recipient)
        during = saved[0] - before
    (file,) = folder.glob("*.tar")
    checked = _seconds(region.environ, "backup", "check", str(file), "--identity", key)
    there = region.environ | {"RAMBU_INSTANCE": str(folder / "instance")}
    there.pop("RAMBU_DATABASE", None)
    restored = _seconds(there, "backup", "restore", str(file), "--identity", key)
    flask(there, "audit", "verify")
    equal, all_of_them, sealed = _same_documents(region.database, folder / "instance" / "rambu.db")
    assert equal == all_of_them, "a document is not the same"
    assert sealed >= SEALED, "no sealed file is compared: the run proves nothing"
    assert during > 0, "nobody saved meanwhile: the run proves nothing"
    return [
        Figure("backup make under load", round(made, 2), "s", 1),
        Figure("saves acknowledged meanwhile", during, "saves", 1),
        Figure("backup size", round(file.stat().st_size / 2**20, 2), "MiB", 1),
        Figure("backup check", round(checked, 2), "s", 1),
        Figure("backup restore", round(restored, 2), "s", 1),
        Figure("documents equal after restore", equal, f"of {all_of_them}", 1),
        Figure("of those with a sealed file, byte for byte", sealed, "files", 1),
    ]


def _seal_some(region: Region) -> None:
    """Let holders fetch their documents, so that there are files to compare."""
    query = (
        "SELECT code, people.number FROM credentials JOIN people ON people.id = holder_id"
        " JOIN accounts ON accounts.person_id = people.id WHERE revoked_at IS NULL"
        f" AND people.is_active ORDER BY credentials.id LIMIT {SEALED}"
    )
    with closing(sqlite.connect(region.database)) as connection:
        found = connection.execute(query).fetchall()
    for code, number in found:
        browser = region.sign_in(number)
        for _ in range(100):  # the worker makes it, and the page comes again until it has
            if browser.get(f"{region.url}/dokumen/{code}.pdf").content.startswith(b"%PDF"):
                break
            time.sleep(0.5)


def flask(environ: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def _seconds(environ: dict[str, str], *command: str) -> float:
    began = time.perf_counter()
    flask(environ, *command)
    return time.perf_counter() - began


@contextmanager
def _load(region: Region) -> Iterator[list[int]]:
    """Visitors who sign in, again and again. Gives how often one was told that she is in."""
    stop, saved = threading.Event(), [0]
    threads = [
        threading.Thread(target=_save_on, args=(region, stop, saved)) for _ in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield saved
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _save_on(region: Region, stop: threading.Event, saved: list[int]) -> None:
    while not stop.is_set():
        browser = requests.Session()
        page = browser.get(f"{region.url}/masuk")
        form = {"csrf_token": token_in(page.text), "number": demo.SARI, "password": demo.PASSWORD}
        answer = browser.post(f"{region.url}/masuk", data=form, allow_redirects=False)
        if answer.status_code == 303:
            saved[0] += 1


def _same_documents(here: Path, there: Path) -> tuple[int, int, int]:
    """How many documents of `here` are in `there` with the same facts and, where they are sealed,
    the same bytes; how many there are; and how many of them have a file."""
    query = (
        "SELECT id, code, number, facts, sha256, content"
        " FROM credentials LEFT JOIN credential_files ON credential_id = id"
    )
    with closing(sqlite.connect(here)) as ours, closing(sqlite.connect(there)) as theirs:
        mine, other = (
            {row[0]: hashlib.sha256(repr(row).encode()).digest() for row in one.execute(query)}
            for one in (ours, theirs)
        )
    assert mine, "there are no documents: the run proves nothing"
    equal = sum(other.get(number) == digest for number, digest in mine.items())
    with closing(sqlite.connect(there)) as theirs:
        (sealed,) = theirs.execute("SELECT count(*) FROM credential_files").fetchone()
    return equal, len(mine), sealed


def _full_disk(region: Region, folder: Path, recipient: str) -> list[Figure]:
    """On a tmpfs that is too small: one sentence, and nothing is left there."""
    if os.geteuid():
        return []
    disk = folder / "disk"
    with small_disk(disk, "64k"):
        with pytest.raises(RuntimeError, match=r"disk penuh\. Tidak ada yang berubah"):
            flask(region.environ, "backup", "make", str(disk), "--recipient", recipient)
        return [Figure("files left on a full disk", len(list(disk.iterdir())), "files", 1)]
