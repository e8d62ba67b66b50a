"""The engine's asynchronous half; apart because importing asyncio takes longer than many flows."""

import asyncio
import concurrent.futures
from typing import Any, Awaitable, Optional

from .engine import Run
from .states import State
from .timeouts import timeout_of


async def drive_async(run: Run) -> None:
    """Runs an ``async def`` to its final state."""
    with run.surroundings():
        try:
            if run.begin():
                run.conclude(await last_try(run))
        except BaseException as problem:
            run.crash(problem)
            raise


async def last_try(run: Run) -> State:
    """Awaits the function until it succeeds or may not be tried again."""
    while True:
        try:
            value = await limited(run.call(), run.definition.timeout_seconds, run)
        except Exception as problem:
            state = run.after_problem(problem)
        else:
            state = run.after_value(value)
        delay = run.retry_delay(state)
        if delay is None:
            return state
        run.await_retry(state, delay)
        await asyncio.sleep(delay)
        run.set_state(run.retry_state())


async def limited(work: Awaitable, seconds: Optional[float], owner: Run) -> Any:
    """Awaits, at most that long."""
    if seconds is None:
        return await work
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not done:
        task.cancel()
        await asyncio.wait({task})
        raise timeout_of(owner)()
    return task.result()


def run_coroutine(coroutine: Any) -> Any:
    """Runs a coroutine from plain code, also inside a running loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
