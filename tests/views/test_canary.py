"""No response before the lock holds a key, a reason, a safe act or a citation of that case.

A learner walks through every page there is, with the texts of the whole case bank as canaries:
none may be in any response, header or script before its own answer is locked, and (the control)
it must be there afterwards.
"""

import html
import re

import pytest
import sqlalchemy as sa

from app.learning import queries
from app.learning.models import CaseAnswer
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw
from tests import learners

COURSE = f"/kursus/{learners.SLUG}"
TAG = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def sentences(scenario) -> set[str]:
    """What a case must not say too early: each sentence of its reason and its safe act."""
    text = f"{plain(scenario.reason_html)} {plain(scenario.safe_act_html)}"
    return {part.strip() for part in re.split(r"(?<=[.?!])\s", text) if len(part) > 25}


class Crawler:
    """A browser that hands over every response as one text: headers, markup, and words."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.seen = 0

    def text(self, response) -> str:
        self.seen += 1
        body = response.get_data(as_text=True)
        return f"{response.headers}\n{body}\n{plain(body)}"

    def get(self, path: str) -> str:
        return self.text(self.browser.get(path))

    def post(self, path: str, **sent) -> str:
        return self.text(self.browser.post(path, **sent))


@pytest.fixture
def catalog(app):
    return learners.catalog_of(app)


@pytest.fixture
def canaries(catalog):
    """Scenario id to its sentences."""
    return {id: sentences(scenario) for id, scenario in catalog.scenarios.items()}


def leaks(text: str, canaries, ids) -> list[tuple[str, str]]:
    return [(id, words) for id in ids for words in canaries[id] if words in text]


def test_the_canaries_are_real(canaries):
    assert len(canaries) >= 40
    assert all(canaries.values())


def test_lessons_reveal_a_case_only_after_its_answer(app, db, cast, sign_in, catalog, canaries):
    course, crawler = learners.course_of(app), Crawler(sign_in(cast.sari))
    cases = [case for lesson in course.lessons for case in queries.cases_of(lesson, catalog)]
    closed = {case.scenario.id for case in cases}
    crawler.post(f"{COURSE}/mulai")
    pages = ["/", "/kursus", COURSE, f"{COURSE}/latihan", f"{COURSE}/kuis", f"{COURSE}/pakta"]
    pages += [f"{COURSE}/pelajaran/{lesson.number}" for lesson in course.lessons]
    assert [leak for page in pages for leak in leaks(crawler.get(page), canaries, closed)] == []
    for lesson in course.lessons:
        page = f"{COURSE}/pelajaran/{lesson.number}"
        waiting = queries.cases_of(lesson, catalog)
        while waiting:
            case = waiting.pop(0)
            crawler.post(
                f"{page}/kasus/{case.scenario.id}",
                data={"answer": "boleh", "phase": case.phase.value},
            )
            still_closed = {one.scenario.id for one in waiting}
            assert leaks(crawler.get(page), canaries, still_closed) == []
            if case.scenario.id not in still_closed:
                text = crawler.get(page)
                assert all(words in text for words in canaries[case.scenario.id])  # control
    assert crawler.seen > 50


def test_an_open_case_looks_the_same_whatever_its_verdict(app, cast, sign_in, catalog):
    """Not even a class name, an order or a length differs but by the case's own words."""
    course, crawler = learners.course_of(app), Crawler(sign_in(cast.sari))
    crawler.post(f"{COURSE}/mulai")
    shapes = set()
    for lesson in course.lessons:
        page = crawler.browser.get(f"{COURSE}/pelajaran/{lesson.number}").text
        for case in queries.cases_of(lesson, catalog):
            name = f"{case.scenario.id}-{case.phase}"
            section = page.split(f'id="kasus-{name}"')[1].split("</section>")[0]
            for own in (name, case.scenario.id, case.scenario.situation_html, case.phase.value):
                section = section.replace(own, "·")
            section = section.replace(html.escape(case.scenario.question), "·")
            section = section.replace(case.scenario.question, "·")
            section = re.sub(r'<span class="phase">[^<]*|Kasus \d dari \d|\d+/kasus', "·", section)
            shapes.add(re.sub(r'name="csrf_token" value="[^"]*"', "", section))
    assert len(shapes) == 1


