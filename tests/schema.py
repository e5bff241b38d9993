"""As much of JSON Schema 2020-12 as docs/export.schema.json uses; a word it does not know fails."""

import re
from collections.abc import Mapping
from typing import Any

TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,),
    "null": (type(None),),
}  # fmt: skip
SAID_ONLY = {"$schema", "$defs", "title", "description"}


def faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = ""
) -> list[str]:
    """What is wrong with a value, each with where it stands."""
    found: list[str] = []
    for word, says in schema.items():
        match word:
            case "$ref":
                found += faults(value, root["$defs"][says.rpartition("/")[2]], root, at)
            case "const":
                found += [f"{at}: is not {says}"] * (value != says)
            case "enum":
                found += [f"{at}: none of {says}"] * (value not in says)
            case "anyOf":
                tries = [faults(value, one, root, at) for one in says]
                found += [] if any(not one for one in tries) else min(tries, key=len)
            case "type":
                kinds = [says] if isinstance(says, str) else says
                right = any(isinstance(value, TYPES[kind]) for kind in kinds)
                right = right and not (isinstance(value, bool) and "boolean" not in kinds)
                found += [] if right else [f"{at}: no {says}"]
            case "pattern":
                found += [f"{at}: not {says}"] * (re.search(says, str(value)) is None)
            case "minimum":
                found += [f"{at}: less than {says}"] * (value < says)
            case "required":
                if isinstance(value, dict):
                    found += [f"{at}.{name}: missing" for name in says if name not in value]
            case "additionalProperties":
                known = schema["properties"] if says is False else value
                if isinstance(value, dict):
                    found += [f"{at}.{name}: not listed" for name in value if name not in known]
            case "properties":
                for name, one in says.items():
                    if isinstance(value, dict) and name in value:
                        found += faults(value[name], one, root, f"{at}.{name}")
            case "items":
                for n, one in enumerate(value if isinstance(value, list) else []):
                    found += faults(one, says, root, f"{at}[{n}]")
            case _:
                assert word in SAID_ONLY, f"{word} is not read"
    return found
