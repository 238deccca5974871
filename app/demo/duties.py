"""What the demo region is asked to do: everybody the core, leaders theirs, one office one more."""

from dataclasses import replace
from datetime import timedelta

from app.assignments import operations
from app.assignments.audience import Audience
from app.assignments.models import ExemptionKind
from app.assignments.operations import Excuse, Wish
from app.catalog.model import Catalog, Course
from app.core import clock
from app.demo.region import DemoRegion

COURSES = ("netralitas-inti", "pimpinan", "medsos-foto")
ZONE = "Asia/Jakarta"


def assign(region: DemoRegion, catalog: Catalog) -> None:
    """Three assignments, wherever in the year the demo is loaded, and somebody who need not."""
    dewi, rina = region.cast["dewi"], region.cast["rina"]
    root, health = region.units["00"], region.units["10"]
    core, leaders, photos = (catalog.courses[slug] for slug in COURSES)
    wish = _wish(core, "Sekretaris Daerah", 19)
    first = replace(wish, leaders_until=wish.opens_on + timedelta(days=10), renew_months=12)
    operations.assign(core, root, first, dewi)
    wish = _wish(leaders, "Sekretaris Daerah", 33)
    only = replace(wish, audience=replace(wish.audience, leaders_only=True))
    operations.assign(leaders, root, only, dewi)
    operations.assign(photos, health, _wish(photos, "Kepala Dinas Kesehatan", 5), rina)
    study = Excuse(ExemptionKind.STUDY, wish.opens_on, note="SK tugas belajar")
    operations.exempt(region.people[-1], study, dewi)


def _wish(course: Course, asked_by: str, days: int) -> Wish:
    """All ASN whom a course is for; opened twenty days ago, due in so many."""
    today = clock.today(ZONE)
    audience = Audience(frozenset(status for status in course.audience if status.is_asn))
    opened = today - timedelta(days=20)
    return Wish(audience, opened, today + timedelta(days=days), asked_by)
