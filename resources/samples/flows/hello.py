"""The smallest flow that takes a parameter."""

from prefect import flow, get_run_logger


@flow
def hello(name: str = "world", times: int = 1):
    """Greets somebody.

    Args:
        name: Who is greeted.
        times: How often.
    """
    logger = get_run_logger()
    for _ in range(times):
        logger.info("Hello, %s!", name)
