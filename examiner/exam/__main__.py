"""The nursery of examinations: `python -m examiner.exam FD`, behind a wall of its own."""

import sys

from examiner.inside.large_pages import gather


def _main() -> None:
    be_ordinary = gather()  # before what takes memory is imported
    from examiner.exam.examination_process import Examiner
    from examiner.inside.nursery_process import owner, serve

    examiner = Examiner()
    serve(owner(sys.argv[1:]), examiner.prepare, examiner.live, be_ordinary)


if __name__ == "__main__":
    _main()
