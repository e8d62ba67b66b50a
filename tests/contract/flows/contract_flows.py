"""Small flows that all three generations run: what a run page has to show, each as short as can be."""

import time

from prefect import flow, get_run_logger, task


@task(tags=["db"])
def extract(rows):
    get_run_logger().info("extracting %s rows", rows)
    return list(range(rows))


@task
def transform(data, factor):
    return [value * factor for value in data]


@task
def load(data, target):
    get_run_logger().warning("loading %d rows into %s", len(data), target)
    return len(data)


@flow(name="etl")
def etl(rows: int = 3, factor: float = 1.5, target: str = "warehouse"):
    get_run_logger().info("Grüße aus dem Lager – 北京 – 🚚 <b>plain</b>")
    time.sleep(2)
    load(transform(extract(rows), factor), target)


@task
def boom():
    raise ValueError("disk quota exceeded on volume 'é'")


@flow(name="always-fails")
def always_fails():
    boom()


_attempts = {"count": 0}


@task(retries=2, retry_delay_seconds=1)
def flaky():
    _attempts["count"] += 1
    if _attempts["count"] < 3:
        raise RuntimeError(f"attempt {_attempts['count']} failed")
    return "ok"


@flow(name="retrying")
def retrying():
    flaky()


@flow(name="child")
def child(rows: int):
    extract(rows)


@flow(name="parent")
def parent(rows: int = 2):
    child(rows)
    load([1], "target")


@flow(name="chatty")
def chatty(lines: int = 450):
    log = get_run_logger()
    for line in range(lines):
        log.log((10, 20, 20, 30, 40)[line % 5], "line %04d %s", line, "x" * (line % 40))
