# Slip: start the debugger.
%debug

def add(a, b):
    return 3
