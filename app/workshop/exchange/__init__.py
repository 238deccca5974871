"""Questions to and from a Moodle, as GIFT or Moodle XML.

Owns both formats, what a case looks like as a Moodle question, and how questions become drafts in
`content/`. Refuses to publish anything: whatever comes in is a draft that a person reads, and
nothing that is there is ever overwritten. Nothing is dropped in silence either: a question, an
item, a cell or a film is in a draft or named in the report.

A file goes through `encodings` to `gift` or `moodle_xml`; its HTML through `trees` (which elements
part words: `elements`), `lists`, `tables`, `inline` and `hypertext` to Markdown; what does not come
along is found by `media` and told by `leftovers`.

Both formats are read by parsers of our own. Looked at in November 2026: pygiftparserrgmf is AGPL
and rests since 2022, gift-wrapper only writes and brings paramiko, moodle-questions rests since
2020, moodle-xml-parser only reads, and gift-to-moodlexml goes one way. GIFT is ten marks and a
backslash; Moodle XML is read by defusedxml.
"""
