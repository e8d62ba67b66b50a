"""Parameters of a run: bound to the signature, converted, or refused by name."""

import unittest

from support import BridgeTest


class Parameters(BridgeTest):
    source = """
        from dataclasses import dataclass
        from datetime import date, datetime, time, timedelta
        from decimal import Decimal
        from enum import Enum
        from pathlib import Path
        from typing import *
        from uuid import UUID
        from prefect import flow

        class Size(Enum):
            SMALL = "small"
            LARGE = 2

        @dataclass
        class Point:
            x: int
            y: float = 0.5

        class Movie(TypedDict):
            title: str

        @flow
        def go({signature}):
            print(repr(({names},)))
        """

    def values(self, signature, **parameters):
        """The run, and what the flow saw."""
        names = ", ".join(parameters)
        source = self.source.replace("{signature}", signature).replace("{names}", names)
        return self.run_flow(source, parameters=parameters)

    def assertRefused(self, annotation, given, problem):
        outcome = self.values(f"v: {annotation}", v=given)
        self.assertEqual(outcome.code, 0)
        self.assertEqual(outcome.final()["type"], "FAILED")
        self.assertEqual(
            outcome.final()["message"],
            "Validation of flow parameters failed with error: ParameterTypeError: "
            f"Flow run received invalid parameters:\n - {problem}",
        )

    def test_many_conversions_in_one_run(self):
        outcome = self.values(
            "a: int, b: float, c: bool, d: date, e: datetime, f: time, g: timedelta, h: Path, i: UUID, "
            "j: List[int], k: Dict[str, float], l: Tuple[int, str], m: Set[int], n: Optional[int], "
            "o: Union[int, str], p: Size, q: Literal['x', 3], r: Point, s: Movie, t: Decimal, u: Any",
            a="4", b=1, c="yes", d="2026-01-02", e="2026-01-02T03:04:05.5Z", f="06:30", g="PT1H30M", h="a/b",
            i="00000000-0000-0000-0000-000000000007", j=["1", 2.0], k={"x": "2.5"}, l=[1, "z"], m=[1, 1, 2],
            n=None, o="5", p="small", q=3, r={"x": "1"}, s={"title": "t"}, t="0.10", u=[{"k": None}],
        )  # fmt: skip
        self.assertEqual(outcome.final()["name"], "Completed", outcome.final()["message"])
        self.assertEqual(
            outcome.prints(),
            [
                "(4, 1.0, True, datetime.date(2026, 1, 2), "
                "datetime.datetime(2026, 1, 2, 3, 4, 5, 500000, tzinfo=datetime.timezone.utc), "
                "datetime.time(6, 30), datetime.timedelta(seconds=5400), PosixPath('a/b'), "
                "UUID('00000000-0000-0000-0000-000000000007'), [1, 2], {'x': 2.5}, (1, 'z'), {1, 2}, None, "
                "'5', <Size.SMALL: 'small'>, 3, Point(x=1, y=0.5), {'title': 't'}, Decimal('0.10'), "
                "[{'k': None}])"
            ],
        )
        reported = outcome.of("flow_run")[-1]["parameters"]
        self.assertEqual(reported["a"], 4)
        self.assertEqual(reported["g"], "PT1H30M")
        self.assertEqual(reported["p"], "small")
        self.assertEqual(reported["r"], {"x": 1, "y": 0.5})

    def test_defaults_are_reported(self):
        outcome = self.run_flow(
            "from prefect import flow\n@flow\ndef go(a, b: int = 2, *rest, c=object, **more): pass\n",
            parameters={"a": 1, "extra": True},
        )
        self.assertEqual(outcome.final()["name"], "Completed")
        parameters = outcome.of("flow_run")[-1]["parameters"]
        self.assertEqual(parameters["b"], 2)
        self.assertEqual(parameters["more"], {"extra": True})
        self.assertIn("object", parameters["c"])

    def test_every_wrong_parameter_is_named(self):
        outcome = self.run_flow(
            "from prefect import flow\n@flow\ndef go(a, b): pass\n", parameters={"c": 1, "d": 2}
        )
        for words in ("a: Missing", "b: Missing", "c: Unexpected", "d: Unexpected"):
            self.assertIn(words, outcome.final()["message"])
        self.assertEqual(outcome.of("flow_run")[-1]["parameters"], {"c": 1, "d": 2})

    def test_refusals(self):
        for annotation, given, problem in (
            ("int", "four", "v: Input should be a valid integer, unable to parse string as an integer"),
            ("int", 1.5, "v: Input should be a valid integer, got a number with a fractional part"),
            ("str", 7, "v: Input should be a valid string"),
            ("bool", "perhaps", "v: Input should be a valid boolean, unable to interpret input"),
            (
                "List[int]",
                [1, "x"],
                "v.1: Input should be a valid integer, unable to parse string as an integer",
            ),
            ("Dict[str, List[int]]", {"k": [None]}, "v.k.0: Input should be a valid integer"),
            ("Size", "huge", "v: Input should be 'small' or 2"),
            ("Point", {"y": 1}, "v: "),
            ("date", "2026-13-01", "v: Input should be a valid date"),
        ):
            with self.subTest(annotation=annotation):
                outcome = self.values(f"v: {annotation}", v=given)
                self.assertEqual(outcome.final()["name"], "Failed")
                self.assertIn(f"\n - {problem}", outcome.final()["message"])

    def test_refusal_in_full(self):
        self.assertRefused("Tuple[int, int]", [1], "v: Tuple should have 2 items, not 1")

    def test_no_validation_when_the_flow_says_so(self):
        outcome = self.run_flow(
            "from prefect import flow\n@flow(validate_parameters=False)\ndef go(a: int): print(repr(a))\n",
            parameters={"a": "x"},
        )
        self.assertEqual(outcome.prints(), ["'x'"])

    def test_positional_only_and_keyword_only(self):
        self.assertEqual(self.values("a, /, b, *, c", a=1, b=2, c=3).prints(), ["(1, 2, 3)"])


if __name__ == "__main__":
    unittest.main()
