"""An answer saved over HTTP, against a raw loop of the same driver (prototype 0.047)."""

import json
import re
import sqlite3
import time

import pysqlite3.dbapi2 as driver
import requests

from app import demo
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.lesson_page import enrolled
from tests.benchmarks.region import SECONDS, Region, token_in, wrk

SLUG = "netralitas-inti"
#: wrk asks for a different question and option each time.
SCRIPT = """
local path, headers, n = {path}, {headers}, 0
local options = {{"boleh", "kode-etik", "disiplin", "bergantung"}}
request = function()
  n = n + 1
  local body = '{{"choice":"' .. options[n % 4 + 1] .. '"}}'
  return wrk.format("POST", path .. "/soal/" .. (n % 12 + 1), headers, body)
end
"""


def run(region: Region) -> list[Figure]:
    script = region.folder / "save.lua"
    script.write_text(_script(region))
    return compared(
        "answer saved",
        "answers/s",
        "raw sqlite3 loop, FULL",
        lambda: wrk(region.url, "-s", str(script)),
        lambda: _raw_loop(region),
    )


def _script(region: Region) -> str:
    """A quiz that Sari has open, and what her phone would send."""
    browser = enrolled(region)
    path = opened_quiz(region, browser)
    token = token_in(browser.get(f"{region.url}{path}/soal/1").text)
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "X-CSRFToken": token,
        "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
    }
    table = "{" + ", ".join(f'["{name}"]="{value}"' for name, value in headers.items()) + "}"
    return SCRIPT.format(path=json.dumps(path), headers=table)


def opened_quiz(region: Region, browser: requests.Session) -> str:
    """The path of a quiz that Sari, who is enrolled, has open."""
    _let_her_start(region)
    page = browser.get(f"{region.url}/kursus/{SLUG}/kuis")
    opened = browser.post(page.url, data={"csrf_token": token_in(page.text)})
    return re.search(r"/percobaan/\d+", opened.url).group()


def _let_her_start(region: Region) -> None:
    """Sari's lessons count as done, so that the quiz opens."""
    with sqlite3.connect(region.database) as connection:
        connection.execute(
            "UPDATE enrolments SET lessons_completed_at = started_at WHERE person_id ="
            " (SELECT id FROM people WHERE number = ?)",
            (demo.SARI,),
        )


def _raw_loop(region: Region) -> float:
    """BEGIN IMMEDIATE, one UPDATE, COMMIT, as fast as one process can."""
    file = region.folder / "raw.db"
    connection = driver.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, choice TEXT)")
    connection.execute("INSERT OR IGNORE INTO answers VALUES (1, 'boleh')")
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE answers SET choice = ? WHERE id = 1", (str(count),))
        connection.execute("COMMIT")
        count += 1
    rate = count / (time.perf_counter() - began)
    connection.close()
    return rate
