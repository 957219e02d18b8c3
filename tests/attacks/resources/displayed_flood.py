# Attack: display without end.
from IPython.display import HTML, display

for _ in range(3000):
    display(HTML("x" * 50_000))


def add(a, b):
    return 3
