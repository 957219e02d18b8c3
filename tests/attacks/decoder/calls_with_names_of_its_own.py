# Attack: call a function of the tests with keywords that it does not have, among them those of Python.
# Cell: double
def double(a):
    return add(a, a, **{"self": a, "__class__": a, "": a, "a b": a, "\ud800": a})
