"""One report per region, each made by a subflow."""

import time
from typing import Dict, List

from prefect import flow, get_run_logger, task


@task
def read_sales(region: str) -> List[int]:
    time.sleep(0.2)
    return [len(region) * day for day in range(1, 31)]


@task
def render_chapter(region: str, sales: List[int]) -> str:
    time.sleep(0.3)
    return f"{region}: {sum(sales)} sold"


@flow
def region_chapter(region: str) -> str:
    """One region's chapter."""
    return render_chapter(region, read_sales(region))


@task
def bind_report(month: str, chapters: Dict[str, str]) -> int:
    for chapter in chapters.values():
        get_run_logger().info(chapter)
    return len(chapters)


@flow
def monthly_report(month: str = "2026-01", regions: List[str] = ["north", "south", "overseas"]):
    """Writes the month's report.

    Args:
        month: Year and month.
        regions: The regions to cover, in order.
    """
    chapters = {region: region_chapter(region) for region in regions}
    bind_report(month, chapters)
