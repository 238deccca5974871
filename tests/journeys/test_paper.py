"""What comes out of the printer: slips that scissors can follow."""

import subprocess

import pytest
import sqlalchemy as sa

from app.agencies import operations
from app.agencies.models import Unit
from app.agencies.operations import Details
from app.catalog.terms import PersonStatus
from app.core.db import db as database
from tests.databases import DATABASES
from tests.journeys.conftest import DESK
from tests.journeys.people import Admin

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]

RINA = "198503032009022003"
LONG = "Siti Nurhalimah Kusumawardhani Hadiningrat Simanjuntak-Manangkalangi"


@pytest.fixture
def rina(town, open_browser):
    """At her desk, with Sari and ten more people without an account."""
    with town.app.app_context():
        clinic = database.session.scalar(sa.select(Unit).filter_by(code="10.1"))
        for number in range(10):
            name = LONG if number == 3 else f"Warga {number + 1}"
            operations.add_person(clinic, None, Details(name, PersonStatus.NON_ASN), None)
        database.session.commit()
    admin = Admin(town, open_browser(base_url=town.url, **DESK), RINA)
    admin.is_let_in_by_operator()
    return admin


def test_eight_slips_fill_a_sheet_and_nothing_else_is_printed(rina, tmp_path):
    rina.hands_out_code("Sari Wulandari")
    rina.reads("11 slip.")
    paper = tmp_path / "slip.pdf"
    rina.page.pdf(path=paper, format="A4", prefer_css_page_size=True)

    said = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True)
    sheets = said.stdout.strip("\f").split("\f")
    assert [sheet.count("Berlaku sampai") for sheet in sheets] == [8, 3]
    for word in ("kode terbit", "Pengumuman", "Salin", "Menu", "Bantuan"):
        assert word not in said.stdout
