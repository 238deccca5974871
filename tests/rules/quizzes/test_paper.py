"""Drawing and freezing a paper."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.courses import Draw, pool
from app.catalog.terms import PersonStatus, Phase, Topic, Verdict
from app.quizzes.paper import BlueprintUnfillable, draw, thaw
from tests import bank

SCENARIOS = bank.bank(36)
SOFT = (Verdict.ALLOWED, Verdict.DEPENDS)
seeds = st.integers(min_value=0, max_value=2**64)


def pools_of(course, scenarios=SCENARIOS):
    return [pool(scenarios, (PersonStatus.PNS,), line) for line in course.blueprint.draws]


def paper(course, seed, asked=()):
    return draw(course, pools_of(course), seed, asked)


blueprints = st.lists(
    st.builds(
        Draw,
        topics=st.sets(st.sampled_from(bank.TOPICS), min_size=1).map(tuple),
        count=st.integers(1, 4),
        phase=st.sampled_from([None, Phase.BEFORE, Phase.AFTER]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@given(blueprints, seeds)
@settings(max_examples=60)
def test_every_paper_fills_its_blueprint_and_never_repeats_a_scenario(draws, seed):
    course = bank.course(draws)
    drawn = paper(course, seed)
    assert len(drawn.questions) == sum(line.count for line in draws)
    scenarios = [question.scenario for question in drawn.questions]
    assert len(set(scenarios)) == len(scenarios)
    allowed = {case.key for pool in pools_of(course) for case in pool}
    assert {question.case for question in drawn.questions} <= allowed
    for topic in bank.TOPICS:
        bound = sum(line.count for line in draws if line.topics == (topic,))
        assert sum(question.topic == topic for question in drawn.questions) >= bound


@given(seeds, st.integers(1, 6))
@settings(max_examples=60)
def test_a_floor_of_allowed_or_depending_cases_is_always_reached(seed, floor):
    drawn = paper(bank.course(at_least=floor), seed)
    assert sum(question.verdict in SOFT for question in drawn.questions) >= floor


def test_overlapping_lines_still_fill_every_seat():
    photos = [bank.scenario(f"f{n}", Topic.PHOTOS, always=bank.ALLOWED) for n in range(2)]
    media = [bank.scenario(f"m{n}", Topic.SOCIAL_MEDIA, always=bank.ALLOWED) for n in range(2)]
    course = bank.course((Draw((Topic.PHOTOS, Topic.SOCIAL_MEDIA), 2), Draw((Topic.PHOTOS,), 2)))
    for seed in range(50):
        drawn = draw(course, pools_of(course, photos + media), seed)
        assert {question.scenario for question in drawn.questions} == {"f0", "f1", "m0", "m1"}


def test_pools_that_are_too_small_are_refused_loudly():
    course = bank.course((Draw((Topic.PHOTOS,), 2),))
    lone = [bank.scenario("satu", Topic.PHOTOS)]
    with pytest.raises(BlueprintUnfillable):
        draw(course, pools_of(course, lone), 1)


def test_the_same_seed_draws_the_same_paper_and_another_seed_another():
    course = bank.course()
    assert paper(course, 7) == paper(course, 7)
    assert paper(course, 7) != paper(course, 8)


@given(seeds)
@settings(max_examples=60)
def test_three_attempts_never_ask_the_same_scenario_while_others_are_left(seed):
    course = bank.course()
    asked: list[str] = []
    for attempt in range(3):
        drawn = paper(course, seed + attempt, asked)
        seen = {key.partition("@")[0] for key in asked}
        assert seen.isdisjoint(question.scenario for question in drawn.questions)
        asked += [question.case for question in drawn.questions]


@given(seeds)
@settings(max_examples=60)
def test_question_ids_are_distinct_and_say_nothing(seed):
    drawn = paper(bank.course(), seed)
    ids = [question.id for question in drawn.questions]
    assert len(set(ids)) == len(ids)
    assert all(len(id) == 8 and int(id, 16) >= 0 for id in ids)


def test_a_frozen_paper_survives_the_database_unchanged():
    drawn = paper(bank.course(), 3)
    frozen = drawn.freeze()
    assert json.loads(json.dumps(frozen)) == frozen
    assert thaw(frozen) == drawn


def test_a_paper_of_a_newer_program_is_refused():
    with pytest.raises(ValueError, match="schema 99"):
        thaw({**paper(bank.course(), 3).freeze(), "schema": 99})


def test_a_sheet_holds_no_key_reason_or_citation():
    drawn = paper(bank.course(), 3)
    question, sheet = drawn.questions[0], drawn.sheet(1)
    assert sheet.situation_html == question.situation_html
    shown = repr(sheet)
    for secret in ("KENARI", question.id, question.topic, question.reason_html):
        assert secret not in shown
    assert set(type(sheet).__slots__) == {"number", "total", "phase", "situation_html", "question"}


def test_cases_that_fit_none_of_the_four_options_are_never_drawn():
    keys = {question.key for seed in range(30) for question in paper(bank.course(), seed).questions}
    assert keys <= {"boleh", "kode-etik", "disiplin", "bergantung"}
