"""Which verdict holds today, and what changes on the day that candidates are fixed."""

from datetime import date

import pytest

from app.asking.exhibit import exhibit, people, summary
from app.asking.today import Today
from app.catalog.terms import PersonStatus, Phase
from app.elections.calendars import Dates, Election, now_of
from tests.bank import ALLOWED, DEPENDS, ETHICS, SEVERE, catalog_of, scenario

FIXED = date(2027, 1, 4)
DATES = Dates(
    candidates_fixed_on=FIXED,
    campaign_from=date(2027, 1, 10),
    campaign_until=date(2027, 3, 1),
    voting_on=date(2027, 3, 5),
    closes_on=date(2027, 4, 1),
)
BEFORE, ON, OVER = date(2026, 11, 24), FIXED, date(2027, 4, 2)


def on(day: date, *elections: Election) -> Today:
    found = [now_of(one.label, one, DATES, day) for one in elections or (Election.REGIONAL,)]
    return Today(tuple(now for now in found if now))


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (on(BEFORE), Phase.BEFORE),
        (on(ON), Phase.AFTER),
        (on(OVER), None),
        (Today(), None),
        (on(ON, Election.VILLAGE), None),
    ],
)
def test_the_phase_of_a_day(today, phase):
    assert today.phase is phase


def test_with_two_elections_at_once_the_stricter_comes_first():
    later = now_of("Pemilu", Election.GENERAL, DATES, BEFORE)
    fixed = now_of("Pilkada", Election.REGIONAL, DATES, ON)
    today = Today((later, fixed))
    assert today.phase is Phase.AFTER
    columns = today.columns(scenario("a").rulings)
    assert [(c.ruling.phase, c.elections) for c in columns] == [
        (Phase.AFTER, ("Pilkada",)),
        (Phase.BEFORE, ("Pemilu",)),
    ]


@pytest.mark.parametrize(("day", "first"), [(BEFORE, Phase.BEFORE), (ON, Phase.AFTER)])
def test_the_verdict_of_today_comes_first_and_the_other_beside_it(day, first):
    columns = on(day).columns(scenario("a").rulings)
    assert [column.is_today for column in columns] == [True, False]
    assert columns[0].ruling.phase is first


def test_without_a_calendar_both_stand_in_their_own_order():
    columns = Today().columns(scenario("a").rulings)
    assert [column.is_today for column in columns] == [False, False]
    assert [column.ruling.phase for column in columns] == [Phase.BEFORE, Phase.AFTER]


def test_what_changes_is_said_in_the_words_that_differ():
    (change,) = on(BEFORE).changes(scenario("a", before=ETHICS, after=SEVERE).rulings)
    assert (change.on, change.before, change.after) == (FIXED, "kode etik", "disiplin berat")
    (change,) = on(BEFORE).changes(scenario("a", before=DEPENDS, after=SEVERE).rulings)
    assert (change.before, change.after) == (
        "bergantung keadaan",
        "tidak boleh (disiplin berat)",
    )


@pytest.mark.parametrize(
    ("today", "rulings"),
    [
        (on(BEFORE), {"always": ALLOWED}),
        (on(BEFORE), {"before": DEPENDS, "after": DEPENDS}),
        (on(ON), {"before": ETHICS, "after": SEVERE}),
        (Today(), {"before": ETHICS, "after": SEVERE}),
    ],
)
def test_nothing_is_said_to_change_where_nothing_does(today, rulings):
    assert list(today.changes(scenario("a", **rulings).rulings)) == []


def test_an_exhibit_carries_the_words_that_a_preview_shows():
    shown = exhibit(scenario("a"), Today(), catalog_of())
    assert shown.summary == (
        "Sebelum penetapan calon: tidak boleh (kode etik). "
        "Sesudah penetapan calon: tidak boleh (disiplin berat)."
    )
    assert summary(scenario("a", always=ALLOWED).rulings) == "Boleh."


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ("pns cpns pppk pppk-paruh-waktu", "pegawai ASN"),
        ("pns cpns pppk", "PNS, CPNS dan PPPK"),
        ("kepala-desa perangkat-desa", "kepala desa dan perangkat desa"),
        ("non-asn", "non-ASN"),
        ("pppk-paruh-waktu pppk cpns pns bpd", "pegawai ASN dan anggota BPD"),
    ],
)
def test_people_are_named_shortly(statuses, words):
    assert people([PersonStatus(status) for status in statuses.split()]) == words
