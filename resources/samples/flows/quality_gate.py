"""Checks a table and fails when too many values are missing."""

from prefect import flow, get_run_logger, task


@task
def count_missing(table: str) -> float:
    get_run_logger().info("Reading a sample of %s", table)
    return 0.073


@task
def judge(table: str, missing: float, limit: float):
    if missing > limit:
        raise ValueError(f"{table}: {missing:.1%} of the values are missing, {limit:.1%} are allowed")


@flow
def quality_gate(table: str = "fact_orders", max_missing: float = 0.05):
    """Fails when a table has too many missing values.

    Args:
        table: The table to check.
        max_missing: The largest tolerated share, between 0 and 1.
    """
    judge(table, count_missing(table), max_missing)
