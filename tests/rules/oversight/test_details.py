"""What an entry says is said in words, all of it."""

import ast
from pathlib import Path

from app.audit.refusals import Refused
from app.config import PROJECT
from app.oversight.details import LABELS, WORDS, Names, said

RECORDERS = {"record", "saw", "saw_list", "_deed"}
#: Arguments of those functions that are no part of the entry.
NOT_SAID = {"actor"}


def keys_recorded() -> set[str]:
    """Every name under which a call anywhere in the program puts something into an entry; what is
    handed over as a mapping is named here."""
    found = {"code_issued_by"}
    for path in (PROJECT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in RECORDERS:
                    found |= {one.arg for one in node.keywords if one.arg}
    return found - NOT_SAID


def test_everything_that_is_recorded_has_a_label():
    assert keys_recorded() >= {"reason", "unit_id", "network"}, "control: the walk finds some"
    assert keys_recorded() - LABELS.keys() == set()
    assert set(WORDS) == {what.value for what in Refused}


def test_units_and_accounts_have_names_where_the_reader_may_know_them():
    names = Names(units={4: "Puskesmas Melati"}, accounts={7: "Sari Wulandari"})
    data = {"from_unit": 4, "to_unit": 5, "accounts": {"7": 12, "8": 1}}
    assert said(data, names) == [
        ("Dari unit", "Puskesmas Melati"),
        ("Ke unit", "unit 5"),
        ("Akun yang dicoba", "Sari Wulandari 12; 1 akun lain"),
    ]


def test_a_change_says_from_what_to_what():
    data = {"changed": {"name": ["Sari", "Sari W."], "rank": ["", "III/b"]}, "is_reset": True}
    assert said(data, Names()) == [
        ("Diperbarui", "Nama: Sari → Sari W.; Pangkat: – → III/b"),
        ("Untuk kata sandi baru", "ya"),
    ]


def test_a_password_made_with_somebodys_code_names_her():
    names = Names(people={3: "Rina Marlina"})
    assert said({"code_issued_by": 3}, names) == [("Kata sandi dari kode", "Rina Marlina")]
    assert said({"code_issued_by": None}, names) == [("Kata sandi dari kode", "Pengelola server")]


def test_refusals_are_counted_in_words():
    assert said({"counts": {"form": 3, "brake": 2}}, Names()) == [
        ("Jumlah penolakan", "formulir tanpa token 3; diminta menunggu 2")
    ]
