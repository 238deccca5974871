"""What the trail shows and proves: the auditor's pages, checkpoints of the head, verification.

Reads whatever the trail names. Refuses to decide what is recorded: that is each room's own.
"""
