"""Each message once: what is to be told to whom, when it may go out, and what became of it.

Owns messages, the addresses to which they go, and the way to the mail server. Refuses to know why
somebody is written to: callers hand over the words, and people are ids here.
"""
