"""Grades a class: hands out its submissions, checks what comes back, writes it down.

The folders in `submitted/` come in; verdicts on disk and in the gradebook go out. What fails for one
submission is kept apart, and the others are graded.
"""
