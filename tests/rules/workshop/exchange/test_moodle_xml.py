"""Moodle XML as Moodle 3.9 and 4.1 export it."""

import pytest

from app.workshop.exchange import intake, moodle_xml
from app.workshop.exchange.questions import BadFile, Kind, Markup

SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category>
      <text>$course$/top/Default untuk Netralitas</text>
    </category>
    <info format="moodle_auto_format">
      <text></text>
    </info>
    <idnumber></idnumber>
  </question>
<!-- question: 881  -->
  <question type="multichoice">
    <name>
      <text>Suka   unggahan</text>
    </name>
    <questiontext format="html">
      <text><![CDATA[<p dir="ltr">Bolehkah ASN&nbsp;menyukai <b>unggahan</b> calon?</p>]]></text>
<file name="a.png" path="/" encoding="base64">iVBORw0KGgo=</file>
    </questiontext>
    <generalfeedback format="html">
      <text>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>ASN-01</idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <correctfeedback format="html"><text>Jawaban Anda benar.</text></correctfeedback>
    <answer fraction="0" format="html">
      <text><![CDATA[<p>Boleh</p>]]></text>
      <feedback format="html">
        <text></text>
      </feedback>
    </answer>
    <answer fraction="33.33333" format="html">
      <text>Sebagian</text>
      <feedback format="markdown"><text>Baca **lagi**.</text></feedback>
    </answer>
    <answer fraction="100" format="html">
      <text>Tidak boleh</text>
      <feedback format="html"><text>Tepat.</text></feedback>
    </answer>
    <tags>
      <tag><text>pilkada</text></tag>
      <tag><text>topik:media-sosial</text></tag>
    </tags>
  </question>
  <question type="truefalse">
    <name><text>Libur</text></name>
    <questiontext format="moodle_auto_format"><text>ASN wajib netral.</text></questiontext>
    <answer fraction="100" format="moodle_auto_format">
      <text>true</text>
      <feedback format="html"><text>Ya.</text></feedback>
    </answer>
    <answer fraction="0" format="moodle_auto_format"><text>false</text></answer>
  </question>
  <question type="essay">
    <name><text>Uraian</text></name>
    <questiontext format="html"><text>Uraikan.</text></questiontext>
  </question>
  <question type="cloze"><name><text>Rumpang</text></name></question>
</quiz>
"""


@pytest.fixture(scope="module")
def bank():
    return intake.read(SAMPLE.encode())


def test_a_question_is_read_whole(bank):
    question = bank.questions[0]
    assert question.kind is Kind.CHOICE
    assert question.name == "Suka unggahan"
    assert question.category == "$course$/top/Default untuk Netralitas"
    assert question.idnumber == "ASN-01"
    assert question.tags == ("pilkada", "topik:media-sosial")
    assert question.words.text.startswith('<p dir="ltr">Bolehkah ASN&nbsp;menyukai')
    assert question.feedback.text == "<p>A &amp; B</p>"
    assert question.has_files
    assert [a.percent for a in question.answers] == [0, 33.33333, 100]
    assert question.answers[1].feedback.markup is Markup.MARKDOWN


def test_true_and_false_are_said_in_indonesian(bank):
    question = bank.questions[1]
    assert question.kind is Kind.TRUE_FALSE
    assert [(a.words.text, a.percent) for a in question.answers] == [("Benar", 100), ("Salah", 0)]
    assert not question.has_files


def test_what_cannot_become_a_case_is_named_and_not_dropped(bank):
    assert bank.troubles == []
    assert [str(skipped) for skipped in bank.skipped] == [
        "soal ke-4 (“Uraian”): jenis soal “essay” tidak dapat menjadi kasus.",
        "soal ke-5 (“Rumpang”): jenis soal “cloze” tidak dapat menjadi kasus.",
    ]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<quiz><question type="essay"><name><text>&a;</text></name></question></quiz>"""
BAD = {
    "an entity bomb": (BOMB, "DTD atau entitas"),
    "a file from outside": (OUTSIDE, "DTD atau entitas"),
    "cut off": (SAMPLE.encode()[:900], "rusak pada baris"),
    "not UTF-8": (SAMPLE.replace("Suka", "Caf\xe9").encode("latin-1"), "rusak pada baris 16"),
    "an unknown encoding": (
        b'<?xml version="1.0" encoding="x-kuno"?><quiz/>',
        "rusak pada baris 1|tidak dikenal",
    ),
    "another kind of file": (b'<?xml version="1.0"?><html/>', "unsur terluarnya “html”"),
    "no question": (b"<?xml version='1.0'?><quiz/>", "tidak memuat satu soal pun"),
}


@pytest.mark.parametrize(("data", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_is_one_sentence(data, sentence):
    with pytest.raises(BadFile, match=sentence) as refusal:
        intake.read(data)
    assert "\n" not in str(refusal.value)


ANSWERS = '<answer fraction="100"><text>a</text></answer><answer><text>b</text></answer>'
DAMAGED = {
    '<answer fraction="100"><text>a</text></answer>': "jawabannya kurang",
    '<answer fraction="banyak"><text>a</text></answer>': "bobot jawaban “banyak” bukan angka",
    f"{ANSWERS}<answer><text></text></answer>": "salah satu jawabannya kosong",
    f"{ANSWERS}<answer><text><p>a</p></text></answer>": "tidak dibungkus CDATA",
    f"{ANSWERS}<answer><text>{'a' * 1_000_000}</text></answer>": "lebih dari 50 ribu huruf",
}


@pytest.mark.parametrize(("answers", "sentence"), DAMAGED.items(), ids=range(len(DAMAGED)))
def test_damage_is_named_with_its_question_and_hides_nothing_behind_it(answers, sentence):
    text = (
        "<quiz><question type='multichoice'><name><text>Satu</text></name>"
        f"<questiontext><text>Apa?</text></questiontext>{answers}</question>"
        f"<question type='multichoice'><name><text>Dua</text></name>{ANSWERS}</question></quiz>"
    )
    bank = moodle_xml.read(text.encode())
    assert [question.name for question in bank.questions] == ["Dua"]
    (trouble,) = bank.troubles
    assert str(trouble).startswith("soal ke-1 (“Satu”): ")
    assert sentence in str(trouble)


def test_a_file_in_utf_16_is_read(bank):
    text = SAMPLE.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert intake.read(text.encode("utf-16")).questions == bank.questions
