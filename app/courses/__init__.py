"""The way through, drawn: /kursus, a course's page, the start and the result of a quiz.

Owns journeys: where a person stands, and the one next thing to do. Refuses to decide: every rule of
lessons, quizzes and pledges stands in a room below, and nothing is written here.
"""
