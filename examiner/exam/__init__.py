"""Examines one submission, behind a wall of its own.

An exam and a submission's files come in as bytes; one outcome goes out: a verdict and the graded notebook.
`python -m examiner.exam` is the process in which this happens.
"""
