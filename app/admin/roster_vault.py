"""Where a file of people lies until it is decided about: in its row, sealed, so that neither the
file of the database nor a copy of it shows what such a list holds, also after it is gone."""

from app.accounts import sealed
from app.agencies.models import Agency, Person
from app.rosters import uploading
from app.rosters.models import RosterUpload

PURPOSE = "roster-upload"


def receive(agency: Agency, by: Person, name: str, content: bytes) -> RosterUpload:
    """Take a file in. Raises UnreadableFile for what is plainly no list."""
    return uploading.receive(agency, by, name, content, _sealed)


def bytes_of(upload: RosterUpload) -> bytes:
    """What was brought. Raises uploading.Over once it is gone."""
    if upload.content is None:
        raise uploading.Over
    return sealed.opened(PURPOSE, upload.sha256, upload.content.decode())


def _sealed(content: bytes, sha256: str) -> bytes:
    return sealed.seal(PURPOSE, sha256, content).encode()
