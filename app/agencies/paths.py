"""The path of a unit: the ids from its root to itself, `/1/4/9/`. Pure."""


def way_of(path: str) -> list[int]:
    """The ids on the way down, the unit's own last."""
    return [int(part) for part in path.strip("/").split("/")]
