"""The first page and the menu: what Rambu is for a visitor, the one next thing for a learner.

Owns no table and no rule. Refuses to decide: it shows what the rooms below say.
"""
