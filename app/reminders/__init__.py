"""Who is reminded of what she must do, when, and in which words.

Owns the occasions and the words, by mail and for WhatsApp. Refuses to know how a message is sent
(`outbox`) and who must do what (`assignments`): it reads both.
"""
