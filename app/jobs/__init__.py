"""Work that no request should wait for: asked for in a row, done by a process of its own.

Owns the rows, who may work on one, and the rounds that find what was lost. A task of huey is only a
nudge: lost, the sweep finds its row; repeated, it finds nothing to do. Refuses to know what any
work is: rooms above register their deeds, and people are ids here.
"""
