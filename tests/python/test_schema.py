"""The parameter schema: the shape that Prefect 3 gives the same signature."""

import unittest

from support import BridgeTest

IMPORTS = """
from __future__ import annotations
import datetime, decimal, pathlib, re, uuid
from typing import Pattern
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import *
from prefect import flow
"""


class ParameterSchema(BridgeTest):
    def schema(self, signature, before="", docstring=""):
        source = f'{IMPORTS}\n{before}\n@flow\ndef go({signature}):\n    """{docstring}"""\n'
        report = self.inspect(source, "go")
        self.assertIsNone(report["error"])
        return report["flows"][0]["parameter_schema"]

    def kinds(self, signature, before=""):
        """Property schemas without title and position."""
        properties = self.schema(signature, before)["properties"]
        return {
            name: {key: value for key, value in entry.items() if key not in ("title", "position")}
            for name, entry in properties.items()
        }

    def test_frame(self):
        self.assertEqual(
            self.schema("who: str, times: int = 3"),
            {
                "title": "Parameters",
                "type": "object",
                "properties": {
                    "who": {"title": "who", "position": 0, "type": "string"},
                    "times": {"title": "times", "position": 1, "type": "integer", "default": 3},
                },
                "required": ["who"],
            },
        )

    def test_no_parameters(self):
        self.assertEqual(self.schema(""), {"title": "Parameters", "type": "object", "properties": {}})

    def test_scalars(self):
        self.assertEqual(
            self.kinds("a: str, b: int, c: float, d: bool, e: None, f, g: Any, h: object, i: bytes"),
            {
                "a": {"type": "string"},
                "b": {"type": "integer"},
                "c": {"type": "number"},
                "d": {"type": "boolean"},
                "e": {"type": "null"},
                "f": {},
                "g": {},
                "h": {},
                "i": {"type": "string", "format": "binary"},
            },
        )

    def test_optional_and_union(self):
        self.assertEqual(
            self.kinds("a: Optional[int] = None, b: Union[int, str] = 1, c: Union[int, None, list] = 1"),
            {
                "a": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
                "b": {"anyOf": [{"type": "integer"}, {"type": "string"}], "default": 1},
                "c": {
                    "anyOf": [{"type": "integer"}, {"type": "array", "items": {}}, {"type": "null"}],
                    "default": 1,
                },
            },
        )

    def test_containers(self):
        self.assertEqual(
            self.kinds(
                "a: List[int], b: list, c: Dict[str, float], d: dict, e: Dict[str, Any], "
                "f: Tuple[int, str], g: Tuple[int, ...], h: Set[str] = {'b', 'a'}, i: List[List[bool]] = []"
            ),
            {
                "a": {"type": "array", "items": {"type": "integer"}},
                "b": {"type": "array", "items": {}},
                "c": {"type": "object", "additionalProperties": {"type": "number"}},
                "d": {"type": "object", "additionalProperties": True},
                "e": {"type": "object", "additionalProperties": True},
                "f": {
                    "type": "array",
                    "prefixItems": [{"type": "integer"}, {"type": "string"}],
                    "minItems": 2,
                    "maxItems": 2,
                },
                "g": {"type": "array", "items": {"type": "integer"}},
                "h": {
                    "type": "array",
                    "items": {"type": "string"},
                    "uniqueItems": True,
                    "default": ["a", "b"],
                },
                "i": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "boolean"}},
                    "default": [],
                },
            },
        )

    def test_values_written_as_text(self):
        kinds = self.kinds(
            "a: datetime.datetime = datetime.datetime(2030, 1, 1), b: datetime.date = datetime.date(2030, 1, 2), "
            "c: datetime.time = datetime.time(6, 30), d: datetime.timedelta = datetime.timedelta(minutes=5), "
            "e: pathlib.Path = pathlib.Path('out'), f: uuid.UUID = uuid.UUID(int=1), g: Pattern = re.compile('x')"
        )
        self.assertEqual(
            {name: (kind["format"], kind["default"]) for name, kind in kinds.items()},
            {
                "a": ("date-time", "2030-01-01T00:00:00"),
                "b": ("date", "2030-01-02"),
                "c": ("time", "06:30:00"),
                "d": ("duration", "PT5M"),
                "e": ("path", "out"),
                "f": ("uuid", "00000000-0000-0000-0000-000000000001"),
                "g": ("regex", "x"),
            },
        )
        self.assertEqual({kind["type"] for kind in kinds.values()}, {"string"})

    def test_literals(self):
        self.assertEqual(
            self.kinds(
                "a: Literal['x', 'y'] = 'x', b: Literal[1, 2] = 1, c: Literal['only'] = 'only', d: Literal['x', 7] = 7"
            ),
            {
                "a": {"enum": ["x", "y"], "type": "string", "default": "x"},
                "b": {"enum": [1, 2], "type": "integer", "default": 1},
                "c": {"const": "only", "type": "string", "default": "only"},
                "d": {"enum": ["x", 7], "default": 7},
            },
        )

    def test_enumerations_become_definitions(self):
        schema = self.schema(
            "size: Size = Size.SMALL, level: Level = Level.HIGH",
            "class Size(Enum):\n    SMALL = 'small'\n    LARGE = 'large'\n"
            "class Level(IntEnum):\n    LOW = 1\n    HIGH = 3\n",
        )
        self.assertEqual(
            schema["definitions"],
            {
                "Level": {"title": "Level", "enum": [1, 3], "type": "integer"},
                "Size": {"title": "Size", "enum": ["small", "large"], "type": "string"},
            },
        )
        self.assertEqual(schema["properties"]["size"]["$ref"], "#/definitions/Size")
        self.assertEqual(schema["properties"]["level"]["default"], 3)

    def test_classes_with_fields_become_definitions(self):
        schema = self.schema(
            "point: Point, movie: Movie, pair: Pair = Pair(1)",
            "@dataclass\nclass Point:\n    x: int\n    y_pos: int = 0\n    tags: list = field(default_factory=list)\n"
            "    nearest: Optional[Point] = None\n"
            "class Movie(TypedDict):\n    title: str\n    year: int\n"
            "class Pair(NamedTuple):\n    left: int\n    right: str = 'r'\n",
        )
        definitions = schema["definitions"]
        self.assertEqual(definitions["Point"]["required"], ["x"])
        self.assertEqual(
            definitions["Point"]["properties"]["y_pos"], {"title": "Y Pos", "type": "integer", "default": 0}
        )
        self.assertEqual(
            definitions["Point"]["properties"]["nearest"]["anyOf"][0], {"$ref": "#/definitions/Point"}
        )
        self.assertEqual(definitions["Movie"]["required"], ["title", "year"])
        self.assertEqual(definitions["Pair"]["minItems"], 1)
        self.assertEqual(schema["properties"]["pair"]["default"], [1, "r"])
        self.assertEqual(schema["required"], ["point", "movie"])

    def test_default_without_a_json_form_is_left_out(self):
        schema = self.schema("a=object(), b: Callable = print, c=float('inf')")
        self.assertNotIn("required", schema)
        self.assertNotIn("default", schema["properties"]["a"])
        self.assertNotIn("default", schema["properties"]["b"])
        self.assertEqual(schema["properties"]["c"]["default"], "inf")

    def test_annotation_that_cannot_be_evaluated_spoils_only_itself(self):
        self.assertEqual(self.kinds("a: Missing, b: int"), {"a": {}, "b": {"type": "integer"}})

    def test_variadic_parameters_are_optional(self):
        schema = self.schema("first, *numbers: int, **labels: str")
        self.assertEqual(schema["required"], ["first"])
        self.assertEqual(list(schema["properties"]), ["first", "numbers", "labels"])

    def test_descriptions_from_the_docstring(self):
        schema = self.schema(
            "region: str, year: int = 2026, note: str = ''",
            docstring="Reports.\n\n    Args:\n        region: Where the shops are;\n            or were.\n"
            "        year (int): Four digits.\n        ghost: Not there.\n\n    Returns:\n        note: no.\n    ",
        )
        self.assertEqual(
            [entry.get("description") for entry in schema["properties"].values()],
            ["Where the shops are;\nor were.", "Four digits.", None],
        )


if __name__ == "__main__":
    unittest.main()
