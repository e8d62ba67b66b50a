"""A flow's parameters as the JSON schema that Prefect 3 makes of a signature."""

import dataclasses
import datetime
import decimal
import ipaddress
import pathlib
import re
import typing
import uuid
from typing import Any, Callable, Dict, List, Optional

from .annotations import (
    LISTS,
    MAPPINGS,
    NO_DEFAULT,
    SETS,
    UNKNOWN,
    class_hints,
    is_enum,
    is_named_tuple,
    is_pydantic_model,
    is_typed_dict,
    is_union,
    origin_and_arguments,
    parameters_of,
    without_metadata,
)
from .docstrings import parameter_descriptions
from .jsonable import NotJson, to_json

Schema = Dict[str, Any]

SIMPLE_TYPES: Dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    None: {"type": "null"},
    bytes: {"type": "string", "format": "binary"},
    datetime.datetime: {"type": "string", "format": "date-time"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.time: {"type": "string", "format": "time"},
    datetime.timedelta: {"type": "string", "format": "duration"},
    uuid.UUID: {"type": "string", "format": "uuid"},
    decimal.Decimal: {"anyOf": [{"type": "number"}, {"type": "string"}]},
    re.Pattern: {"type": "string", "format": "regex"},
    ipaddress.IPv4Address: {"type": "string", "format": "ipv4"},
    ipaddress.IPv6Address: {"type": "string", "format": "ipv6"},
}


def parameter_schema(function: Callable) -> Schema:
    """The schema of everything the function can be called with."""
    definitions: Dict[str, Schema] = {}
    descriptions = parameter_descriptions(function.__doc__)
    properties: Dict[str, Schema] = {}
    required: List[str] = []
    for position, parameter in enumerate(parameters_of(function)):
        entry: Schema = {"title": parameter.name, "position": position}
        entry.update(schema_of(parameter.annotation, definitions))
        if parameter.required:
            required.append(parameter.name)
        elif not parameter.variadic:
            add_default(entry, parameter.default)
        if parameter.name in descriptions:
            entry["description"] = descriptions[parameter.name]
        properties[parameter.name] = entry
    schema: Schema = {"title": "Parameters", "type": "object", "properties": properties}
    if required:
        schema["required"] = required
    if definitions:
        schema["definitions"] = dict(sorted(definitions.items()))
    return schema


def add_default(entry: Schema, default: Any) -> None:
    """A default without a JSON form is left out; the parameter stays optional."""
    try:
        entry["default"] = to_json(default)
    except (NotJson, TypeError, ValueError):
        pass


def schema_of(annotation: Any, definitions: Dict[str, Schema]) -> Schema:
    """One annotation; anything unknown allows every value."""
    annotation = without_metadata(annotation)
    try:
        if annotation in SIMPLE_TYPES:
            return dict(SIMPLE_TYPES[annotation])
    except TypeError:  # an unhashable annotation is none that we know
        return {}
    if annotation is UNKNOWN or annotation is Any:
        return {}
    if is_union(annotation):
        choices = sorted(typing.get_args(annotation), key=lambda each: each is type(None))
        return {"anyOf": [schema_of(each, definitions) for each in choices]}
    origin, arguments = origin_and_arguments(annotation)
    if origin is typing.Literal:
        return literal_schema(arguments)
    if isinstance(annotation, type) and not arguments:
        named = class_schema(annotation, definitions)
        if named is not None:
            return named
    return container_schema(origin, arguments, definitions)


def container_schema(origin: Any, arguments: Any, definitions: Dict[str, Schema]) -> Schema:
    """Lists, sets, mappings, tuples and other generic types."""
    if origin in LISTS:
        return {"type": "array", "items": schema_of(first_of(arguments), definitions)}
    if origin is re.Pattern:
        return dict(SIMPLE_TYPES[origin])
    if origin in SETS:
        items = schema_of(first_of(arguments), definitions)
        return {"type": "array", "items": items, "uniqueItems": True}
    if origin in MAPPINGS:
        values = schema_of(arguments[1], definitions) if len(arguments) == 2 else {}
        return {"type": "object", "additionalProperties": values or True}
    if origin is tuple:
        if not arguments or arguments[-1] is Ellipsis:
            return {"type": "array", "items": schema_of(first_of(arguments), definitions)}
        items = [schema_of(each, definitions) for each in arguments if each != ()]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    return {}


