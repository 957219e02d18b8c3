# Slip: reset the kernel.
%reset -f

def add(a, b):
    return 3
