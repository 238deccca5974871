"""What the owner of an account is told about it: at each sign-in for a week, and for good at /akun.

Nothing marks it as read: whoever used a code that was not meant for her could do that.
"""

from datetime import UTC, datetime, timedelta

from app.accounts import queries
from app.accounts.models import Account
from app.core import clock
from app.core.dates import local_time

#: How long each sign-in tells of it.
TOLD_FOR = timedelta(days=7)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def notices_for(account: Account) -> list[str]:
    """For whoever enters: what others have done to this account within a week."""
    return [
        f"{said} Bila itu bukan atas permintaan Anda, segera ganti kata sandi dan laporkan kepada "
        f"{account.person.agency.office_short}."
        for said in _said(account, clock.now() - TOLD_FOR)
    ]


def history_of(account: Account) -> list[str]:
    """The same, however long ago."""
    return _said(account, EVER)


def _said(account: Account, since: datetime) -> list[str]:
    """Every sign-in asks, and mostly there is nothing: then the fewest questions are asked."""
    person, said = account.person, []
    if (reset := queries.reset_on(account, since)) is not None:
        when = local_time(reset.used_at, person.agency.zone)
        said.append(f"Kata sandi Anda dibuat ulang {when} dengan kode dari {reset.by}.")
    factor = queries.factor_of(account)
    if factor is not None and factor.reset_at is not None and factor.reset_at >= since:
        when = local_time(factor.reset_at, person.agency.zone)
        by = factor.reset_by.full_name if factor.reset_by else queries.OPERATOR
        said.append(f"Verifikasi dua langkah Anda dilepas {when} oleh {by}.")
    return said
