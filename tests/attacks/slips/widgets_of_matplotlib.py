# Slip: ask for live figures.
%matplotlib widget

def add(a, b):
    return 3
