"""A line of the log is one object, and quotes neither an address nor what an exception said."""

import json
import logging
import sys

import pytest

from app.core import logs


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("rambu", logging.ERROR, __file__, 1, message, (), info)


def test_a_line_break_begins_no_second_line():
    line = logs.JsonLines().format(record('pertama\n{"level": "palsu"}'))
    assert "\n" not in line
    assert json.loads(line)["level"] == "error"


def test_an_exception_is_told_by_its_kind_and_place_alone():
    try:
        raise ValueError("Sari Wulandari, 199001012015032001")
    except ValueError as error:
        said = json.loads(logs.JsonLines().format(record("fault", error)))
    assert said["error"] == "ValueError"
    assert "test_logs.py" in said["trace"][0]
    assert "Sari" not in json.dumps(said)
    plain = logging.Formatter().format(record("fault", ValueError("Sari")))
    assert "Sari" in plain, "control: the usual way would quote it"


@pytest.fixture
def written():
    """What our own loggers write meanwhile."""
    handler, lines = logging.Handler(), []
    handler.setFormatter(logs.JsonLines())
    handler.emit = lambda one: lines.append(handler.format(one))
    root, level = logging.getLogger(), logs._access.level
    root.addHandler(handler)
    logs._access.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    logs._access.setLevel(level)


@pytest.fixture
def watched(app, monkeypatch):
    """The application, which writes a line for each request."""
    monkeypatch.setitem(app.extensions, "observers", [logs.note_access])
    return app.test_client()


def test_a_request_is_named_by_its_kind_of_page(watched, written):
    watched.get("/verifikasi/KENARI7Q?x=kenari7q", headers={"Referer": "https://kenari7q.example"})
    watched.get("/kenari7q")
    lines = [json.loads(line) for line in written if "rambu.access" in line]
    assert [line["place"] for line in lines] == ["/verifikasi/<code>", "-"]
    assert [line["status"] for line in lines] == [404, 404]
    assert "kenari7q" not in "".join(written).lower()


def test_a_fault_quotes_no_address(app, written):
    """Flask's own words are "Exception on /verifikasi/KENARI7Q"."""
    with app.test_request_context("/verifikasi/KENARI7Q"):
        try:
            raise KeyError("kenari7q")
        except KeyError:
            app.log_exception(sys.exc_info())
    assert len(written) == 1
    assert "kenari7q" not in written[0].lower()
    assert "/verifikasi/<code>" in written[0]


def test_a_proxys_name_of_a_request_is_taken_from_a_proxy_alone(app, watched, written, monkeypatch):
    said = {"X-Request-ID": "0123456789abcdef0123456789abcdef"}
    watched.get("/sehat", headers=said)
    monkeypatch.setitem(app.extensions, "has_proxy", True)
    watched.get("/sehat", headers=said)
    watched.get("/sehat", headers={"X-Request-ID": "kenari7q\\n"})
    names = [json.loads(line)["request"] for line in written if "rambu.access" in line]
    assert names[1] == "01234567"
    assert {len(name) for name in names} == {8}
    assert "01234567" not in (names[0], names[2])
