"""The document that every phone reads: what it says in each scene, and what it never says."""

import json

import pytest

from app.live import queries
from app.live.state import States, document_of
from tests.webinars import in_lobby, joined, open_now, order, prepared


def said(session) -> dict:
    return json.loads(document_of(session.code).body)


def test_it_says_what_is_on_and_when_to_ask_again(db, cast, wait):
    session = prepared(cast, count=2)
    assert said(session)["phase"] == "draft"
    order(session, "lobby")
    lobby = said(session)
    assert (lobby["phase"], lobby["of"], lobby["run"], lobby["q"]) == ("lobby", 2, None, None)
    order(session, "open")
    ready = said(session)
    run = queries.latest_run(session.id)
    assert (ready["phase"], ready["run"], ready["n"]) == ("ready", run.id, 1)
    assert ready["closes"] - ready["opens"] == 60_000
    assert ready["res"] is None
    wait(seconds=5)
    assert said(session)["phase"] == "open"
    assert said(session)["q"] == ready["q"]
    wait(seconds=61)
    assert said(session)["phase"] == "closed"
    order(session, "reveal")
    assert said(session)["res"].startswith(f"/webinar/{session.code}/hasil/{run.id}.")
    order(session, "end")
    assert said(session)["phase"] == "ended"


def test_its_etag_changes_with_the_scene_and_by_the_passing_of_time_alone(db, cast, wait):
    session = in_lobby(cast)
    order(session, "open")
    tags = [document_of(session.code).etag]
    for seconds in (5.5, 60):
        wait(seconds=seconds)
        tags.append(document_of(session.code).etag)
    assert len(set(tags)) == 3
    assert document_of(session.code).etag == tags[-1]


def test_before_the_reveal_it_holds_no_key_no_name_and_no_count(db, cast, wait):
    session = in_lobby(cast)
    joined(session, cast.sari)
    bodies = []
    order(session, "open")
    for seconds in (0, 5, 61):
        wait(seconds=seconds)
        bodies.append(document_of(session.code).body.decode())
    for secret in ("tidak-boleh", "KENARI", "Sari", "kasus-0", "joined"):
        assert not any(secret in body for body in bodies)


def test_a_void_run_is_shown_to_nobody(db, cast):
    session = in_lobby(cast)
    open_now(session)
    order(session, "void")
    assert (said(session)["phase"], said(session)["run"], said(session)["q"]) == (
        "lobby",
        None,
        None,
    )


def test_a_code_that_names_nothing_has_none(db, cast):
    assert document_of("ABC107") is None


def test_it_is_made_once_for_all_who_ask_within_half_a_second():
    asked = []
    states = States(lambda code: asked.append(code))
    for _ in range(50):
        states.get("ABC107")
    assert asked == ["ABC107"]
    states.forget()
    states.get("ABC107")
    assert asked == ["ABC107"] * 2


def test_who_tries_many_codes_fills_no_memory(monkeypatch):
    monkeypatch.setattr("app.live.state.SHELF", 10)
    states = States(lambda code: None)
    for number in range(95):
        states.get(str(number))
    assert len(states._shelf) <= 10
    assert len(states._locks) <= 10


def test_a_failure_is_nobodys_document():
    def fail(code):
        raise RuntimeError(code)

    states = States(fail)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            states.get("ABC107")
