"""Questions to and from a Moodle, as GIFT or Moodle XML.

Owns both formats, what a case looks like as a Moodle question, and how questions become drafts in
`content/`. Refuses to publish anything: whatever comes in is a draft that a person reads, and
nothing that is there is ever overwritten.

Both formats are read by parsers of our own. Looked at in November 2026: pygiftparserrgmf is AGPL
and rests since 2022, gift-wrapper only writes and brings paramiko, moodle-questions rests since
2020, moodle-xml-parser only reads, and gift-to-moodlexml goes one way. GIFT is ten marks and a
backslash; Moodle XML is read by defusedxml.
"""
