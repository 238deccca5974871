"""What a person may ask about the data on her: to see all of it, to have it corrected, erased, or
shown to nobody by name; and how long which rows are kept.

Reads every room below. Refuses to know what a row means to the room that owns it: what may go is
said, and deleted, there.
"""
