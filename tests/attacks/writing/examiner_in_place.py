# Attack: change the student process's own modules on disk.
import os

import examiner.inside.student_process
import neurocourse

done = []
for module in (examiner.inside.student_process, neurocourse):
    try:
        os.chmod(module.__file__, 0o777)
        open(module.__file__, "a").write("x = 1")
        done.append(module)
    except OSError:
        pass
print("GOT IN" if done else "nothing")


def add(a, b):
    return 3
