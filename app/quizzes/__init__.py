"""The final quiz: papers, attempts, answers, grading, and how often one may try.

Owns what was asked and answered; a paper is frozen whole, so that content may change. Refuses to
know documents: a pass is handed to `learning`, which knows what follows from it.
"""
