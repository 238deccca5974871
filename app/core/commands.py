"""What every command at a terminal needs: the sentence of a broken rule, and files never lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.core.db import db
from app.core.errors import DomainError


@contextmanager
def sentences() -> Iterator[None]:
    """Turn a DomainError into the one sentence that the operator reads; undo what was begun."""
    try:
        yield
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(error.message) from error


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet: never over another. Raises ClickException."""
    try:
        with file.open("xb") as target:
            target.write(content)
    except FileExistsError:
        raise click.ClickException(f"{file} sudah ada dan tidak ditimpa.") from None
    except OSError as error:
        raise click.ClickException(f"{file} tidak dapat ditulis: {error.strerror}.") from error
