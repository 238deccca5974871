"""An assignment in words, for desks."""

from app.agencies.positions import LABELS
from app.assignments.models import Assignment
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus


def whom(assignment: Assignment) -> str:
    """Whom it means: `Dinas Kesehatan · hanya pimpinan · PNS, PPPK`."""
    audience = assignment.audience
    parts = [assignment.unit.name]
    if audience.leaders_only:
        parts.append("hanya pimpinan")
    parts += [text for level, text in LABELS.items() if level in audience.levels]
    if audience.words:
        parts.append(f"jabatan memuat “{'” atau “'.join(audience.words)}”")
    parts.append(", ".join(PERSON_STATUSES[s] for s in PersonStatus if s in audience.statuses))
    return " · ".join(parts)
