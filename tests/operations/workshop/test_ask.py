"""`flask content ask`: the answers of /bolehkah on the command line."""

import json


def ask(app, *arguments: str):
    return app.test_cli_runner().invoke(args=["content", "ask", *arguments])


def test_the_nearest_cases_come_as_json_best_first(app):
    answer = ask(app, "like postingan cabup di ig boleh ga?", "--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    assert found[0]["id"] == "suka-unggahan-akun-pemenangan"
    assert set(found[0]) == {"id", "question", "score", "verdicts"}
    assert found[0]["verdicts"] == [
        {"phase": "sebelum-penetapan", "verdict": "tidak-boleh", "violation": "kode-etik"},
        {"phase": "sesudah-penetapan", "verdict": "tidak-boleh", "violation": "disiplin-berat"},
    ]


def test_where_nothing_is_near_the_list_is_empty(app):
    assert json.loads(ask(app, "resep rendang padang", "--json").stdout) == []


def test_people_read_verdicts_in_words(app):
    answer = ask(app, "like postingan cabup di ig boleh ga?")
    assert "Sebelum penetapan calon: tidak boleh (kode etik)" in answer.stdout
    nothing = ask(app, "resep rendang padang")
    assert (nothing.stdout, nothing.exit_code) == ("", 0)
    assert "Belum ada kasus yang dekat." in nothing.stderr
