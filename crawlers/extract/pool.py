"""Careful extraction beside the downloads: in processes of its own, which a hopeless page may take down."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from crawlers.faults import Unreadable

T = TypeVar("T")
SECONDS_PER_PAGE = 20.0


class ExtractionPool:
    """Processes are started when first needed. A page that takes too long, or kills its process, is its own fault only."""

    def __init__(self, processes: int, seconds_per_page: float = SECONDS_PER_PAGE) -> None:
        self._processes = processes
        self._seconds = seconds_per_page
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """Raises Unreadable when the work never ends or ends its process, twice over."""
        for _ in range(2):
            pool = self._open()
            future = asyncio.wrap_future(pool.submit(work, *args))
            try:
                return await asyncio.wait_for(future, self._seconds)
            except TimeoutError:
                self._discard(pool)
                break
            except BrokenProcessPool:
                self._discard(pool)
        raise Unreadable("Không tách được nội dung của trang.", f"extraction gave up after {self._seconds:g} s")

    def close(self) -> None:
        if self._pool is not None:
            self._discard(self._pool)

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, mp_context=context, initializer=die_with_parent)
        return self._pool

    def _discard(self, pool: ProcessPoolExecutor) -> None:
        """Ends the processes of a pool; work of other pages in it is tried again in the next one."""
        if self._pool is pool:
            self._pool = None
        workers = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=False)
        for worker in workers:
            worker.kill()


def die_with_parent() -> None:
    """Ends this process when the one that started it is gone, also when that one was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
