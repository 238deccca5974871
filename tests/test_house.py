"""The rules of the house that no single feature owns."""

import ast
import re
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app.config import PROJECT
from app.core.db import db as database

TEMPLATES = sorted((PROJECT / "app" / "templates").rglob("*.html"))
WEB_FILES = [
    path for path in (PROJECT / "app").rglob("*") if path.suffix in {".html", ".css", ".js", ".svg"}
]
#: What makes a browser fetch: a link that a person may follow is not a request.
FETCHES = re.compile(
    r"""(?:\bsrc(?:set)?|<link[^>]*\bhref|\baction|xlink:href|<use[^>]*\bhref)\s*=\s*["']\s*(?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import|\bimport\s*\(?\s*["']https?://|fetch\(\s*["']https?://""",
    re.IGNORECASE,
)


def differences(connection) -> list:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, database.metadata)


def test_migrations_match_the_models(app):
    with app.app_context(), database.engine.connect() as connection:
        assert differences(connection) == []


def test_the_comparison_would_notice_a_missing_column(app):
    """Control: a model with one column more than the schema is reported."""
    with app.app_context(), database.engine.connect() as connection:
        extra = sa.Column("not_migrated", sa.Integer)
        table = database.metadata.tables["agencies"]
        table.append_column(extra)
        try:
            assert differences(connection)
        finally:
            table._columns.remove(extra)


def test_migrations_go_down_and_up_again(built_app):
    with built_app.app_context():
        database.session.remove()
        downgrade(revision="base")
        tables = sa.inspect(database.engine).get_table_names()
        assert set(tables) <= {"alembic_version"}
        upgrade()
        with database.engine.connect() as connection:
            assert differences(connection) == []


def test_migrations_may_rebuild_a_table_that_others_point_at(built_app):
    """SQLite rebuilds a table by dropping it: foreign keys rest meanwhile, and only meanwhile."""
    with built_app.app_context():
        engine = database.engine
        if engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL alters tables in place")
        seen = set()

        def look(_connection, cursor, statement, *_):
            if "TABLE" in statement:
                seen.add(cursor.connection.execute("PRAGMA foreign_keys").fetchone()[0])

        sa.event.listen(engine, "before_cursor_execute", look)
        try:
            downgrade(revision="0005")
            upgrade()
        finally:
            sa.event.remove(engine, "before_cursor_execute", look)
        assert seen == {0}
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_migrations_import_nothing_of_ours():
    for path in (PROJECT / "migrations" / "versions").glob("*.py"):
        assert not re.search(r"^\s*(?:from|import) app\b", path.read_text(), re.MULTILINE), path


def test_every_migration_tells_the_operator_about_existing_rows():
    for path in (PROJECT / "migrations" / "versions").glob("*.py"):
        assert re.match(r'"""[^\n]+\n\n.+?"""', path.read_text(), re.DOTALL), path


@pytest.mark.parametrize("path", WEB_FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_file_asks_a_third_party(path: Path):
    assert not FETCHES.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://cdn.example/x.png">',
        "<link rel=stylesheet href='//fonts.example/a.css'>",
        "body { background: url(https://x.example/y.png) }",
        'import "https://x.example/m.js"',
    ],
)
def test_a_third_party_request_would_be_noticed(text):
    assert FETCHES.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_templates_have_no_inline_script_or_style(path: Path):
    """The content security policy would refuse them, and the page would break in silence."""
    if "printing" in path.parts:
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=", text)


