"""`flask content ask`: the answers of /bolehkah on the command line."""

import json


def ask(app, *arguments: str):
    return app.test_cli_runner().invoke(args=["content", "ask", *arguments])


def test_the_nearest_cases_come_as_json_best_first(app):
    answer = ask(app, "like postingan cabup di ig boleh ga?", "--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    assert found[0]["id"] == "suka-unggahan-capres-atau-caleg"
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


def test_a_file_of_questions_is_answered_in_one_start_a_line_each(app, tmp_path):
    asked = ["like postingan cabup di ig boleh ga?", "resep rendang padang", "masuk grup wa timses"]
    (tmp_path / "q.txt").write_text("\n\n".join(asked) + "\n", encoding="utf-8")
    answer = ask(app, "--json", "--from", str(tmp_path / "q.txt"))
    assert answer.exit_code == 0
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [row["question"] for row in rows] == asked
    assert all(set(row) == {"question", "asks_back", "answers"} for row in rows)
    assert all(isinstance(row["asks_back"], bool) for row in rows)
    first, nothing, _ = rows
    assert first["answers"][0]["id"] == "suka-unggahan-capres-atau-caleg"
    assert set(first["answers"][0]) == {"id", "question", "verdicts"}
    assert nothing == {"question": asked[1], "asks_back": False, "answers": []}


def test_a_question_and_a_file_at_once_or_neither_is_refused(app, tmp_path):
    (tmp_path / "q.txt").write_text("like foto calon\n", encoding="utf-8")
    assert ask(app).exit_code == 2
    assert ask(app, "like", "--from", str(tmp_path / "q.txt")).exit_code == 2
