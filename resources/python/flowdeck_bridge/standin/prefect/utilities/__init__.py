"""Prefect's utilities that flows import."""
