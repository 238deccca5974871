"""Cases that go out to a file of another program and come back as content."""

import shutil
from dataclasses import replace

from app.catalog.terms import Status
from app.config import PROJECT
from app.reading import tree
from app.reading.build import build
from app.workshop.exchange import gift, gift_writer, intake, moodle_xml, outgoing
from app.workshop.exchange.questions import Format

CONTENT = PROJECT / "content"
WRITERS = {
    Format.GIFT: lambda questions: gift_writer.write(questions).encode(),
    Format.MOODLE_XML: moodle_xml.write,
}
READERS = {Format.GIFT: gift.read, Format.MOODLE_XML: moodle_xml.read}
#: What a reviewer gives, and a bank that comes from elsewhere never has.
NOT_CARRIED = {"status": Status.DRAFT, "reviewer": None, "reviewed_on": None}


def come_back(catalog, format, folder, law, topics=(), site=""):
    """Out, in, onto disk, and read again as content, unchecked."""
    found = outgoing.export(catalog, topics, site=site)
    taken = intake.prepare(intake.read(WRITERS[format](found.questions)), folder, law, site=site)
    assert taken.troubles == ()
    assert taken.skipped == ()
    assert taken.notes == ()
    intake.write(taken.drafts, folder)
    shutil.copytree(law / "regulations", folder / "regulations")
    if law != CONTENT:
        shutil.copytree(law / "guides", folder / "guides")
    return build(tree.read(folder))


def without_lines(scenario):
    """A dilemma's steps know the line on which they stood; that is of the file, not of the case."""
    if scenario.dilemma is None:
        return scenario
    steps = tuple(replace(step, line=0) for step in scenario.dilemma.steps)
    return replace(scenario, dilemma=replace(scenario.dilemma, steps=steps))
