"""What the house does without, so that nothing has to guard it. A first use of any fails here."""

import ast
import re

import pytest

from app.config import PROJECT
from tests.test_supply import supply

PYTHON = [PROJECT / "wsgi.py", *sorted((PROJECT / "app").rglob("*.py"))]
SCRIPTS = sorted((PROJECT / "app" / "static").rglob("*.js"))
#: Libraries by what they would bring. Each has dangers of its own that nobody here has thought of.
LIBRARIES = {
    "a directory service": {"python-ldap", "ldap3"},
    "queries in a language of their own": {"graphene", "graphql-core", "strawberry-graphql"},
    "sockets that stay open": {"websockets", "flask-sock", "flask-socketio", "wsproto"},
    "tokens that carry what they say": {"pyjwt", "joserfc", "python-jose", "authlib"},
    "other people's sign-in": {"pysaml2", "python3-saml", "oauthlib", "flask-dance"},
    "a cache over the network": {"pymemcache", "python-memcached", "redis", "valkey"},
    "LaTeX": {"pylatex"},
    "mail": {"flask-mail", "flask-mailman", "aiosmtplib"},
    "pages across origins": {"flask-cors"},
}
#: Calls that run text, start a shell, believe a foreign object, or trust a broken certificate.
CALLS = {"eval", "exec", "os.system", "os.popen", "marshal.loads", "shelve.open", "dill.loads"} | {
    f"yaml.{name}" for name in ("load", "load_all", "full_load", "unsafe_load")
}
CALLS |= {"render_template_string", "from_string", "hashlib.md5", "hashlib.sha1", "random.choice"}
#: What takes SQL as text.
STATEMENTS = {"text", "exec_driver_sql", "executescript"}
#: Modules with which a request to elsewhere, a mail or a session of LDAP would begin.
MODULES = {"requests", "urllib.request", "http.client", "httpx", "smtplib", "ftplib", "lxml"}
#: Where one of them is right, and why.
MEANT = {
    # The only way to a mail server, which an operator has named.
    "app/outbox/post.py": {"smtplib"},
    # git names a file's content by SHA-1; nothing is trusted by it.
    "app/editing/patching.py": {"hashlib.sha1"},
    # Two constants of a page that only an editor's own machine serves.
    "app/workshop/preview.py": {"render_template_string"},
}
#: What our scripts never do.
IN_SCRIPTS = re.compile(
    r"\beval\(|new Function\(|document\.write|outerHTML|insertAdjacentHTML|postMessage|WebSocket"
    r"|document\.cookie|importScripts|__proto__|https?://"
)


def _is_put_together(node: ast.expr) -> bool:
    """Whether a text is made of pieces: f"…", "…" + …, "…" % …, "…".format(…)."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def found_in(source: str) -> set[str]:
    """Calls and imports of a module that stand on the lists above."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            found |= {one for one in CALLS if name == one or name.endswith(f".{one}")}
            if name.rpartition(".")[2] in STATEMENTS and any(map(_is_put_together, node.args)):
                found.add("SQL put together")
            found |= {
                f"{word.arg}={ast.unparse(word.value)}"
                for word in node.keywords
                if (word.arg, ast.unparse(word.value)) in {("shell", "True"), ("verify", "False")}
            }
        elif isinstance(node, ast.Import):
            found |= MODULES & {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= MODULES & {node.module}
            found |= MODULES & {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("what", LIBRARIES)
def test_no_library_of_that_kind_is_installed(what):
    names = {name for name, _ in supply.pins((PROJECT / "requirements.lock").read_text())}
    assert LIBRARIES[what] & names == set()


def test_the_list_would_notice_one():
    """Control: what is installed is seen by its name on the lock."""
    names = {name for name, _ in supply.pins((PROJECT / "requirements.lock").read_text())}
    assert {"flask", "sqlalchemy", "pyyaml"} <= names


def test_no_module_calls_what_runs_text_or_asks_elsewhere():
    found = {
        str(path.relative_to(PROJECT)): found_in(path.read_text(encoding="utf-8"))
        for path in PYTHON
    }
    assert {path: names for path, names in found.items() if names} == MEANT


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("eval(x)", "eval"),
        ("env.from_string(x)", "from_string"),
        ("subprocess.run(x, shell=True)", "shell=True"),
        ("import urllib.request", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("yaml.load(x)", "yaml.load"),
        ('sa.text(f"SELECT {x}")', "SQL put together"),
        ('c.exec_driver_sql("SELECT %s" % x)', "SQL put together"),
        ("hashlib.md5(x)", "hashlib.md5"),
    ],
)
def test_such_a_call_would_be_noticed(source, name):
    """Control."""
    assert found_in(source) == {name}


def test_no_script_makes_markup_or_code_of_text_or_asks_elsewhere():
    found = {path.name: IN_SCRIPTS.findall(path.read_text(encoding="utf-8")) for path in SCRIPTS}
    assert {name: what for name, what in found.items() if what} == {}
    assert IN_SCRIPTS.search("window.postMessage('a', '*')")


def test_the_only_markup_that_a_script_sets_is_a_page_of_ours():
    """`innerHTML` takes what our own server drew, and only where it is named here."""
    places = [
        (path.name, line.strip())
        for path in SCRIPTS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "innerHTML" in line
    ]
    assert sorted(places) == [
        ("case.js", "page.innerHTML = await response.text();"),
        ("follow.js", "root.innerHTML = html;"),  # a host's own page, and the projector's
        ("phone.js", "if (ready) place.innerHTML = ready;"),  # a question or a result, of our own
    ]
