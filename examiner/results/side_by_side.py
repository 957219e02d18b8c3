"""Runs the same work on many items in several processes, so that a failure of one item costs no other.

    items ─▶ bundles ─▶ processes ─▶ for each item what came out, or a sentence that says why nothing did

Few items are done in this process. Where a process ends, the bundles that were not done are tried again, and
of a bundle that ends a process a second time each item alone.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from examiner.apart import sentence

ENDED = "the process that worked on it ended: look for the reason in `dmesg`"
_WORTH_A_PROCESS = 100  # items; a further process takes a second to get ready
_AT_ONCE = 20

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Done(Generic[_Item, _Result]):
    """An item with what came out of it, or with the reason why nothing did."""

    item: _Item
    result: _Result | None
    failure: str = ""


def each_apart(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> Iterator[Done[_Item, _Result]]:
    """Yield each item when it is done, in no order; `work` goes to other processes, and so do items."""
    n_processes = min(len(os.sched_getaffinity(0)), len(items) // _WORTH_A_PROCESS)
    if n_processes < 2:
        yield from (_one(work, item) for item in items)
        return
    bundles = [items[first : first + _AT_ONCE] for first in range(0, len(items), _AT_ONCE)]
    for bundle, done in _in_processes(work, bundles, n_processes):
        yield from done or _again(work, bundle)


def _again(work: Callable[[_Item], _Result], bundle: Sequence[_Item]) -> Iterator[Done[_Item, _Result]]:
    """Yield the items of a bundle whose process ended, perhaps through the fault of another bundle."""
    for _, done in _in_processes(work, [bundle], 1):
        yield from done
        if done:
            return
    for item in bundle:
        for _, done in _in_processes(work, [[item]], 1):
            yield from done or [Done(item, None, ENDED)]


def _in_processes(
    work: Callable[[_Item], _Result], bundles: Sequence[Sequence[_Item]], n_processes: int
) -> Iterator[tuple[Sequence[_Item], list[Done[_Item, _Result]]]]:
    """Yield each bundle with what came out of its items, which is nothing where its process ended."""
    context = multiprocessing.get_context("forkserver")  # forks of a process that has one thread alone
    context.set_forkserver_preload([_module(work)])
    with ProcessPoolExecutor(n_processes, mp_context=context, initializer=_end_with_the_command) as pool:
        waiting = {pool.submit(_bundle, work, bundle): bundle for bundle in bundles}
        for future in as_completed(waiting):
            try:
                done = future.result()
            except BrokenProcessPool:
                done = []
            yield waiting.pop(future), done


def _end_with_the_command() -> None:
    """Let this process end when the one that gives it work does, however that ends.

    A pool tells its processes only where its own process ends in good order: others would wait for ever.
    """
    threading.Thread(target=_end_after, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_after(command: Any) -> None:
    command.join()
    os._exit(1)


def _module(work: Callable[..., object]) -> str:
    """Return the name of the module of a function, or of a part of one."""
    return str(getattr(work, "func", work).__module__)


def _bundle(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[Done[_Item, _Result]]:
    return [_one(work, item) for item in items]


def _one(work: Callable[[_Item], _Result], item: _Item) -> Done[_Item, _Result]:
    try:
        return Done(item, work(item))
    except Exception as error:
        return Done(item, None, sentence(error))
