"""Loads one day of orders: three sources in parallel, cleaned, joined, stored and checked."""

import random
import time
from datetime import date
from typing import Dict, List, Optional

from prefect import flow, get_run_logger, task

Row = Dict[str, object]


@task
def extract_orders(day: date) -> List[Row]:
    time.sleep(0.6)
    chance = random.Random(day.toordinal())
    return [
        {
            "order": number,
            "customer": chance.randrange(40),
            "product": chance.randrange(12),
            "quantity": chance.randint(1, 5),
        }
        for number in range(200)
    ]


@task
def extract_customers() -> List[Row]:
    time.sleep(0.4)
    return [{"customer": number, "country": ("de", "fr", "pl")[number % 3]} for number in range(40)]


@task
def extract_products() -> List[Row]:
    time.sleep(0.3)
    return [{"product": number, "price": 4.5 + number} for number in range(12)]


@task
def extract_exchange_rates(day: date) -> Dict[str, float]:
    time.sleep(0.5)
    return {"de": 1.0, "fr": 1.0, "pl": 0.23}


@task
def clean_orders(orders: List[Row]) -> List[Row]:
    time.sleep(0.4)
    return [order for order in orders if order["quantity"]]


@task
def clean_customers(customers: List[Row]) -> Dict[object, Row]:
    time.sleep(0.2)
    return {customer["customer"]: customer for customer in customers}


@task
def price_list(products: List[Row]) -> Dict[object, Row]:
    time.sleep(0.2)
    return {product["product"]: product for product in products}


@task
def join_orders(orders: List[Row], customers: Dict[object, Row], prices: Dict[object, Row]) -> List[Row]:
    time.sleep(0.5)
    return [{**order, **customers[order["customer"]], **prices[order["product"]]} for order in orders]


@task
def convert_currency(rows: List[Row], rates: Dict[str, float]) -> List[Row]:
    time.sleep(0.3)
    return [{**row, "amount": row["quantity"] * row["price"] * rates[row["country"]]} for row in rows]


@task
def sum_by_country(rows: List[Row]) -> Dict[str, float]:
    time.sleep(0.3)
    totals: Dict[str, float] = {}
    for row in rows:
        totals[row["country"]] = totals.get(row["country"], 0.0) + row["amount"]
    return totals


@task
def sum_by_product(rows: List[Row]) -> Dict[int, float]:
    time.sleep(0.6)
    totals: Dict[int, float] = {}
    for row in rows:
        totals[row["product"]] = totals.get(row["product"], 0.0) + row["amount"]
    return totals


@task
def load_facts(rows: List[Row], target: str) -> int:
    time.sleep(0.5)
    get_run_logger().info("%d rows stored in %s.fact_orders", len(rows), target)
    return len(rows)


@task
def load_totals(countries: Dict[str, float], products: Dict[int, float], target: str) -> None:
    time.sleep(0.6)
    get_run_logger().info(
        "Totals of %d countries and %d products stored in %s", len(countries), len(products), target
    )


@task
def check_row_count(stored: int, orders: List[Row]) -> None:
    time.sleep(0.2)
    if stored != len(orders):
        raise ValueError(f"{len(orders)} orders were read, but {stored} rows stored")


@flow
def orders_etl(day: Optional[date] = None, target: str = "warehouse"):
    """Loads one day of orders into the warehouse.

    Args:
        day: The day to load; today when left out.
        target: The schema to write to.
    """
    day = day or date.today()
    orders = extract_orders.submit(day)
    customers = extract_customers.submit()
    products = extract_products.submit()
    rates = extract_exchange_rates.submit(day)
    cleaned = clean_orders.submit(orders)
    joined = join_orders.submit(cleaned, clean_customers.submit(customers), price_list.submit(products))
    converted = convert_currency.submit(joined, rates)
    stored = load_facts.submit(converted, target)
    totals = load_totals.submit(sum_by_country.submit(converted), sum_by_product.submit(converted), target)
    checked = check_row_count.submit(stored, cleaned)
    return [totals, checked]
