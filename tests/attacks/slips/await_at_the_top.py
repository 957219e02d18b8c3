# Slip: await something that is nothing.
await 3

def add(a, b):
    return 3