def test_practice_reveals_a_case_only_after_its_answer(cast, sign_in, catalog, canaries, db):
    browser = sign_in(cast.sari)
    crawler = Crawler(browser)
    crawler.post(f"{COURSE}/mulai")
    for number in range(1, 6):
        page = browser.post(f"{COURSE}/latihan").location
        assert page == f"{COURSE}/latihan/{number}"
        turn = db.scalar(sa.select(CaseAnswer).filter_by(choice=None))
        asked = turn.scenario
        db.rollback()
        for path in (page, f"{COURSE}/latihan", COURSE, "/kursus"):
            assert leaks(crawler.get(path), canaries, [asked]) == []
        crawler.post(page, data={"answer": "boleh"})
        text = crawler.get(page)
        assert all(words in text for words in canaries[asked])  # control


def test_the_quiz_reveals_nothing_before_it_is_sent(app, db, cast, sign_in, canaries):
    attempt = learners.sitting(app, cast.sari)
    db.commit()
    paper, url = thaw(attempt.paper), f"/percobaan/{attempt.id}"
    db.rollback()
    crawler = Crawler(sign_in(cast.sari))
    asked = {question.scenario for question in paper.questions}
    pages = [url, f"{url}/tinjau", f"{url}/hasil", f"{COURSE}/kuis", COURSE, "/kursus", "/"]
    pages += [f"{url}/soal/{number}" for number in range(1, 13)]
    secrets = {question.id for question in paper.questions}
    secrets |= {question.case for question in paper.questions} | asked

    def look(text: str) -> list:
        return leaks(text, canaries, asked) + [secret for secret in secrets if secret in text]

    assert [leak for page in pages for leak in look(crawler.get(page))] == []
    json = {"headers": {"Accept": "application/json"}}
    for number, question in enumerate(paper.questions, start=1):
        for sent in ({"choice": question.key}, {"choice": "boleh"}, {"choice": "salah"}):
            assert look(crawler.post(f"{url}/soal/{number}", json=sent, **json)) == []
            assert look(crawler.post(f"{url}/soal/{number}", data=sent)) == []
    assert look(crawler.post(f"{url}/soal/13", json={"choice": "boleh"}, **json)) == []
    assert [leak for page in pages for leak in look(crawler.get(page))] == []
    crawler.post(f"{url}/kirim")
    text = crawler.get(f"{url}/hasil")
    assert all(words in text for id in asked for words in canaries[id])  # control
    assert crawler.seen > 100


def test_right_and_wrong_answers_are_saved_with_the_same_reply(app, db, cast, sign_in):
    attempt = learners.sitting(app, cast.sari)
    db.commit()
    url, keys = f"/percobaan/{attempt.id}", learners.choices(attempt)
    browser = sign_in(cast.sari)
    replies = set()
    for number, key in enumerate(keys, start=1):
        choice = key if number % 2 else "boleh"
        reply = browser.post(f"{url}/soal/{number}", json={"choice": choice}).json
        assert reply.pop("choice") == choice
        replies.add(str(reply))
        page = browser.post(f"{url}/soal/{number}", data={"choice": choice})
        assert page.status_code == 303
    assert len(replies) == 1


def test_a_paper_never_leaves_the_server_whole(app, db, cast, sign_in):
    """Control of the controls: the key is in the database, and in no page."""
    attempt = learners.sitting(app, cast.sari)
    db.commit()
    assert "key" in db.get(Attempt, attempt.id).paper["questions"][0]
    db.rollback()
    page = sign_in(cast.sari).get(f"/percobaan/{attempt.id}/soal/1").text
    for word in ("reason_html", "safe_act", '"key"', "violation", "paper"):
        assert word not in page
