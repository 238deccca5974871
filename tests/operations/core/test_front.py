"""Bodies are read before a thread is given to them: whole, or refused with a reason."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from werkzeug.wsgi import ClosingIterator

from app.core import front
from app.core.bodies import FORM, REFUSED, limit_of
from app.core.together import Answer

ROSTER = limit_of("/pegawai/impor")


class Headers(list):
    """As granian hands them over: pairs, in lower case."""

    def items(self):
        return list(self)

    def get(self, name, default=None):
        return next((value for key, value in self if key == name), default)

    def __contains__(self, name):
        return any(key == name for key, _ in self)


class Call:
    """A request as granian hands it over. Its body ends as granian's do, with an empty chunk."""

    def __init__(self, *chunks, path="/masuk", never_ends=False, headers=(), **named):
        length = {"content-length": str(sum(map(len, chunks)))} | {
            name.replace("_", "-"): value for name, value in named.items()
        }
        given = [("host", "x"), *headers, *(pair for pair in length.items() if pair[1] is not None)]
        self.scope = SimpleNamespace(
            method="POST",
            path=path,
            query_string="",
            http_version="1.1",
            client="127.0.0.1:5",
            server="127.0.0.1:8000",
            scheme="http",
            headers=Headers(given),
        )
        self.chunks, self.never_ends = [*chunks, b""], never_ends
        self.proto, self.answer, self.fault = self, None, None

    def __aiter__(self):
        self.coming = iter(self.chunks)
        return self

    async def __anext__(self):
        chunk = next(self.coming)
        if self.never_ends and not chunk:
            await asyncio.sleep(3600)
        return chunk

    def response_bytes(self, *answer):
        self.answer = answer

    def response_empty(self, status, headers):
        self.answer = status, headers, b""

    def err(self, error):
        self.fault = error


def echo(environ, start_response):
    """Says what it was given: a status that it is to refuse with, or the body."""
    start_response(f"{environ.get(REFUSED) or 200} X", [("content-type", "text/plain")])
    return [environ["wsgi.input"].read()]


def answered(*calls, app=echo, patience=5.0, together=None):
    """What each call was answered with, or the fault that was reported, all of them at once."""

    async def until_all_are() -> None:
        loop = asyncio.get_running_loop()
        one = front.Front(app, loop, lambda length: patience, together)
        for call in calls:
            one.schedule(call)
        async with asyncio.timeout(20):
            while not all(call.answer or call.fault for call in calls):
                await asyncio.sleep(0.002)
        assert one.held == 0

    asyncio.run(until_all_are())
    return [(call.answer[0], call.answer[2]) if call.answer else call.fault for call in calls]


def test_a_body_is_given_over_whole():
    assert answered(Call(b"number", b"=1"), Call()) == [(200, b"number=1"), (200, b"")]


def test_one_that_trickles_is_told_that_it_was_too_slow_and_nobody_waits_for_it():
    slow = [Call(b"n", never_ends=True, content_length="100") for _ in range(50)]
    quick = Call(b"number=1")
    assert answered(*slow, quick, patience=0.05) == [(408, b"")] * 50 + [(200, b"number=1")]
    assert ("connection", "close") in slow[0].answer[1]
    assert ("connection", "close") not in quick.answer[1]


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (Call(b"x" * FORM), 200),
        (Call(b"x" * (FORM + 1)), 413),
        (Call(b"x", never_ends=True, content_length=str(10**12)), 413),
        (Call(b"x" * (FORM + 1), path="/pegawai/impor"), 200),
        (Call(b"x", path="/pegawai/impor", content_length=str(ROSTER + 1)), 413),
        (Call(b"x", content_length=None, transfer_encoding="chunked"), 411),
        (Call(b"x", content_length="2"), 400),
    ],
    ids=["form", "large", "endless", "roster", "large roster", "no length", "cut off"],
)
def test_what_is_refused_and_with_which_status(call, status):
    body = b"".join(call.chunks) if status == 200 else b""
    assert answered(call, patience=0.05) == [(status, body)]


def test_large_bodies_do_not_fill_the_memory_and_small_ones_pass_by():
    """Seven rosters that do not end hold more than a worker may: one has to come again."""
    part = b"x" * (ROSTER - 1)
    rosters = [
        Call(part, path="/pegawai/impor", never_ends=True, content_length=str(ROSTER))
        for _ in range(front.HELD // ROSTER + 1)
    ]
    *first, last, form = answered(*rosters, Call(b"number=1"), patience=0.05)
    assert {status for status, _ in first} == {408}
    assert last == (503, b"")
    assert form == (200, b"number=1")


def test_a_fault_of_the_application_is_told_to_the_server():
    def broken(environ, start_response):
        raise ZeroDivisionError

    faults = answered(Call(), Call(b"x"), app=broken)
    assert [type(fault) for fault in faults] == [ZeroDivisionError] * 2


def test_an_answer_that_comes_in_parts_is_handed_over_whole_and_closed():
    closed = []

    def parts(environ, start_response):
        start_response("200 OK", [])
        return ClosingIterator(iter([b"a", b"b"]), lambda: closed.append(True))

    assert answered(Call(), app=parts) == [(200, b"ab")]
    assert closed


def test_headers_are_named_as_wsgi_names_them_and_none_passes_for_another():
    headers = [
        ("x-forwarded-for", "10.0.0.1"),
        ("x_forwarded_for", "10.0.0.2"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("accept", "text/html"),
        ("accept", "*/*"),
        ("content-type", "text/plain"),
    ]
    environ = front.environ_of(Call(headers=headers, path="/é").scope, b"")
    assert environ["HTTP_X_FORWARDED_FOR"] == "10.0.0.1"
    assert environ["HTTP_COOKIE"] == "a=1;b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,*/*"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["SERVER_PORT"] == "8000"


class Gathering:
    """Answers messages together, and remembers how many there were each time."""

    def __init__(self, fails=False):
        self.batches, self.fails, self.gate = [], fails, threading.Event()

    def takes(self, method, path):
        return path == "/bersama"

    def answer(self, messages):
        self.batches.append([message.body for message in messages])
        self.gate.wait(0.2)  # meanwhile the others come to wait
        if self.fails:
            raise ZeroDivisionError
        return [Answer(200, [], message.body[::-1]) for message in messages]

    def refused(self):
        return Answer(503, [], b"")


def test_messages_that_wait_are_answered_together_each_with_its_own():
    gathering = Gathering()
    calls = [Call(b"%03d" % number, path="/bersama") for number in range(100)]
    said = answered(*calls, Call(b"number=1"), together=gathering)
    assert said[:-1] == [(200, (b"%03d" % number)[::-1]) for number in range(100)]
    assert said[-1] == (200, b"number=1")
    assert len(gathering.batches) < 10
    assert sum(map(len, gathering.batches)) == 100


def test_a_fault_of_those_who_answer_together_loses_nobody():
    said = answered(
        *[Call(b"x", path="/bersama") for _ in range(9)], together=Gathering(fails=True)
    )
    assert said == [(503, b"")] * 9


def test_where_too_many_wait_one_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(front, "QUEUE", 3)
    said = answered(*[Call(b"x", path="/bersama") for _ in range(40)], together=Gathering())
    assert {(200, b"x"), (503, b"")} == set(said)


def test_a_body_that_was_refused_is_gathered_by_nobody():
    gathering = Gathering()
    large = Call(b"x" * (FORM + 1), path="/bersama")
    assert answered(large, together=gathering) == [(413, b"")]
    assert gathering.batches == []
