# Slip: import a module that is not there.
import seaborn_of_mine as sns

def add(a, b):
    return 3
