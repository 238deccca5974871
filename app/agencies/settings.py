"""What an agency says about itself: names, letterhead, who signs, how it revokes."""

from app.agencies.models import Agency, Person
from app.audit import trail
from app.audit.actions import Action
from app.core.db import db, hold

#: What the HR office may change; code, kind and zone stay.
CHANGEABLE = (
    "name", "office_name", "office_short", "city", "address", "contact", "official_name",
    "official_number", "official_position", "official_prefix", "official_rank", "two_to_revoke",
)  # fmt: skip


def change_agency(agency: Agency, values: dict[str, str | bool], by: Person | None) -> bool:
    """Take over new values. False when there is nothing new. What was issued stays as it was."""
    hold(agency)
    changed = {
        name: [getattr(agency, name), values[name]]
        for name in CHANGEABLE
        if getattr(agency, name) != values[name]
    }
    for name, (_, value) in changed.items():
        setattr(agency, name, value)
    db.session.flush()
    if changed:
        trail.record(Action.AGENCY_CHANGED, agency, actor=by, changed=changed)
    return bool(changed)
