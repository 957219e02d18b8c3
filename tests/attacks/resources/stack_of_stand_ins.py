# Attack: give a stand-in an object whose use calls the stand-in again.
# Cell: double
class Again:
    def __add__(self, other):
        return add(self, self)

    def __radd__(self, other):
        return add(self, self)

    def __call__(self, *args):
        return add(self, self)


def double(a):
    return add(Again(), Again())
