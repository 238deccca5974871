"""What the address of a report asks for: which course, and as of which day."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import request

from app import catalog
from app.accounts.access import current_person
from app.agencies.membership import NOW, Membership, NoSuchDay, on
from app.catalog.model import Course
from app.catalog.terms import PersonStatus
from app.core.dates import local_time, long_date
from app.core.errors import NotFound
from app.reports.queries import Subject


def asked_when() -> Membership:
    """Now, or the end of the day in ?per=2026-10-31. Raises NoSuchDay."""
    text = request.args.get("per", "").strip()
    if not text:
        return NOW
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NoSuchDay from error
    return on(day, current_person().agency)


def asked_subject() -> Subject:
    """The course that is asked for, or the first for PNS. Where it is for ASN and for others, only
    ASN count unless ?cakupan=semua."""
    courses = catalog.current().courses
    slug = request.args.get("kursus") or _first(courses.values())
    if slug not in courses:
        raise NotFound
    course = courses[slug]
    audience = frozenset(course.audience)
    everybody = request.args.get("cakupan") == "semua"
    has_asn = any(status.is_asn for status in audience)
    return Subject(course.slug, course.edition, course.title, has_asn and not everybody, audience)


def _first(courses: Iterable[Course]) -> str:
    return next(course.slug for course in courses if PersonStatus.PNS in course.audience)


def said_when(when: Membership, now: datetime, zone: str) -> str:
    """`per 31 Oktober 2026`, or the present moment: `22 November 2026 16.05 WIB`."""
    return f"per {long_date(when.day)}" if when.day is not None else local_time(now, zone)
