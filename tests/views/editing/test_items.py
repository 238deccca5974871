"""Authors see how each question does, once thirty papers had it."""

from app.judgements.models import ItemMark
from tests import learners, people


def marked(db, case, n: int) -> None:
    ruling = case.rulings[0]
    names = {"course": learners.SLUG, "scenario": case.id, "phase": ruling.phase, "key": "boleh"}
    db.add(ItemMark(choice="boleh", rest=9, people=n, **names))
    db.add(ItemMark(choice="disiplin", rest=4, people=n, **names))
    db.commit()


def test_laras_sees_facility_discrimination_and_answers(app, db, cast, sign_in):
    people.add_editor(db, cast)
    first, second = learners.catalog_of(app).on_show[:2]
    marked(db, first, 20)
    marked(db, second, 14)  # of 28 papers nothing is said
    page = sign_in(cast.laras).get(f"/penyunting/soal?kursus={learners.SLUG}").text
    assert first.question in page
    assert second.question not in page
    assert "50%" in page
    assert ": 1 soal" in page


def test_the_command_says_the_same(app, db, cast):
    marked(db, learners.catalog_of(app).on_show[0], 20)
    said = app.test_cli_runner().invoke(args=["content", "items", learners.SLUG]).output
    assert "   40    50   100   100" in said
    wrong = app.test_cli_runner().invoke(args=["content", "items", "tidak-ada"])
    assert wrong.exit_code == 1
    assert learners.SLUG in wrong.output
