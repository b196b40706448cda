"""The measurement of the store asks for everything that was put in, on every database there is."""

from __future__ import annotations

from benchmarks.kept_year import Size
from benchmarks.store import stores

SMALL = Size(people=20, days=60, findings=90, standing=40, messages=50)


def test_every_question_is_timed_on_every_database_there_is() -> None:
    asked = {one.operation: one for one in stores(SMALL)}
    assert asked["load who was told what"].rows == 150
    assert asked["load the days before the window"].rows == 20 * 16
    assert all(one.sqlite > 0 for one in asked.values())
    assert len({one.postgresql is None for one in asked.values()}) == 1
