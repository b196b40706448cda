"""The parts of ``make bench``: each measures, and gives its text for the page and the targets it tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from benchmarks import held_back, region_tables, tables, targets
from benchmarks.detection import TO_DAYS, detection
from benchmarks.measure import Rate
from benchmarks.postgresql import NoServerError
from benchmarks.reading import DECODED, LIMIT, ONE_CALL_EACH, OURS, TYPED, reading
from benchmarks.rules import GROWING, rules
from benchmarks.sending import sending
from benchmarks.sharing import sharing
from benchmarks.start import starts
from benchmarks.store import stores
from benchmarks.targets import Target
from benchmarks.whole_pass import whole_passes


@dataclass(frozen=True, slots=True)
class Measured:
    """What a part has found; ``profile`` tells what takes longest, should a target be missed."""

    text: str
    targets: tuple[Target, ...] = ()
    profile: Callable[[], str] | None = None

    def explained(self) -> str:
        """Return the text, and where a target was missed what holds it back."""
        missed = [target for target in self.targets if not target.met]
        return f"{self.text}\n\n{self.profile()}" if missed and self.profile else self.text


def start_part(now: datetime) -> Measured:
    """Measure the start of the command."""
    command, nothing = starts()
    text = region_tables.start_text((command, nothing), now)
    return Measured(text, targets.of_start(command), held_back.starting)


def reading_part(now: datetime) -> Measured:
    """Measure six ways of reading."""
    readings = reading()
    by_way = {one.way: one for one in readings}
    found = targets.of_reading(*(by_way[way] for way in (TYPED, ONE_CALL_EACH, OURS, DECODED, LIMIT)))
    return Measured(region_tables.reading_text(readings, now), found, held_back.reading)


def detection_part(now: datetime) -> Measured:
    """Measure the way from a page to days."""
    return Measured(tables.detection_text(_detection(), now))


def rules_part(now: datetime) -> Measured:
    """Measure judging the days."""
    judged = rules()
    to_days = next(rate for rate in _detection() if rate.name == TO_DAYS)
    growing = {one.people: one for one in judged if one.profile == GROWING}
    most = growing[max(growing)]
    seconds = tables.from_page_to_finding(most, to_days)
    text = tables.rules_text(judged, to_days, now)
    return Measured(text, targets.of_rules(seconds, most, growing[most.people // 10]), held_back.judging_days)


def whole_pass_part(now: datetime) -> Measured:
    """Measure whole passes."""
    passes = tuple(whole_passes())
    return Measured(
        region_tables.whole_pass_text(passes, now), targets.of_whole_pass(passes), held_back.whole_pass
    )


def sharing_part(now: datetime) -> Measured:
    """Measure workers that share a pass, where there is a PostgreSQL server."""
    try:
        return Measured(region_tables.sharing_text(sharing(), now))
    except NoServerError as reason:
        return Measured(region_tables.not_shared_text(str(reason)))


def store_part(now: datetime) -> Measured:
    """Measure the database after a year of passes."""
    return Measured(region_tables.store_text(stores(), now))


def sending_part(now: datetime) -> Measured:
    """Measure sending."""
    return Measured(tables.sending_text(sending(), now))


@cache
def _detection() -> tuple[Rate, ...]:
    """Measure detection once for the two parts that tell of it."""
    return detection()


PARTS: Mapping[str, Callable[[datetime], Measured]] = {
    "start": start_part,
    "reading": reading_part,
    "detection": detection_part,
    "rules": rules_part,
    "whole-pass": whole_pass_part,
    "sharing": sharing_part,
    "store": store_part,
    "sending": sending_part,
}
