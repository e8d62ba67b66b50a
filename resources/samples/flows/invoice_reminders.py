"""One task run for each open invoice."""

import time
from typing import List

from prefect import flow, task


@task
def open_invoices(days_overdue: int) -> List[str]:
    return [f"INV-{2026_000 + number}" for number in range(1, 9)]


@task(task_run_name="remind-{invoice}", log_prints=True)
def remind(invoice: str, dry_run: bool):
    time.sleep(0.2)
    print(f"{'Would remind' if dry_run else 'Reminded'} the customer of {invoice}")


@flow(log_prints=True)
def invoice_reminders(days_overdue: int = 14, dry_run: bool = True):
    """Reminds customers of overdue invoices.

    Args:
        days_overdue: How late an invoice must be.
        dry_run: Only say who would be written to.
    """
    invoices = open_invoices(days_overdue)
    print(f"{len(invoices)} invoices are open")
    for reminder in remind.map(invoices, dry_run=dry_run):
        reminder.wait()
