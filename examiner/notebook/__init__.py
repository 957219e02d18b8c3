"""Reads notebooks and the code in their cells, without running any of it.

Notebooks and source text come in; cells, names and tokens go out. It knows nothing of courses or students.
"""
