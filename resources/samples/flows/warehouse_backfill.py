"""Takes its time: one partition a second. Made to be cancelled."""

import time

from prefect import flow, get_run_logger


@flow
def warehouse_backfill(partitions: int = 60, seconds_each: float = 1.0):
    """Copies old partitions, one after the other.

    Args:
        partitions: How many partitions to copy.
        seconds_each: How long one takes.
    """
    logger = get_run_logger()
    try:
        for number in range(1, partitions + 1):
            time.sleep(seconds_each)
            logger.info("Partition %d of %d copied", number, partitions)
    finally:
        logger.info("Temporary files removed")
