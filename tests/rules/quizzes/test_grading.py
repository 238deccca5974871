"""Grading walks the paper, never the answers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.courses import pool
from app.catalog.terms import PersonStatus
from app.quizzes.grading import grade
from app.quizzes.paper import draw
from tests import bank

COURSE = bank.course()
PAPER = draw(
    COURSE,
    [pool(bank.bank(), (PersonStatus.PNS,), line) for line in COURSE.blueprint.draws],
    seed=1,
)
IDS = [question.id for question in PAPER.questions]
KEYS = {question.id: question.key for question in PAPER.questions}
OPTIONS = ["boleh", "kode-etik", "disiplin", "bergantung"]
answers = st.dictionaries(st.sampled_from(IDS), st.sampled_from(OPTIONS))


def wrong(id: str) -> str:
    return next(option for option in OPTIONS if option != KEYS[id])


@given(answers)
def test_the_score_is_the_share_of_questions_answered_right_rounded_down(given_answers):
    marked = grade(PAPER, given_answers)
    right = sum(given_answers.get(id) == key for id, key in KEYS.items())
    assert marked.right == right
    assert marked.score_percent == right * 100 // len(IDS)
    assert 0 <= marked.score_percent <= 100


@given(answers, st.dictionaries(st.text(max_size=8), st.text(max_size=8)))
def test_stray_answers_count_for_nothing(given_answers, strays):
    strays = {id: choice for id, choice in strays.items() if id not in KEYS}
    assert grade(PAPER, {**given_answers, **strays}) == grade(PAPER, given_answers)


@given(answers, st.sampled_from(IDS))
def test_a_blank_counts_as_wrong(given_answers, id):
    blank = {**given_answers, id: None}
    missing = {key: choice for key, choice in given_answers.items() if key != id}
    assert grade(PAPER, blank).right == grade(PAPER, missing).right
    assert grade(PAPER, blank).right == grade(PAPER, {**given_answers, id: wrong(id)}).right


@given(answers, st.sampled_from(IDS))
def test_a_right_answer_never_lowers_the_score(given_answers, id):
    better = {**given_answers, id: KEYS[id]}
    assert grade(PAPER, better).right >= grade(PAPER, given_answers).right


@given(answers)
@settings(max_examples=30)
def test_every_question_is_marked_once_in_the_order_of_the_paper(given_answers):
    lines = grade(PAPER, given_answers).lines
    assert [line.question.id for line in lines] == IDS
    assert [line.number for line in lines] == list(range(1, len(IDS) + 1))


def test_five_of_six_pass_at_eighty_percent_and_four_do_not():
    five = {**KEYS, IDS[0]: wrong(IDS[0])}
    four = {**five, IDS[1]: wrong(IDS[1])}
    assert grade(PAPER, five).score_percent == 83
    assert grade(PAPER, five).passed
    assert grade(PAPER, four).score_percent == 66
    assert not grade(PAPER, four).passed
    assert grade(PAPER, KEYS).score_percent == 100
    assert grade(PAPER, {}).score_percent == 0
