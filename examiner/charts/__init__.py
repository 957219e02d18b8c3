"""Shows the class in pictures: one page for instructors, `report/index.html`.

Verdicts, scores and what students said of sections come in; a self-contained page goes out, in which each
number says what it means. It changes no grade, and students never get it.
"""
