"""The nursery of examinations: `python -m examiner.exam FD`, behind a wall of its own."""

import gc
import sys


def _main() -> None:
    gc.disable()  # imports leave no garbage worth the search; each fork collects its own
    from examiner.exam.examination_process import Examiner
    from examiner.inside.nursery_process import owner, serve

    examiner = Examiner()
    serve(owner(sys.argv[1:]), examiner.prepare, examiner.live)


if __name__ == "__main__":
    _main()
