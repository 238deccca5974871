"""A person's way through a course: enrolment, lessons, inline cases, practice, the signed pledge.

Owns how far somebody has come; a pass in, a pledge and a certificate out. Refuses to know how a
quiz is drawn or graded: it is only told that it was passed.
"""
