"""Pieces of pages that are kept for everybody hold nothing of anybody."""

import re

from app.core.kept import TOKEN
from tests import learners

PAGE = f"/kursus/{learners.SLUG}/pelajaran/1"
FIELD = re.compile(r'name="csrf_token" value="([^"]+)"')


def test_each_reader_finds_their_own_token_in_a_kept_piece(app, db, cast, sign_in):
    tokens = []
    for person in (cast.sari, cast.budi):
        learners.enrolled(app, person)
        db.commit()
        page = sign_in(person).get(PAGE).text
        assert TOKEN not in page
        tokens.append(set(FIELD.findall(page)))
    assert [len(own) for own in tokens] == [1, 1]
    assert tokens[0].isdisjoint(tokens[1])


def test_what_is_kept_names_nobody_and_carries_no_token(app, db, cast, sign_in):
    for person in (cast.sari, cast.budi):
        learners.learned(app, person)
        db.commit()
        page = sign_in(person).get(PAGE).text
        assert person.full_name in page
        shelf = "".join(part for parts in app.extensions["kept"].values() for part in parts)
        assert person.full_name not in shelf
        assert person.number not in shelf
        assert FIELD.findall(page)[0] not in shelf


def test_an_answer_that_one_has_locked_is_open_for_the_next(app, db, cast, sign_in):
    learners.learned(app, cast.sari)
    learners.enrolled(app, cast.budi)
    db.commit()
    assert "Pembahasan" in sign_in(cast.sari).get(PAGE).text
    page = sign_in(cast.budi).get(PAGE).text
    assert "Pembahasan" not in page
    assert "Tetapkan jawaban" in page


def test_two_people_in_turns_see_themselves_and_nothing_of_each_other(app, db, cast, sign_in):
    """Whatever is kept of the frame, of a lesson or of today: it is nobody's."""
    for person in (cast.sari, cast.budi):
        learners.enrolled(app, person)
    db.commit()
    browsers = {person: sign_in(person) for person in (cast.sari, cast.budi)}
    tokens = {}
    for _ in range(3):
        for person, other in ((cast.sari, cast.budi), (cast.budi, cast.sari)):
            for path in (PAGE, "/", "/kursus", "/bolehkah", "/akun"):
                page = browsers[person].get(path).text
                assert person.full_name in page
                assert other.full_name not in page
                assert other.number not in page
                tokens.setdefault(person, set()).update(FIELD.findall(page))
    assert tokens[cast.sari].isdisjoint(tokens[cast.budi])
