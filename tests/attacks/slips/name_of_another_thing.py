# Slip: give the name to something else.
import math as add
