"""The pages of the desk, gathered on one blueprint."""

from app.admin import (
    agency,
    archives,
    assignments,
    calendars,
    codes,
    documents,
    people,
    roles,
    rosters,
    unit_deeds,
    units,
)
from app.admin.desk import bp

__all__ = [
    "agency",
    "archives",
    "assignments",
    "bp",
    "calendars",
    "codes",
    "documents",
    "people",
    "roles",
    "rosters",
    "unit_deeds",
    "units",
]
