"""A document issued anew with what the roster says now: who she is, and if wanted where. Pure."""

from dataclasses import replace

from app.printing.facts import Facts, Holder

#: What a document says of its holder, with its label. The first three say who she is.
WHO = {"name": "Nama dan gelar", "number": "NIP / NI PPPK", "number_label": "Sebutan nomornya"}
WHERE = {"position": "Jabatan", "rank": "Pangkat/golongan", "unit": "Unit kerja"}


def differences(facts: Facts, present: Holder) -> list[tuple[str, str, str]]:
    """(label, on the document, on the roster), where the two differ."""
    said = facts.holder
    return [
        (label, getattr(said, name), getattr(present, name))
        for name, label in (WHO | WHERE).items()
        if getattr(said, name) != getattr(present, name)
    ]


def mended(facts: Facts, present: Holder, *, with_post: bool) -> Facts:
    """The same facts about her as the roster has her; her post as well only where that is wanted,
    since a document states the post of its own day."""
    names = (WHO | WHERE) if with_post else WHO
    return replace(
        facts, holder=replace(facts.holder, **{name: getattr(present, name) for name in names})
    )
