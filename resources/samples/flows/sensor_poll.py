"""Reads many sensors at once, asynchronously."""

import asyncio
from typing import List

from prefect import flow, get_run_logger, task


@task
async def read_sensor(sensor: int, pause: float) -> float:
    await asyncio.sleep(pause * (1 + sensor % 3))
    return 20.0 + sensor / 10


@task
async def store_average(values: List[float]) -> float:
    average = sum(values) / len(values)
    get_run_logger().info("Average of %d sensors: %.2f °C", len(values), average)
    return average


@flow
async def sensor_poll(sensors: int = 6, pause: float = 0.4):
    """Polls all sensors of the plant.

    Args:
        sensors: How many sensors there are.
        pause: The time one reading takes at least, in seconds.
    """
    values = await asyncio.gather(*(read_sensor(number, pause) for number in range(sensors)))
    await store_average(list(values))
