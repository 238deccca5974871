"""The elections of an instansi: their calendars, and the stage that a day falls into.

Owns dates and stages. Refuses to know what a stage makes of a deed: that is law, and stands in the
catalog.
"""
