"""What walks the whole bank: seconds each, so `make quick` leaves it to `make test`. (The content
check, which quick runs, holds every text against the stale rules too, as editors wrote it.)"""

from dataclasses import replace

import pytest

from app.config import PROJECT
from app.stale.batches import stale_claims_of_each
from app.workshop.exchange import outgoing
from app.workshop.exchange.questions import Format
from tests.round_trip import CONTENT, NOT_CARRIED, come_back, without_lines
from tests.stale import our_rules

#: Folders whose business it is to name what no longer holds.
HOLDS_OLD_LAW = ("regulations", "stale")


@pytest.mark.parametrize("format", Format)
def test_every_exported_case_comes_back_as_it_went(catalog, format, tmp_path):
    back = come_back(catalog, format, tmp_path, CONTENT)
    went = {q.idnumber.partition("@")[0] for q in outgoing.export(catalog).questions}
    assert set(back.scenarios) == went
    for id in went:
        expected = replace(without_lines(catalog.scenario(id)), **NOT_CARRIED)
        if expected.twin not in went:  # a crime, which no exported answer fits
            expected = replace(expected, twin=None)
        assert without_lines(back.scenario(id)) == expected


def test_our_own_content_says_nothing_stale():
    """False positives over everything that we teach, front matter included, are none."""
    paths = [
        path
        for path in sorted((PROJECT / "content").rglob("*"))
        if path.suffix in {".md", ".yaml"} and path.parent.name not in HOLDS_OLD_LAW
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    found = stale_claims_of_each(texts, our_rules())
    assert [f"{paths[at]}:{claim.line}: {claim.found}" for at, claim in found] == []
