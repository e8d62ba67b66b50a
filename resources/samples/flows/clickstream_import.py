"""Writes a log line for each of 50,000 events."""

from prefect import flow, get_run_logger


@flow
def clickstream_import(events: int = 50_000):
    """Imports clicks and logs every one of them.

    Args:
        events: How many events to import.
    """
    logger = get_run_logger()
    for number in range(1, events + 1):
        if number % 5_000 == 0:
            logger.warning("Event %d: session without a visitor id", number)
        else:
            logger.info("Event %d: page /products/%d", number, number % 977)
