"""What authors have for an exercise: `make exercise` begins one, `make check` says what one still lacks.

new ─▶ cells in source/, a bank in tests/answers/ ─▶ the author writes ─▶ check ─▶ sentences, or none

Both look at this checkout. What is checked is what the tests of all notebooks check (`tests.notebooks`), for
one exercise, in seconds.
"""
