"""Who must do what by when: assignments, their cycles, exemptions, and who opens a unit by signing.

Owns whom an assignment means, what counts as done in a cycle, and whether somebody may begin. Who
is meant is a rule over the roster, never rows a person: whoever comes gets it, whoever goes loses
it. Refuses to know how a lesson is read or a quiz is graded, and sends nothing itself.
"""
