import pytest

from app.accounts import activation


@pytest.fixture
def slip(db, cast):
    """What Sari was handed on paper: her number and a code."""
    (code,) = activation.issue_codes([cast.sari], cast.rina)
    slip = {"number": cast.sari.number, "code": activation.code_text(code)}
    db.commit()
    return slip
