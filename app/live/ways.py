"""How far somebody is on the way to the pledge that a host invites her to sign."""

from dataclasses import dataclass

from app.agencies.models import Person
from app.catalog.model import Catalog, Course
from app.learning import queries as learning
from app.learning.progress import Progress


@dataclass(frozen=True, slots=True)
class Way:
    """A course of somebody's, and how far she has come in it."""

    course: Course
    progress: Progress

    @property
    def is_to_sign(self) -> bool:
        return self.progress.has_passed and not self.progress.has_signed

    @property
    def missing(self) -> str:
        """The one step before the pledge."""
        if not self.progress.has_started:
            return "Kursusnya belum Anda mulai."
        if not self.progress.has_learned:
            done, total = self.progress.lessons_done, self.progress.lessons_total
            return f"Baru {done} dari {total} pelajaran yang selesai."
        return "Pelajarannya sudah selesai; kuis akhirnya belum lulus."


def ways_of(person: Person, catalog: Catalog, slug: str | None) -> list[Way]:
    """The courses that lead to a pledge of hers: the one that the session is about, where there is
    one; else those that she can sign now, or has begun; else the first that is meant for her."""
    courses = learning.courses_for(person, catalog.courses.values())
    about = [one for one in courses if one.slug == slug]
    ways = [Way(one, learning.progress_of(person, one)) for one in about or courses]
    ready = [way for way in ways if way.is_to_sign]
    begun = [way for way in ways if way.progress.has_started]
    return ready or begun or ways[:1]
