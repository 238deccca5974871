"""The pages of the desk, gathered on one blueprint."""

from app.admin import calendars, codes, people, roles, rosters
from app.admin.desk import bp

__all__ = ["bp", "calendars", "codes", "people", "roles", "rosters"]
