"""The marking desk: written answers are read by question, like ones together, and marked by items.

Graded notebooks, the source's mark schemes and the gradebook come in. Scores, comments and extra credit go
out as nbgrader's own, with the items that each score stands for in tables beside them.
"""
