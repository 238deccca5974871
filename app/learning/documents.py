"""What a pledge and a certificate will state, from a finished enrolment. Pure: no database.

The same facts are shown for confirmation before signing and frozen at signing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.agencies import nip
from app.agencies.letterhead import signing_position
from app.agencies.models import Agency, Person, Unit
from app.catalog.model import Catalog, Course
from app.core.dates import local
from app.learning.models import Enrolment
from app.printing.facts import CertificateFacts, Holder, Issuer, Lesson, Official, PledgeFacts


@dataclass(frozen=True, slots=True)
class Evidence:
    """How presence was proved at signing. `network` is an address or its prefix."""

    proved_at: datetime
    device: str
    network: str
    #: Who issued the code with which the password was made, if that was within a day; and when.
    code_from: str = ""
    code_used_at: datetime | None = None


def holder_of(person: Person) -> Holder:
    """The person as printed."""
    return Holder(
        name=person.full_name,
        number=person.number,
        number_label=nip.label(person.number, person.status),
        position=person.position,
        unit=unit_as_printed(person.unit),
        agency=person.agency.name,
        rank=person.rank,
    )


def unit_as_printed(unit: Unit) -> str:
    """`Puskesmas Melati, Dinas Kesehatan`: a small unit alone says too little to a stranger."""
    above: Unit | None = unit
    while above is not None and not above.is_reporting:
        above = above.parent
    return unit.name if above is None or above is unit else f"{unit.name}, {above.name}"


def issuer_of(agency: Agency) -> Issuer:
    return Issuer(
        agency=agency.name,
        office=agency.office_name,
        office_short=agency.office_short,
        city=agency.city,
        address=agency.address,
        zone=agency.zone,
    )


def official_of(agency: Agency) -> Official:
    """In whose name it issues."""
    return Official(agency.official_name, agency.official_number, signing_position(agency))


def pledge_facts(
    enrolment: Enrolment, catalog: Catalog, course: Course, evidence: Evidence
) -> PledgeFacts:
    """The text word for word, and how agreement was given."""
    person, pledge = enrolment.person, catalog.pledge(course.pledge_edition)
    assert enrolment.signed_at is not None, "the moment of signing is one of the facts"
    return PledgeFacts(
        holder=holder_of(person),
        issuer=issuer_of(person.agency),
        title=pledge.title,
        edition=pledge.edition,
        opening=pledge.opening,
        points=pledge.points,
        closing=pledge.closing,
        consent=pledge.consent,
        signed_at=enrolment.signed_at,
        proved_at=evidence.proved_at,
        device=evidence.device,
        network=evidence.network,
        code_from=evidence.code_from,
        code_used_at=evidence.code_used_at,
        rests_on=instruments(catalog, (cite.regulation_id for cite in pledge.cites)),
    )


def certificate_facts(enrolment: Enrolment, catalog: Catalog, course: Course) -> CertificateFacts:
    """What was learned, from the first day to the day of the pass."""
    person, agency = enrolment.person, enrolment.person.agency
    assert enrolment.passed_at is not None, "a certificate states a pass"
    return CertificateFacts(
        holder=holder_of(person),
        issuer=issuer_of(agency),
        official=official_of(agency),
        course=course.title,
        edition=course.edition,
        started_on=local(enrolment.started_at, agency.zone).date(),
        finished_on=local(enrolment.passed_at, agency.zone).date(),
        jp=course.jp,
        lessons=curriculum(course),
        score_percent=enrolment.score_percent,
        diklat_kind=course.diklat_kind,
        rests_on=instruments(catalog, course.rests_on),
    )


def curriculum(course: Course) -> tuple[Lesson, ...]:
    """Page 2 of the certificate: lessons, practice and quiz add up to the minutes of the course."""
    lessons = (Lesson(lesson.title, lesson.minutes) for lesson in course.lessons)
    practice = Lesson("Latihan kasus", course.timing.practice)
    return (*lessons, practice, Lesson("Kuis akhir", course.timing.quiz))


def instruments(catalog: Catalog, ids: Iterable[str]) -> tuple[str, ...]:
    """Short titles, each once, in the order given."""
    return tuple(dict.fromkeys(catalog.regulation(id).short for id in ids))
