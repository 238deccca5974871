"""What is taught, frozen: terms and their labels, law, cases, courses, pledges and guides.

Owns what everybody may know of what is taught. Refuses to know files, people, pages and databases:
how content is read, who reads it and how it is shown are the business of the floors above.
"""

from app.catalog.model import Catalog
from app.catalog.web import BrokenContent, current, keep, made_once

__all__ = ["BrokenContent", "Catalog", "current", "keep", "made_once"]
