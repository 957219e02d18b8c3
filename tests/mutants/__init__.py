"""Mutants: the tests of every exercise, tried with answers that are a little wrong.

    solution, right answers of the bank ─▶ operators ─▶ mutants, each with a stable name (`making`)
      ─▶ one after the other in the solved notebook, their own tests alone (`trial`, `rehearsal`)
      ─▶ killed, or survivors ─▶ compared with the reviewed list (`reviewed`) ─▶ table and JSON (`report`)

`make mutants` runs all of it. A survivor is either killed by a better test, or stands in the reviewed list of
its exercise with the reason why it may live. It stays in `tests/`: it is never published, and the examiner
knows nothing of it.

The operators (`code`, `flow`, `calls`, `arrays`, `tensors`, `arguments`, `results`) are ours, on plain `ast`.
Mutation libraries were looked at. Cosmic Ray's operators can be used on a piece of text, but each changes one
token of a parso tree: an operator, a comparison, a number by one, a loop. They know neither `@` nor keywords,
axes, arguments or results, and they turn each `+` into eleven others, most of which no float takes. Mutmut's
need libcst and its trampolines, and Mutatest is no longer kept. Each brings its own test loop and a dozen
packages for it. What fits would be a fifth of what is needed here, in another kind of tree than the rest.
"""
