"""What hosts ask of the database: misjudged cases, rounds, rehearsals that are over."""

from datetime import timedelta

import pytest

from app.agencies import operations as agencies
from app.agencies.operations import Details
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.errors import NotFound
from app.learning.models import CaseAnswer, Enrolment
from app.live import arranging, hosted, links, queries
from app.live.answering import keep
from app.live.models import LiveParticipant
from app.live.overview import overview
from tests.webinars import RIGHT, WRONG, in_lobby, joined, open_now, order, prepared, sent


def judged(db, person, scenario, *rights) -> None:
    """Judgements of one person, one after another."""
    enrolment = Enrolment(
        person_id=person.id, agency_id=person.agency_id, course="k", edition=f"{scenario}"
    )
    db.add(enrolment)
    db.flush()
    for number, is_right in enumerate(rights):
        at = clock.now() + timedelta(seconds=number)
        answer = CaseAnswer(
            enrolment_id=enrolment.id,
            place=f"latihan-{number:04d}",
            scenario=scenario,
            phase="semua",
            choice="boleh",
            is_right=is_right,
            answered_at=at,
        )
        db.add(answer)
    db.flush()


@pytest.fixture
def crowd(db, cast):
    """Eleven people of one unit."""
    staff = (Details(name=f"Pegawai {n}", status=PersonStatus.NON_ASN) for n in range(11))
    return [agencies.add_person(cast.clinic, None, one, cast.dewi) for one in staff]


def test_cases_are_ranked_by_the_first_judgement_of_each_person(db, cast, crowd):
    for number, person in enumerate(crowd):
        judged(db, person, "sering-keliru", number < 2, True)
        judged(db, person, "kadang-keliru", number > 2, False, False)
        judged(db, person, "selalu-benar", True)
    for person in crowd[:9]:
        judged(db, person, "terlalu-sedikit", False)
    judged(db, cast.stranger, "kadang-keliru", False)
    found = [(one.scenario, one.people, one.wrong) for one in hosted.often_wrong(cast.agency.id)]
    assert found == [("sering-keliru", 11, 9), ("kadang-keliru", 11, 3)]


def test_bars_stay_hidden_until_nobody_may_answer_and_below_five(db, cast, crowd, wait):
    session = in_lobby(cast)
    people = [joined(session, one) for one in crowd[:5]]
    joined(session, cast.sari, extra_percent=200)
    run = open_now(session)
    keep([sent(run, who) for who in people])
    assert overview(session).bars is None
    wait(seconds=61)
    waiting = overview(session)
    assert (waiting.bars, waiting.is_few) == (None, False)
    assert waiting.waits_until is not None
    wait(seconds=60)
    assert [bar.count for bar in overview(session).bars] == [0, 5, 0]


def test_four_answers_are_never_shown_by_choice(db, cast, crowd, wait):
    session = in_lobby(cast)
    people = [joined(session, one) for one in crowd[:4]]
    run = open_now(session)
    keep([sent(run, who) for who in people])
    wait(seconds=61)
    assert (overview(session).bars, overview(session).is_few) == (None, True)
    order(session, "reveal")
    assert (overview(session).bars, overview(session).is_few) == (None, True)


def test_the_second_round_stands_against_the_first(db, cast, crowd, wait):
    session = in_lobby(cast)
    people = [joined(session, one) for one in crowd[:10]]
    for rights in (3, 9):
        run = queries.latest_run(session.id) if rights == 9 else open_now(session)
        for number, who in enumerate(people):
            keep([sent(run, who, RIGHT if number < rights else WRONG)])
        wait(seconds=61)
        if rights == 3:
            order(session, "again")
            wait(seconds=6)
    bars = {bar.value: (bar.percent, bar.percent_before) for bar in overview(session).bars}
    assert bars[RIGHT] == (90, 30)


def test_the_mark_changes_with_the_scene_and_not_with_a_count(db, cast, wait):
    session = in_lobby(cast)
    run = open_now(session)
    before = overview(session).mark
    keep([sent(run, joined(session, cast.sari))])
    assert overview(session).mark == before
    wait(seconds=61)
    assert overview(session).mark != before


def test_a_speakers_link_holds_until_it_is_withdrawn_or_over(db, cast, wait):
    session = prepared(cast, speakers=(("Ratna", "Bawaslu"),))
    ratna = queries.speakers_of(session.id)[0]
    assert links.speaker_of(ratna) is None
    arranging.make_link(ratna, links.until_of(session))
    link = links.read_speaker(links.speaker_of(ratna))
    assert hosted.speaker_by(link.id, link.until) is ratna
    text = links.speaker_of(ratna)
    assert links.read_hall(text) is None
    assert links.read_speaker(text + "x") is None
    arranging.withdraw_link(ratna)
    with pytest.raises(NotFound):
        hosted.speaker_by(link.id, link.until)
    wait(days=3)
    assert links.read_speaker(text) is None


def test_a_rehearsal_of_today_is_kept_and_a_session_for_good(db, cast, wait):
    session = prepared(cast)
    arranging.rehearse(session, cast.yusuf)
    wait(hours=23)
    assert arranging.forget_rehearsals() == 0
    wait(hours=2)
    assert arranging.forget_rehearsals() == 1
    assert len(queries.questions_of(session.id)) == 3
    assert db.query(LiveParticipant).count() == 0
