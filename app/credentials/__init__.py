"""Documents a person may show: certificates and integrity pacts. Their register.

Owns numbers, files and their standing. Knows nothing of courses or quizzes: callers hand over
plain facts, so anything may earn a credential. Refuses to change what it has issued: a credential
is only revoked or replaced.
"""
