"""What is wrong with this installation, in words that an operator can act on.

Owns the questions, and what each bad answer means. Changes nothing, and refuses to know how any
part is mended: it names the command that does.
"""
