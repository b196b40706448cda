"""Compares a pass with what the story expects of it: nothing missing, nothing unexpected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.scenarios.scenario_file import Json
from tests.stories.stage import Card, Seen
from tests.stories.story_file import Expected, Matter, Moment, Story

UNRESOLVED = ("failed", "undeliverable", "unclear")

Finding = dict[str, Any]


class Judge:
    """Knows the story's matters and every finding of the reports so far, by id."""

    def __init__(self, story: Story) -> None:
        self._matters = story.matters
        self._secrets = story.secrets
        self._findings: dict[str, Finding] = {}
        self._sent: set[tuple[str, str]] = set()

    def faults(self, moment: Moment, seen: Seen) -> list[str]:
        """Return a line for each difference."""
        self._findings |= {one["id"]: one for one in seen.report["findings"]}
        return [
            *self._line_faults(moment.expect, seen.report["messages"]),
            *_arrival_faults(moment.expect, seen),
            *_card_faults(moment, seen),
            *self._rule_faults(seen),
        ]

    def _line_faults(self, expected: Sequence[Expected], lines: Iterable[Json]) -> Iterator[str]:
        left = list(lines)
        for one in expected:
            match = next((line for line in left if self._fits(one, line)), None)
            if match is None:
                yield f"missing: {self._say(one)}"
            else:
                left.remove(match)
        yield from (f"unexpected: {self._say_line(line)}" for line in left)

    def _fits(self, expected: Expected, line: Json) -> bool:
        same = (line["to"], line["kind"], line["state"]) == (expected.to, expected.kind, expected.state)
        channel = line["channel"] == expected.by or expected.state != "sent"
        reason = bool(line["reason"]) is (expected.state != "sent")
        return same and channel and reason and self._same_matters(expected.about, line["findings"])

    def _same_matters(self, about: Iterable[str], ids: Iterable[str]) -> bool:
        left = [self._findings.get(one, {}) for one in ids]
        matters = sorted((self._matters[name] for name in about), key=lambda matter: matter.dates is None)
        for matter in matters:
            match = next((finding for finding in left if speaks_of(matter, finding)), None)
            if match is None:
                return False
            left.remove(match)
        return not left

    def _rule_faults(self, seen: Seen) -> Iterator[str]:
        """What holds of every pass, whatever the story."""
        recipients = Counter(one.to for one in seen.arrivals)
        yield from (f"{to} got {count} messages in one run" for to, count in recipients.items() if count > 1)
        lines = seen.report["messages"]
        sent = [(line["id"], line["to"]) for line in lines if line["state"] == "sent"]
        yield from (f"message {name} to {to} was sent twice" for name, to in sent if (name, to) in self._sent)
        self._sent |= set(sent)
        exit_code = 1 if any(line["state"] in UNRESOLVED for line in lines) else 0
        if seen.exit_code != exit_code:
            yield f"exit {seen.exit_code}, not {exit_code}"
        texts = [str(seen.report), *(one.text for one in seen.arrivals)]
        yield from (f"{word!r} was let out" for word in self._secrets for text in texts if word in text)
        if seen.idle:
            yield f"{seen.idle} cards were sent again without any change"

    def _say(self, one: Expected) -> str:
        about = [_say_matter(self._matters[name]) for name in one.about]
        notes = [one.why] if one.why else []
        notes += [f"UNSURE: {one.unsure}"] if one.unsure else []
        return f"{one.state} {one.kind} to {one.to} by {one.by} about {about} {' · '.join(notes)}".rstrip()

    def _say_line(self, line: Json) -> str:
        about = [_say_finding(one, self._findings) for one in line["findings"]]
        reason = f" because {line['reason']}" if line["reason"] else ""
        return f"{line['state']} {line['kind']} to {line['to']} by {line['channel']} about {about}{reason}"


def speaks_of(matter: Matter, finding: Mapping[str, Any]) -> bool:
    """Say whether this is the finding that the matter is."""
    if not finding or matter.rule != finding["rule"] or matter.person != finding["person"]:
        return False
    same_team = matter.team is None or matter.team == finding["team"]
    return same_team and (matter.dates is None or sorted(map(str, matter.dates)) == sorted(finding["dates"]))


def _arrival_faults(expected: Iterable[Expected], seen: Seen) -> Iterator[str]:
    wanted: Counter[tuple[str, str]] = Counter((one.by, one.to) for one in expected if one.comes_in)
    arrived = Counter((one.channel, one.to) for one in seen.arrivals)
    yield from (f"nothing arrived by {by} at {to}" for by, to in (wanted - arrived).elements())
    yield from (f"something arrived by {by} at {to}" for by, to in (arrived - wanted).elements())


def _card_faults(moment: Moment, seen: Seen) -> Iterator[str]:
    open_points = {Card(one.to, one.sent): one.unsure for one in moment.changed}
    wanted = Counter(Card(one.to, one.sent) for one in moment.changed)
    changed = Counter(seen.changed)
    for card in (wanted - changed).elements():
        note = f" UNSURE: {open_points[card]}" if open_points[card] else ""
        yield f"not changed: the card that {card.to} got at {card.sent:%a %d %b %H:%M}{note}"
    for card in (changed - wanted).elements():
        yield f"changed: the card that {card.to} got at {card.sent:%a %d %b %H:%M}"


def _say_matter(matter: Matter) -> str:
    dates = "" if matter.dates is None else f" {' '.join(map(str, matter.dates))}"
    return f"{matter.rule} {matter.person or matter.team}{dates}"


def _say_finding(name: str, findings: Mapping[str, Finding]) -> str:
    finding = findings.get(name)
    if finding is None:
        return f"a finding of no report, {name}"
    whom = finding["person"] or finding["team"]
    return f"{finding['rule']} {whom} {' '.join(finding['dates'])} ({finding['status']})"
