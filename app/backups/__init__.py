"""Copies of a whole installation: made while it runs, checked, and restored where there is nothing.

Owns the file that a copy is, and how a database is copied out and in. Refuses to know what any
table, key or file of the instance means: it takes them all.
"""
