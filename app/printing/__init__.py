"""Facts to PDF: what stands on a document, and how it is set, drawn and rendered.

Owns facts, type and ornament. Refuses to know registers, seals and people: the same facts give the
same page.
"""
