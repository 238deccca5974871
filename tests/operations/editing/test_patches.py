"""Phrasings as a patch that git and patch take, and that says what it cannot carry."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import PROJECT
from app.editing.models import Addition
from app.editing.patching import CHANGED, GONE, KNOWN, UNFIT, patch, with_phrasings
from app.reading import tree
from app.reading.build import build

FLOW, BLOCK = "suka-unggahan-akun-pemenangan", "foto-tanpa-gaya-lalu-diunggah"
PHRASINGS = [
    "lari pagi bareng calon boleh ga",
    "boleh ga: like, komen & share?",
    "<b>tebal</b> 'kutip' \"dua\" #pagar @",
    "👍 emoji, koma",
    "null",
    "12 tahun lagi",
    "- strip di depan",
    "garis \\ miring {kurung} [siku]",
    "ekor titik dua:",
]


@pytest.fixture
def content(tmp_path):
    """A folder of one's own, as an editor has it."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    found = folder.rglob("*.md")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def applied(folder: Path, diff: str, *command: str) -> None:
    file = folder / "cara-bertanya.patch"
    file.write_bytes(diff.encode())
    with file.open() as stdin:
        done = subprocess.run(command, cwd=folder, stdin=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout


def test_several_phrasings_of_two_cases_are_one_patch(tmp_path, catalog):
    wanted = [Addition(id, text) for id in (FLOW, BLOCK) for text in PHRASINGS]
    made = patch(PROJECT / "content", catalog, wanted)
    assert (made.phrasings, made.refused) == (2 * len(PHRASINGS), ())
    for command in (("git", "apply", "--whitespace=error-all", "-"), ("patch", "-p1")):
        mine = tmp_path / command[0]
        shutil.copytree(PROJECT / "content", mine / "content")
        applied(mine, made.diff, *command)
    assert files_of(tmp_path / "git") == files_of(tmp_path / "patch")
    changed = build(tree.read(tmp_path / "git" / "content"))
    for id in (FLOW, BLOCK):
        before, after = catalog.scenarios[id], changed.scenarios[id]
        assert after.asked_like == (*before.asked_like, *sorted(PHRASINGS))
        assert replace(after, asked_like=before.asked_like) == before


def test_a_patch_changes_no_line_that_it_need_not(catalog):
    made = patch(PROJECT / "content", catalog, [Addition(BLOCK, "lari pagi bareng calon")])
    changed = [line for line in made.diff.splitlines()[4:] if line[0] in "+-"]
    assert changed == ["+  - lari pagi bareng calon"]


def test_a_patch_names_the_files_that_it_was_made_for(catalog):
    """As git names them, so that `git apply --3way` finds its way."""
    made = patch(PROJECT / "content", catalog, [Addition(FLOW, "lari pagi bareng calon")])
    path = f"content/scenarios/media-sosial/{FLOW}.md"
    blob = subprocess.run(
        ["git", "hash-object", "--no-filters", PROJECT / path], capture_output=True, text=True
    ).stdout.strip()
    assert made.diff.startswith(f"diff --git a/{path} b/{path}\nindex {blob}..")


def test_a_case_that_is_gone_is_said_and_the_rest_goes_on(catalog):
    wanted = [Addition("tidak-ada", "lari pagi"), Addition(FLOW, "lari pagi bareng calon")]
    made = patch(PROJECT / "content", catalog, wanted)
    assert made.phrasings == 1
    assert made.refused == ((wanted[0], GONE),)


def test_a_file_that_is_not_what_runs_is_said(content, catalog):
    path = content / "content" / "scenarios" / "media-sosial" / f"{FLOW}.md"
    old = path.read_text(encoding="utf-8")
    one = Addition(FLOW, "lari pagi bareng calon")
    for new in (with_phrasings(old, ["sudah ditambah orang"]), "rusak", old.replace("---", "", 1)):
        path.write_text(new, encoding="utf-8")
        made = patch(content / "content", catalog, [one])
        assert (made.diff, made.refused) == ("", ((one, CHANGED),))
    path.unlink()
    assert patch(content / "content", catalog, [one]).refused == ((one, CHANGED),)


def test_a_phrasing_that_is_known_or_comes_twice_is_carried_once(catalog):
    known = Addition(FLOW, catalog.scenarios[FLOW].asked_like[0])
    new = Addition(FLOW, "lari pagi bareng calon")
    made = patch(PROJECT / "content", catalog, [known, new, new])
    assert made.phrasings == 1
    assert set(made.refused) == {(known, KNOWN), (new, KNOWN)}


def test_what_would_not_come_back_as_meant_is_refused(content, catalog):
    """The checker reads two blanks as one."""
    bad = Addition(FLOW, "boleh  tidak")
    assert patch(PROJECT / "content", catalog, [bad]).refused == ((bad, UNFIT),)


def test_the_fingerprint_follows_the_content(content, catalog):
    first = patch(content / "content", catalog, []).fingerprint
    assert first == patch(PROJECT / "content", catalog, []).fingerprint
    (content / "content" / "catatan.txt").write_text("baru")
    assert patch(content / "content", catalog, []).fingerprint != first


HEAD = "---\nid: a\nasked_like: {}\nauthor: x\n---\nCerita."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a b]", "[a b, c d]"),
        ("[a b,]", "[a b, c d]"),
        ("[a b\n  ]", "[a b, c d]"),
        ("\n  - a b", "\n  - a b\n  - c d"),
        ("\n- a b  # kata", "\n- a b  # kata\n- c d"),
        (f"[{'a' * 95}]", f"[{'a' * 95},\n  c d]"),
    ],
)
def test_a_list_grows_in_the_way_that_it_is_written(before, after):
    assert with_phrasings(HEAD.format(before), ["c d"]) == HEAD.format(after)


def test_lines_of_windows_stay_so():
    text = HEAD.format("\n  - a b").replace("\n", "\r\n")
    wanted = HEAD.format("\n  - a b\n  - c d").replace("\n", "\r\n")
    assert with_phrasings(text, ["c d"]) == wanted
