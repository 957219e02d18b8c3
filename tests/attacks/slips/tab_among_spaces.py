# Slip: mix a tab with spaces.
def add(a, b):
    x = 1
	return 3
