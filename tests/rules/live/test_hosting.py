"""What a host is offered: which cases, which commands, and letters that fit."""

from dataclasses import replace
from random import Random

import pytest

from app.catalog.terms import Phase, Status, Topic, Verdict
from app.live import choosing, fitting
from app.live.choosing import Wish
from app.live.steering import Desk, buttons
from app.live.timeline import Scene
from tests import bank


def cases(size: int = 30):
    """Of three topics; every third is allowed, every sixth depends."""
    return [replace(one, act="Perbuatan") for one in bank.bank(size)]


def ids(found) -> list[str]:
    return [one.id for one in found]


def test_a_list_is_spread_over_topics_and_verdicts():
    found = choosing.drawn(cases(), Wish(9), Random(1))
    assert len(set(ids(found))) == 9
    by_topic = [sum(one.topic is topic for one in found) for topic in bank.TOPICS]
    assert by_topic == [3, 3, 3]
    verdicts = {one.rulings[0].verdict for one in found}
    assert verdicts == set(Verdict)


def test_easy_ones_come_first():
    hard = [replace(one, difficulty=3 - n % 3) for n, one in enumerate(cases())]
    found = choosing.drawn(hard, Wish(9), Random(1))
    assert [one.difficulty for one in found] == sorted(one.difficulty for one in found)


def test_only_what_was_asked_for_is_drawn_however_few_there_are():
    photos = Wish(40, (Topic.PHOTOS,))
    found = choosing.drawn(cases(), photos, Random(1))
    assert {one.topic for one in found} == {Topic.PHOTOS}
    assert len(found) == sum(one.topic is Topic.PHOTOS for one in cases()) < 40
    one_phase = bank.scenario("sesudah", after=bank.SEVERE)
    assert not Wish(1, phase=Phase.BEFORE).fits(one_phase)
    assert Wish(1, phase=Phase.AFTER).fits(one_phase)


def test_a_draft_and_a_case_without_a_deed_are_never_asked():
    draft = replace(cases(1)[0], status=Status.DRAFT)
    nameless = bank.scenario("tanpa-perbuatan")
    assert choosing.drawn([draft, nameless], Wish(5), Random(1)) == []


def test_the_most_often_misjudged_come_first_and_are_filled_up():
    shares = ["kasus-07", "tidak-ada-lagi", "kasus-03"]
    found, known = choosing.misjudged(cases(), shares, Wish(5), Random(1))
    assert ids(found)[:2] == ["kasus-07", "kasus-03"]
    assert (known, len(set(ids(found)))) == (2, 5)
    few, known = choosing.misjudged(cases(), shares, Wish(1), Random(1))
    assert (ids(few), known) == (["kasus-07"], 1)


@pytest.mark.parametrize(
    ("scene", "main"),
    [
        (Scene.DRAFT, "lobby"),
        (Scene.LOBBY, "open"),
        (Scene.READY, None),
        (Scene.OPEN, "close"),
        (Scene.CLOSED, "reveal"),
        (Scene.REVEALED, "open"),
        (Scene.PAUSED, "resume"),
        (Scene.ENDED, None),
    ],
)
def test_one_button_is_what_comes_next(scene, main):
    shown = buttons(Desk(scene, next_place=4))
    assert (shown.main.name if shown.main else None) == main


def test_after_the_last_question_comes_the_signing_and_then_the_end():
    assert buttons(Desk(Scene.REVEALED, None)).main.name == "signing"
    assert buttons(Desk(Scene.REVEALED, None, is_signing=True)).main.name == "end"
    assert buttons(Desk(Scene.LOBBY, None)).main.name == "end"


def test_while_somebody_has_time_left_to_go_on_is_not_the_main_button():
    shown = buttons(Desk(Scene.CLOSED, 2, waits=True))
    assert shown.main is None
    assert [one.is_meant for one in shown.others if one.name == "reveal"] == [True]


@pytest.mark.parametrize("scene", Scene)
@pytest.mark.parametrize("place", [None, 3])
@pytest.mark.parametrize("is_signing", [True, False])
def test_no_command_is_offered_twice(scene, place, is_signing):
    shown = buttons(Desk(scene, place, Phase.AFTER, is_signing=is_signing))
    names = [one.name for one in (shown.main, *shown.others, *shown.grave) if one]
    assert len(names) == len(set(names))


def test_longer_texts_have_smaller_letters():
    short, long = (fitting.of_situation(f"<p>{'a' * n}</p>") for n in (100, 900))
    assert (short, long) == (fitting.SIZES[0], fitting.SIZES[-1])
    assert fitting.of_situation(f"<p>{'a' * 100}</p>", "b" * 100) != short
    assert fitting.of_reason("<p>x</p>", [("Pasal 1", "")] * 30) == fitting.SIZES[-1]
    one, two = (fitting.of_safe_act("a" * 170, has_two_rounds=has) for has in (False, True))
    assert fitting.SIZES.index(one) < fitting.SIZES.index(two)
