"""How many people of a unit judged a case right at first, by month and by where it was asked: in
lessons, practice, papers and webinars, apart.

Counts only. Refuses to know who answered what: people's own answers stay with their rooms, which
forget them, while these counts stay. Nothing here is written when somebody answers.
"""