def first_of(arguments: Any) -> Any:
    """The item type; a type variable says nothing about the items."""
    if not arguments or isinstance(arguments[0], typing.TypeVar):
        return UNKNOWN
    return arguments[0]


def literal_schema(values: Any) -> Schema:
    """One value is a constant, several are an enumeration."""
    plain = [to_json(value) for value in values]
    schema: Schema = {"const": plain[0]} if len(plain) == 1 else {"enum": plain}
    return with_common_type(schema, plain)


def with_common_type(schema: Schema, values: List[Any]) -> Schema:
    """Adds the type that all values share, if they do."""
    kinds = {type(value) for value in values}
    if len(kinds) == 1:
        schema.update(SIMPLE_TYPES.get(kinds.pop(), {}))
    return schema


def class_schema(annotation: type, definitions: Dict[str, Schema]) -> Optional[Schema]:
    """Classes with fields or members become definitions; None for classes without a schema."""
    if issubclass(annotation, pathlib.PurePath):
        return {"type": "string", "format": "path"}
    if is_pydantic_model(annotation):
        return pydantic_schema(annotation, definitions)
    if is_enum(annotation):
        values = [to_json(member.value) for member in annotation]
        body = with_common_type({"title": annotation.__name__, "enum": values}, values)
    elif dataclasses.is_dataclass(annotation) or is_typed_dict(annotation) or is_named_tuple(annotation):
        body = {}
    else:
        return None
    name = annotation.__name__
    if name not in definitions:
        definitions[name] = body  # before its fields, which may refer to it
        if not body:
            body.update(fields_schema(annotation, definitions))
    return {"$ref": f"#/definitions/{name}"}


def fields_schema(annotation: type, definitions: Dict[str, Schema]) -> Schema:
    """The body of a dataclass, TypedDict or NamedTuple."""
    fields = {}
    for name, hint in class_hints(annotation).items():
        fields[name] = {"title": name.replace("_", " ").title(), **schema_of(hint, definitions)}
    defaults = field_defaults(annotation)
    for name, default in defaults.items():
        if name in fields and default is not NO_DEFAULT:
            add_default(fields[name], default)
    if is_named_tuple(annotation):
        items = list(fields.values())
        least = len(items) - len(defaults)
        return {"type": "array", "prefixItems": items, "minItems": least, "maxItems": len(items)}
    required = [name for name in fields if name not in defaults]
    body: Schema = {"title": annotation.__name__, "type": "object", "properties": fields}
    if required:
        body["required"] = required
    return body


def field_defaults(annotation: type) -> Dict[str, Any]:
    """Fields that may be left out; NO_DEFAULT where the default is made at run time."""
    if dataclasses.is_dataclass(annotation):
        return {
            field.name: NO_DEFAULT if field.default is dataclasses.MISSING else field.default
            for field in dataclasses.fields(annotation)
            if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        }
    if is_named_tuple(annotation):
        return dict(annotation._field_defaults)
    return {name: NO_DEFAULT for name in getattr(annotation, "__optional_keys__", ())}


def pydantic_schema(annotation: Any, definitions: Dict[str, Schema]) -> Schema:
    """The model's own schema, its parts moved to our definitions."""
    template = "#/definitions/{model}"
    if hasattr(annotation, "model_json_schema"):
        body = annotation.model_json_schema(ref_template=template)
    else:
        body = annotation.schema(ref_template=template)
    for part in ("$defs", "definitions"):
        definitions.update(body.pop(part, {}))
    name = annotation.__name__
    if "$ref" not in body:
        definitions[name] = body
    return {"$ref": f"#/definitions/{name}"}
