"""Spreadsheets of people and of units: read, held against what is on record, taken in whole.

Owns files and the plans made of them. Refuses to decide what may change a person: the rules are
those of agencies. Knows no passwords, courses or documents.
"""
