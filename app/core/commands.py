"""What every command at a terminal needs: the sentence of a broken rule, and files never lost."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.db import db
from app.core.errors import DomainError


class Rooms(AppGroup):
    """The commands of every room by name, each loaded from its place (`module:name`) when called.

    What editors need, or who reads spreadsheets, would cost a start more than its content.
    """

    def __init__(self, name: str, places: Mapping[str, str]) -> None:
        super().__init__(name)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self._places.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


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
