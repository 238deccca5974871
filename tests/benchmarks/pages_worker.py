"""One checkout in one process: asks its own application for pages, and says what each cost.

Run by `pages.py` in the folder of a checkout, with its interpreter and RAMBU_INSTANCE: this file
knows nothing of the tree that it measures but addresses and the demo. A line `<path> <times>` on
standard input is answered with the microseconds of CPU a request.
"""

import io
import re
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

NUMBER, PASSWORD = "199406172019032004", "rambu-di-tepi-jalan"
COURSE = "/kursus/netralitas-inti"
DONE = """
    UPDATE enrolments SET lessons_completed_at = started_at
    WHERE person_id = (SELECT id FROM people WHERE number = ?)
"""


def main() -> None:
    from wsgi import app

    browser = app.test_client()
    post = lambda path, **form: browser.post(path, data=form | {"csrf_token": token(browser)})  # noqa: E731
    post("/masuk", number=NUMBER, password=PASSWORD)
    post(f"{COURSE}/mulai")
    with sqlite3.connect(Path(app.instance_path) / "rambu.db") as connection:
        connection.execute(DONE, (NUMBER,))
    opened = post(f"{COURSE}/kuis").headers["Location"]
    browser.get(f"{opened}/soal/1")
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser._cookies.values())
    print(opened, flush=True)
    for line in sys.stdin:
        path, times = line.split()
        print(cost(app, path, int(times), cookies), flush=True)


def token(browser) -> str:
    page = browser.get("/akun").text + browser.get("/masuk").text
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)


def cost(app, path: str, times: int, cookies: str) -> float:
    """Microseconds of CPU a request; `!` before a path asks as a stranger."""
    environ = environ_of(path.lstrip("!"), "" if path.startswith("!") else cookies)
    begun = time.process_time()
    for _ in range(times):
        status = ask(app, environ)
    took = time.process_time() - begun
    if not status.startswith("200"):
        raise RuntimeError(f"{path}: {status}")
    return took / times * 1e6


def ask(app, environ: dict) -> str:
    told: list[str] = []
    answer = app(environ | {"wsgi.input": io.BytesIO()}, lambda status, _: told.append(status))
    b"".join(answer)
    answer.close()
    return told[0]


def environ_of(path: str, cookies: str) -> dict:
    place, _, query = path.partition("?")
    host = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000"}
    wsgi = {"wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1"}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": place, "QUERY_STRING": query}
    return host | wsgi | asked | ({"HTTP_COOKIE": cookies} if cookies else {})


if __name__ == "__main__":
    main()
