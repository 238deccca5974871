"""A small invented case bank, for rules that need cases but no content folder.

Every explanation carries a canary: a word that must not reach a browser before its answer is
locked.
"""

from datetime import date

from app.catalog.cases import Ruling, Scenario
from app.catalog.courses import AtLeast, Blueprint, Course, Draw, InlineCase, Lesson, Prose, Timing
from app.catalog.law import Citation
from app.catalog.model import Case, Catalog
from app.catalog.terms import (
    Confidence,
    Footing,
    PersonStatus,
    Phase,
    Pressure,
    Status,
    Topic,
    Verdict,
    Violation,
)

ALLOWED = (Verdict.ALLOWED, Violation.NONE)
DEPENDS = (Verdict.DEPENDS, Violation.NONE)
ETHICS = (Verdict.FORBIDDEN, Violation.ETHICS)
SEVERE = (Verdict.FORBIDDEN, Violation.SEVERE)
TOPICS = (Topic.SOCIAL_MEDIA, Topic.PHOTOS, Topic.FAMILY)


def scenario(id: str, topic: Topic = Topic.SOCIAL_MEDIA, **by_phase) -> Scenario:
    """`scenario("a", before=ETHICS, after=SEVERE)`, or `always=ALLOWED`."""
    phases = {"before": Phase.BEFORE, "after": Phase.AFTER, "always": Phase.ALWAYS}
    given = by_phase or {"before": ETHICS, "after": SEVERE}
    return Scenario(
        id=id,
        topic=topic,
        question=f"Bolehkah {id}?",
        applies_to=(PersonStatus.PNS,),
        rulings=tuple(
            Ruling(phases[name], *ruling, (_citation(id, name),)) for name, ruling in given.items()
        ),
        pressure=Pressure.HABIT,
        difficulty=1,
        confidence=Footing.A,
        asked_like=(f"boleh {id}",),
        situation_html=f"<p>Situasi {id}.</p>",
        reason_html=f"<p>KENARI-ALASAN {id}.</p>",
        safe_act_html=f"<p>KENARI-SEBAIKNYA {id}.</p>",
        author="Tim",
        reviewer="Tim",
        reviewed_on=date(2026, 11, 1),
        status=Status.PUBLISHED,
    )


def catalog_of(*scenarios: Scenario) -> Catalog:
    """A bank of these cases, and of nothing else."""
    return Catalog({}, {one.id: one for one in scenarios}, {}, {}, {})


def bank(size: int = 30) -> list[Scenario]:
    """Scenarios over three topics; every third is allowed, every sixth depends."""
    return [
        scenario(
            f"kasus-{number:02d}",
            TOPICS[number // 3 % len(TOPICS)],
            **_rulings(number),
        )
        for number in range(size)
    ]


def _rulings(number: int) -> dict:
    if number % 6 == 0:
        return {"always": DEPENDS}
    return {"always": ALLOWED} if number % 3 == 0 else {"before": ETHICS, "after": SEVERE}


def cases_of(*scenarios: Scenario) -> list[Case]:
    return [Case(scenario, ruling) for scenario in scenarios for ruling in scenario.rulings]


def course(draws: tuple[Draw, ...] | None = None, at_least: int = 0, **changes) -> Course:
    """One lesson, and a quiz of the given lines (by default two a topic)."""
    draws = draws or tuple(Draw((topic,), 2) for topic in TOPICS)
    floor = (AtLeast((Verdict.ALLOWED, Verdict.DEPENDS), at_least),) if at_least else ()
    values = {
        "slug": "kursus-uji",
        "title": "Kursus uji",
        "summary": "Kursus kecil.",
        "edition": "2026.1",
        "jp": 1,
        "minutes": 45,
        "timing": Timing(lessons=6, practice=20, quiz=19),
        "audience": (PersonStatus.PNS,),
        "lessons": (
            Lesson(
                slug="satu",
                number=1,
                title="Pelajaran satu",
                minutes=6,
                summary="Singkat.",
                cites=(),
                blocks=(Prose("<p>Isi.</p>"), InlineCase("kasus-00", Phase.ALWAYS)),
            ),
        ),
        "blueprint": Blueprint(sum(line.count for line in draws), draws, floor),
        "passing_percent": 80,
        "max_attempts": 3,
        "cool_down_minutes": 60,
        "pledge_edition": "uji-1",
        "valid_months": 12,
        "diklat_kind": "E-learning",
        "rests_on": (),
    }
    return Course(**{**values, **changes})


def _citation(id: str, name: str) -> Citation:
    return Citation(
        regulation_id="pp-1-2026",
        anchor=f"kenari-pasal-{id}-{name}",
        label=f"KENARI-PASAL {id}",
        text="Bunyi.",
        confidence=Confidence.A,
    )
