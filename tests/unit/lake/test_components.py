"""Connected components, as Spark computes them, beside the ones of a walk from record to record."""

import random

from orchestration.lib.lake.components import components_of_links


def walked(links: list[tuple[str, str]]) -> dict[str, str]:
    neighbours: dict[str, set[str]] = {}
    for left, right in links:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    found: dict[str, str] = {}
    for start in sorted(neighbours):
        waiting = [start]
        while waiting:
            record = waiting.pop()
            if record not in found:
                found[record] = start
                waiting += neighbours[record]
    return found


def test_chains_cycles_and_pairs() -> None:
    links = [("b", "a"), ("c", "b"), ("z", "y"), ("y", "x"), ("x", "z"), ("ä", "Z"), ("q", "q")]
    expected = {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x", "z": "x", "Z": "Z", "ä": "Z", "q": "q"}
    assert dict(components_of_links(*map(list, zip(*links, strict=True)))) == expected


def test_no_links() -> None:
    assert components_of_links([], []) == []


def test_random_links_as_they_are_walked() -> None:
    drawn = random.Random(20260101)
    for size in (5, 50, 500):
        links = [(f"r{drawn.randrange(size)}", f"r{drawn.randrange(size)}") for _ in range(size // 2)]
        assert dict(components_of_links(*map(list, zip(*links, strict=True)))) == walked(links)
