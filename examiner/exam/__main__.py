"""The nursery of examinations: `python -m examiner.exam FD`, behind a wall of its own."""

import sys

from examiner.exam.examination_process import Examiner
from examiner.inside.nursery_process import owner, serve

if __name__ == "__main__":
    examiner = Examiner()
    serve(owner(sys.argv[1:]), examiner.prepare, examiner.live)
