"""What the address of a report asks for: which course, and as of which day."""

from datetime import date, datetime

from flask import request

from app import catalog
from app.accounts.access import current_person
from app.agencies.membership import NOW, Membership, NoSuchDay, on
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.core.dates import local_time, long_date
from app.core.errors import NotFound
from app.reports.queries import Subject


def asked_when() -> Membership:
    """Now, or the end of the day in ?per=2026-10-31. Raises NoSuchDay."""
    text = request.values.get("per", "").strip()
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
    slug = request.values.get("kursus") or _first_slug() or ""
    return subject_of(slug, everybody=request.values.get("cakupan") == "semua")


def subject_of(slug: str, *, everybody: bool) -> Subject:
    """Raises NotFound for a course that there is not."""
    courses = catalog.current().courses
    if slug not in courses:
        raise NotFound
    course = courses[slug]
    audience = frozenset(course.audience)
    has_asn = any(status.is_asn for status in audience)
    return Subject(course.slug, course.edition, course.title, has_asn and not everybody, audience)


def first_subject() -> Subject | None:
    """The first course that is for PNS; ASN alone where it is for ASN and for others. None where
    there is none."""
    slug = _first_slug()
    return subject_of(slug, everybody=False) if slug is not None else None


def _first_slug() -> str | None:
    courses = catalog.current().courses.values()
    return next((one.slug for one in courses if PersonStatus.PNS in one.audience), None)


def said_when(when: Membership, now: datetime, zone: str) -> str:
    """`per 31 Oktober 2026`, or the present moment: `22 November 2026 16.05 WIB`."""
    return f"per {long_date(when.day)}" if when.day is not None else local_time(now, zone)


def denominator(subject: Subject, when: Membership) -> str:
    """Who is counted, and what is divided by what."""
    who = ", ".join(PERSON_STATUSES[status] for status in subject.statuses)
    listed = "pada akhir hari itu, dengan unit, status, dan jabatannya waktu itu"
    return (
        f"Dihitung: semua yang aktif di daftar {listed if when.day else 'saat ini'} dan menjadi "
        f"sasaran kursus ({who}). Persen = sudah menandatangani pakta dan paktanya "
        f"{'waktu itu' if when.day else 'masih'} berlaku, dibagi jumlah. Setiap orang dihitung "
        f"sekali.{' Nama dan NIP seperti sekarang.' if when.day else ''}"
    )
