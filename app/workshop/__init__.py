"""Editors at a terminal: `flask content …`, writing new cases, the preview, exchange with a Moodle.

Owns commands. Refuses to be needed: nothing that serves people imports it.
"""
