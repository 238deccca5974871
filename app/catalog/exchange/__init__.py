"""Questions to and from a Moodle, as GIFT or Moodle XML.

Owns both formats, what a case looks like as a Moodle question, and how questions become drafts in
`content/`. Refuses to publish anything: whatever comes in is a draft that a person reads, and
nothing that is there is ever overwritten.

Both formats are read by parsers of our own. Looked at in November 2026: pygiftparserrgmf is AGPL
and unlicensed in its metadata, gift-wrapper only writes and brings paramiko, moodle-questions has
rested since 2020, and moodle-xml-parser neither writes, nor knows ID numbers or tags, nor bounds
what it reads. GIFT is ten marks and a backslash; Moodle XML is read by defusedxml.
"""
