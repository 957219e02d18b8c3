"""Records verdicts in nbgrader's own database, and reads scores from it.

Verdicts come in; scores that respect what people gave by hand go out. Only this room opens the database.
"""
