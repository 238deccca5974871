"""What is taught: regulations, scenarios, courses, pledges and guides, read once and frozen.

Owns the format of `content/`, its checker, and the pages that show law to anybody. Refuses to know
people: who reads, answers or signs is the business of the floors above. It has no tables.
"""

from app.catalog.loader import load, report
from app.catalog.mistakes import ContentErrors, Mistake
from app.catalog.model import Catalog
from app.catalog.web import current, finder, install, keep, today

__all__ = [
    "Catalog",
    "ContentErrors",
    "Mistake",
    "current",
    "finder",
    "install",
    "keep",
    "load",
    "report",
    "today",
]
