"""From the files of `content/` to frozen objects, or to every mistake in them.

Owns the format of content and its checker. Refuses to know who reads what it has read: people,
pages and databases are the business of other rooms. It has no tables.
"""
