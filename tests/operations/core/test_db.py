"""The database referees races, and only races."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import at_most_one
from app.credentials.models import CredentialFile
from app.credentials.operations import AlreadySealed


def file_of(credential_id: int) -> CredentialFile:
    return CredentialFile(
        credential_id=credential_id,
        content=b"",
        sha256="0" * 64,
        size=0,
        seal_serial="1",
        sealed_at=clock.now(),
    )


def test_another_broken_constraint_is_no_lost_race(db):
    with pytest.raises(IntegrityError), at_most_one(AlreadySealed()):
        db.add(file_of(404))
