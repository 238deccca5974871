"""What strangers send on purpose, and what editors make of it: /penyunting.

Owns the questions that nobody could answer, from the day they are sent until they are dealt with;
how often a case was said to answer; and the patch by which a question becomes a phrasing. Refuses
to know who asked or who answered: no account, device or network stands beside a question or a
count, and no time finer than the day. Refuses to write content: it hands an editor a file.
"""
