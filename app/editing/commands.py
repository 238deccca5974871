"""`flask questions …`: what an operator does with the questions of strangers, which is little."""

import click
from flask.cli import AppGroup

from app.editing.tending import round_of_tending

questions_cli = AppGroup("questions", help="Pertanyaan yang dikirim orang lewat Bolehkah?.")


@questions_cli.command("prune")
def prune() -> None:
    """Hapus pertanyaan yang sudah 180 hari, dan yang sudah menjadi bagian isi."""
    old, installed = round_of_tending()
    click.echo(f"{old} pertanyaan lama dihapus; {installed} dihapus karena sudah ada dalam isi.")
