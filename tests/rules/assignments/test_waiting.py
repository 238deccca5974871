"""Leader first: the heads of the nearest unit open it, and nobody waits for nobody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.assignments.waiting import waiting_for

UNTIL = date(2026, 12, 10)
SIGNED = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Head:
    full_name: str
    unit_path: str
    signed_at: datetime | None = None


OFFICE, FIELD = Head("Ratna", "/1/4/"), Head("Joko", "/1/4/9/")


def test_the_nearest_head_is_waited_for_and_named_with_the_day():
    found = waiting_for("/1/4/9/", [OFFICE, FIELD], UNTIL)
    assert found.heads == ("Joko",)
    assert found.sentence == "Dibuka setelah Joko menandatangani, atau 10 Desember 2026."
    assert waiting_for("/1/4/8/", [OFFICE, FIELD], UNTIL).heads == ("Ratna",)


def test_one_signature_opens_the_unit_and_another_units_does_not():
    deputy = Head("Sri", "/1/4/9/", SIGNED)
    assert waiting_for("/1/4/9/", [OFFICE, FIELD, deputy], UNTIL) is None
    assert waiting_for("/1/4/9/", [Head("Ratna", "/1/4/", SIGNED), FIELD], UNTIL) is not None
    assert waiting_for("/1/4/", [Head("Joko", "/1/4/9/", SIGNED), OFFICE], UNTIL) is not None


def test_where_nobody_leads_nobody_is_waited_for():
    assert waiting_for("/1/5/", [OFFICE, FIELD], UNTIL) is None