def test_every_test_file_says_what_it_proves():
    for path in (PROJECT / "tests").rglob("test_*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path


def test_no_secret_is_in_the_repository():
    for path in PROJECT.rglob("*"):
        if (
            path.is_dir()
            or {".git", ".venv", "instance"} & set(path.parts)
            or path.suffix == ".pyc"
        ):
            continue
        assert b"PRIVATE KEY-----" not in path.read_bytes() or path == Path(__file__), path


def test_help_lists_every_target():
    makefile = (PROJECT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE).group(1).split()
    assert {t for t in targets if re.search(rf"^{t}:.*## ", makefile, re.MULTILINE)} == set(targets)


def test_readme_names_every_setting_and_command():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    config = (PROJECT / "app" / "config.py").read_text(encoding="utf-8")
    for name in re.findall(r"^    ([A-Z_]+): (?:str|int|Path)", config, re.MULTILINE):
        assert f"RAMBU_{name}" in readme, f"README does not explain RAMBU_{name}"


def calls_of(names: set[str], folder: Path) -> list[str]:
    """`file: name` of every call of a function with one of these names."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in names:
                    found.append(f"{path.relative_to(folder)}: {name}")
    return found


def test_nobody_leaves_or_returns_without_the_door_being_shut():
    """The roster knows no sessions, so only accounts may call it; the others call accounts."""
    found = calls_of({"deactivate", "reactivate"}, PROJECT / "app")
    assert found == [
        "accounts/operations.py: deactivate",
        "accounts/operations.py: reactivate",
    ]


#: Words that make a sentence English, and that no sentence in Bahasa Indonesia has.
_ENGLISH = """
    the of is are was not and with for must cannot be been what when where who which that this
    these from has have had by it its an or to into your you they them everybody nobody somebody
    default missing damaged already only every again write show print check make give take
"""
ENGLISH = frozenset(_ENGLISH.split())
#: Whatever is handed to these is read by an operator.
SPOKEN = {"echo", "ClickException", "BadSetting", "BrokenContent", "KeyTrouble", "Taken", "prompt"}
#: Groups of commands that are not ours.
FOREIGN = {"db"}


def english_in(text: str) -> set[str]:
    """English words of a text; names of options, files and addresses are no words."""
    return ENGLISH & set(re.findall(r"(?<![\w/.`-])[a-z]+(?![\w/`-])", text.lower()))


def commands_of(group, path=()):
    """Every command below a group; those of the rooms are loaded as they are called."""
    context = click.Context(group)
    for name in group.list_commands(context):
        if not path and name in FOREIGN:
            continue
        command = group.get_command(context, name)
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))


def test_every_command_explains_itself_in_bahasa_indonesia(built_app):
    silent, english = [], {}
    for name, command in commands_of(built_app.cli):
        options = [option for option in command.params if isinstance(option, click.Option)]
        silent += [name] * (not command.help)
        silent += [f"{name} {one.opts[0]}" for one in options if not one.help]
        said = " ".join([command.help or "", *(one.help or "" for one in options)])
        if found := english_in(said):
            english[name] = found
    assert (silent, english) == ([], {})
    assert len(list(commands_of(built_app.cli))) > 20


def spoken_in(path: Path) -> list[str]:
    """Every piece of text in a file that is handed to somebody at a terminal."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        given = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = node.args if name in SPOKEN else []
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "said":
            given = [node.value]
        pieces = [piece for one in given for piece in ast.walk(one)]
        found += [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
    return [text for text in found if isinstance(text, str)]


def test_what_an_operator_reads_is_bahasa_indonesia():
    said = {path: spoken_in(path) for path in (PROJECT / "app").rglob("*.py")}
    english = {
        (str(path.relative_to(PROJECT)), text)
        for path, texts in said.items()
        for text in texts
        if english_in(text)
    }
    assert english == set()
    assert sum(map(len, said.values())) > 100


@pytest.mark.parametrize(
    "text",
    ["Give somebody a role.", "nobody has the number 1", "it is damaged; restore it"],
)
def test_an_english_sentence_would_be_noticed(text):
    """Control; and a name of an option is not one."""
    assert english_in(text)
    assert not english_in("Folder isi; bawaannya --into, seperti `agency list` di app/is.py")


def paths_in(text: str) -> list[str]:
    """What stands in backticks and looks like a file or folder of ours; no address, no <blank>."""
    return re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[A-Z]+\.md|[\w-]+\.(?:toml|lock))`", text)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_every_file_that_the_recipes_name_exists(name):
    named = paths_in((PROJECT / name).read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_a_path_is_told_from_an_address_and_a_blank():
    text = "`app/cli.py` `tests/rules` `LICENSE.md` `/siap` `content/<id>.md` `flask db` `views.py`"
    assert paths_in(text) == ["app/cli.py", "tests/rules", "LICENSE.md"]
