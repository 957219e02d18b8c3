# Slip: install a package first.
!pip install seaborn

def add(a, b):
    return 3
