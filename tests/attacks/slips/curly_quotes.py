# Slip: paste curly quotes from a document.
x = “hello”

def add(a, b):
    return 3
