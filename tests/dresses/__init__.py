"""Dresses: right answers in every form in which they may come, made by machine.

    solution, right answers of the bank ─▶ dresses that the docstring allows (`wardrobe`, `allowed`)
      ─▶ in the solved notebook: their own tests, which must accept them (`trial`, `rehearsal`)
      ─▶ and then what stands below: no given cell may die of what a test accepted

`make dresses` runs all of it. A dress is a result as a list, in single precision or as a tensor, a function
as a lambda or an object, inputs that are read-only or lie oddly in memory, an answer in two cells. It stays
in `tests/`: it is never published, and the examiner knows nothing of it.
"""
