"""Moodle XML as Moodle 3.9 and 4.1 export it."""

import pytest

from app.workshop.exchange import intake, moodle_xml
from app.workshop.exchange.hypertext import to_markdown, tree_of
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
    assert question.files == ("a.png",)
    assert question.replies == ()
    assert [a.percent for a in question.answers] == [0, 33.33333, 100]
    assert question.answers[1].feedback.markup is Markup.MARKDOWN


def test_true_and_false_are_said_in_indonesian(bank):
    question = bank.questions[1]
    assert question.kind is Kind.TRUE_FALSE
    assert [(a.words.text, a.percent) for a in question.answers] == [("Benar", 100), ("Salah", 0)]
    assert question.files == ()


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
    "not UTF-8": (SAMPLE.replace("Suka", "Caf\xe9").encode("latin-1"), "baris 16 tidak tersimpan"),
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
    '<answer fraction="nan"><text>a</text></answer>': "bobot jawaban “nan” bukan angka",
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


def asked(inside, kind="multichoice"):
    return (
        f"<quiz><question type='{kind}'><name><text>Satu</text></name>"
        f"<questiontext><text>Apa?</text></questiontext>{ANSWERS}{inside}</question></quiz>"
    ).encode()


def test_what_moodle_says_besides_is_kept_unless_it_says_so_by_itself():
    inside = (
        "<correctfeedback><text>Jawaban Anda benar.</text></correctfeedback>"
        "<incorrectfeedback><text><![CDATA[<p>Baca lagi SKB.</p>]]></text></incorrectfeedback>"
        "<hint><text>Ingat netralitas.</text></hint><hint><text>Lagi.</text></hint>"
    )
    (question,) = moodle_xml.read(asked(inside)).questions
    assert [(when, words.text) for when, words in question.replies] == [
        ("Umpan balik bila salah", "<p>Baca lagi SKB.</p>"),
        ("Petunjuk", "Ingat netralitas."),
        ("Petunjuk", "Lagi."),
    ]


def test_what_no_question_holds_is_named():
    inside = "<plugin_qtype><catatan><text>Untuk guru</text></catatan></plugin_qtype>"
    (question,) = moodle_xml.read(asked(inside)).questions
    assert question.notes == ("isian “plugin_qtype” tidak ikut: “Untuk guru”.",)


def test_what_stands_beside_questions_is_named():
    text = (
        b"<quiz><question type='category'><category><text>top/x</text></category>"
        b"<info><text>Tentang kategori</text></info></question>"
        b"<catatan>Rahasia</catatan><question type='description'><questiontext>"
        b"<text>Bacalah dahulu.</text></questiontext></question></quiz>"
    )
    bank = moodle_xml.read(text)
    assert [str(note) for note in bank.notes] == [
        "soal ke-1: isian “info” tidak ikut: “Tentang kategori”.",
        "soal ke-2: isian “catatan” tidak ikut: “Rahasia”.",
    ]
    assert str(bank.skipped[0]).startswith("soal ke-3 (“Bacalah dahulu.”): ")


FILES = {
    "<questiontext><text>a</text><file name='a.png'>AAAA</file></questiontext>": ("a.png",),
    "<image>poster.png</image><image_base64>iVBORw0KGgo=</image_base64>": ("poster.png",),
    "<image></image>": (),
    "<answer><text>c</text><file name='b.mp4'/><feedback><file/></feedback></answer>": (
        "b.mp4",
        "tanpa nama",
    ),
}


@pytest.mark.parametrize(("inside", "files"), FILES.items(), ids=range(len(FILES)))
def test_files_are_named_wherever_they_hang(inside, files):
    (question,) = moodle_xml.read(asked(inside)).questions
    assert question.files == files
    assert question.notes == ()


WHERE = ["questiontext", "generalfeedback", "answer", "hint"]
PASTED = {
    "a picture": '<img alt="poster" src="data:image/png;base64,{}">',
    "without quotes": "<img src=data:image/png;base64,{}>",
    "a drawing": "<img src=\"data:image/svg+xml;utf8,<svg xmlns='x'><path d='{}'/></svg>\">",
    "a sound": "<audio><source src='data:audio/mp3;base64,{}'></audio>",
    "a background": '<p style="background:url(data:image/gif;base64,{})">x</p>',
    "a comment of Word": "<!--[if gte mso 9]><xml>{}</xml><![endif]-->",
    "a style": "<style>p {{}} {}</style>",
    "in lines": '<img src="data:image/png;base64,{}\n{}\n{}">',
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_files_comments_and_styles_inside_a_text_are_no_letters(text, where):
    text = text.replace("{{}}", "").replace("{}", "Ab1/" * 20_000)
    inside = f"<{where}><text><![CDATA[Bolehkah? {text}]]></text></{where}>"
    bank = moodle_xml.read(asked(inside))
    assert bank.troubles == []
    assert "Ab1" not in str([to_markdown(tree_of(w)) for w in bank.questions[0].texts()])


def test_a_text_without_its_element_is_a_text_and_two_are_one():
    text = asked("").replace(b"<text>Apa?</text>", b"Apa?")
    assert moodle_xml.read(text).questions[0].words.text == "Apa?"
    text = asked("").replace(b"<text>Apa?</text>", b"<text>Apa?</text><text>Lagi?</text>")
    assert moodle_xml.read(text).questions[0].words.text == "Apa?\n\nLagi?"


def test_true_in_a_paragraph_is_true():
    text = asked("", "truefalse").replace(
        b"<text>a</text>", b"<text>&lt;p&gt;true&lt;/p&gt;</text>"
    )
    assert moodle_xml.read(text).questions[0].answers[0].words.text == "Benar"
