"""Hold a JSON value against a schema of the vendor's OpenAPI files (3.1, "generation B").

Knows what those files use and nothing else. `oneOf` counts as `anyOf`: their alternatives overlap. Patterns
with Unicode classes are left out: Python's `re` does not know them.
"""

import json
import re
from collections import abc
from pathlib import Path

Schema = abc.Mapping[str, object]
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
    "null": type(None),
}


class OpenApi:
    """One of the files."""

    def __init__(self, path: Path) -> None:
        self._told = json.loads(path.read_text("utf-8"))

    def answer(self, path: str, method: str, status: int) -> Schema:
        """Give the schema of an answer's JSON body."""
        response = self._told["paths"][path][method]["responses"][str(status)]
        return self.resolved(response)["content"]["application/json"]["schema"]

    def resolved(self, schema: Schema) -> Schema:
        """Follow a reference inside the file."""
        while "$ref" in schema:
            found = self._told
            for step in str(schema["$ref"]).removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def problems(self, value: object, schema: Schema, at: str = "$") -> list[str]:
        """Say what is wrong with a value; nothing where it fits."""
        schema = self.resolved(schema)
        told = _plain_problems(value, schema, at)
        for part in schema.get("allOf", ()):
            told += self.problems(value, part, at)
        choices = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
        if choices:
            tried = [self.problems(value, choice, at) for choice in choices]
            if all(tried):
                told.append(f"{at}: fits none of {len(choices)}, nearest: {min(tried, key=len)[:3]}")
        if isinstance(value, dict):
            told += self._object(value, schema, at)
        if isinstance(value, list) and isinstance(schema.get("items"), dict):
            for number, item in enumerate(value):
                told += self.problems(item, schema["items"], f"{at}[{number}]")
        return told

    def _object(self, value: dict[str, object], schema: Schema, at: str) -> list[str]:
        properties = schema.get("properties", {})
        told = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        for name, one in value.items():
            if name in properties:
                told += self.problems(one, properties[name], f"{at}.{name}")
            elif schema.get("additionalProperties") is False:
                told.append(f"{at}: {name} is not known")
        return told


def _plain_problems(value: object, schema: Schema, at: str) -> list[str]:
    kinds = schema.get("type")
    if kinds is not None:
        names = kinds if isinstance(kinds, list) else [kinds]
        if not any(_is(value, str(name)) for name in names):
            return [f"{at}: {value!r} is no {kinds}"]
    told = []
    if "enum" in schema and value not in schema["enum"]:
        told.append(f"{at}: {value!r} is none of {schema['enum']}")
    pattern = schema.get("pattern")
    if (
        isinstance(value, str)
        and isinstance(pattern, str)
        and "\\p{" not in pattern
        and not re.search(pattern, value)
    ):
        told.append(f"{at}: {value!r} does not match {pattern}")
    size = len(value) if isinstance(value, str | list) else None
    for name, fits in (("maxLength", int.__le__), ("maxItems", int.__le__), ("minItems", int.__ge__)):
        if size is not None and name in schema and not fits(size, schema[name]):
            told.append(f"{at}: {size} against {name} {schema[name]}")
    return told


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])
