"""A flow with one parameter of every kind."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Dict, List, Literal, Optional, Set, Tuple, Union
from uuid import UUID

from prefect import flow, get_run_logger


class Compression(Enum):
    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"


@dataclass
class Target:
    bucket: str
    prefix: str = "exports/"
    public: bool = False


@flow
def export_table(
    table: str,
    since: date,
    limit: int = 1000,
    sample: float = 1.0,
    dry_run: bool = True,
    file_format: Literal["csv", "parquet", "json"] = "parquet",
    compression: Compression = Compression.ZSTD,
    columns: List[str] = ["id", "created", "amount"],
    renames: Dict[str, str] = {"amount": "amount_eur"},
    shards: Tuple[int, int] = (0, 4),
    tags: Set[str] = {"export"},
    until: Optional[datetime] = None,
    start_at: time = time(6, 30),
    timeout: timedelta = timedelta(minutes=10),
    folder: Path = Path("exports"),
    request_id: Optional[UUID] = None,
    key: Union[int, str] = 0,
    target: Target = Target("example-bucket"),
    extra: Any = None,
):
    """Exports a table; every kind of parameter is here once.

    Args:
        table: The table to export. There is no default, so it has to be given.
        since: Rows created on this day or later.
        limit: The largest number of rows.
        sample: The share of rows to take, between 0 and 1.
        dry_run: Only say what would be done.
        file_format: How the file is written.
        compression: How the file is packed.
        columns: Which columns, in order.
        renames: New names for columns.
        shards: This shard's number, and how many there are.
        tags: Labels on the file.
        until: Rows created before this moment.
        start_at: Not earlier than this time of day.
        timeout: Give up after this long.
        folder: Where the file goes.
        request_id: Who asked for it.
        key: A row's key, as number or text.
        target: The bucket to upload to.
        extra: Anything at all.
    """
    given = dict(locals())
    logger = get_run_logger()
    for name, value in given.items():
        logger.info("%s = %r (%s)", name, value, type(value).__name__)
