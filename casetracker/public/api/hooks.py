"""What is done to the OpenAPI description once it is made."""

from typing import Any


def drop_enum_ids(result: Any, **_kwargs: Any) -> Any:
    """Remove the marks by which drf-spectacular would give lists of codes made-up names."""
    if isinstance(result, dict):
        return {key: drop_enum_ids(value) for key, value in result.items() if key != "x-spec-enum-id"}
    return [drop_enum_ids(value) for value in result] if isinstance(result, list) else result
