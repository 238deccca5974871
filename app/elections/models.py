"""The elections that an instansi goes through."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency
from app.core.db import Base
from app.elections.calendars import Dates, Election


class ElectionCalendar(Base):
    """The dates of one election. Several may run at once: a pilkada here, a pilkades there."""

    __tablename__ = "election_calendars"
    __table_args__ = (
        sa.UniqueConstraint("agency_id", "name"),
        sa.CheckConstraint("opens_on < candidates_fixed_on", "opens_before_fixing"),
        sa.CheckConstraint("candidates_fixed_on <= campaign_from", "fixed_before_campaign"),
        sa.CheckConstraint("campaign_from <= campaign_until", "campaign_has_days"),
        sa.CheckConstraint("campaign_until < voting_on", "voting_after_campaign"),
        sa.CheckConstraint("voting_on <= closes_on", "closes_after_voting"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"))
    election: Mapped[Election]
    name: Mapped[str] = mapped_column(sa.String(120))
    #: First day of the stages; empty when nobody said. A CHECK with NULL holds.
    opens_on: Mapped[date | None]
    #: Penetapan calon: from this day on, favouring is a matter of discipline.
    candidates_fixed_on: Mapped[date]
    campaign_from: Mapped[date]
    campaign_until: Mapped[date]
    voting_on: Mapped[date]
    #: The day on which the result is fixed: the last day of the election.
    closes_on: Mapped[date]

    agency: Mapped[Agency] = relationship()

    @property
    def dates(self) -> Dates:
        return Dates(**{name: getattr(self, name) for name in Dates.__dataclass_fields__})
