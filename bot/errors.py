"""The few errors that stop a pass. Each says what the user can do; none carries a secret or a subject."""

from __future__ import annotations

from collections.abc import Sequence


class HjemmedagError(Exception):
    """Base of all errors that a user is shown without a traceback."""


class WrongConfiguration(HjemmedagError):  # noqa: N818
    """Something the user must mend before anything is done: settings, register, credentials. Exit 2.

    ``faults`` holds every fault that was found, each a sentence saying where it is and what to do.
    """

    def __init__(self, heading: str, faults: Sequence[str]) -> None:
        super().__init__(heading, *faults)
        self.heading = heading
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([self.heading, *(f"  - {fault}" for fault in self.faults)])


class ServiceDown(HjemmedagError):  # noqa: N818
    """A service the pass cannot do without is not answering. Exit 3, safe to repeat."""


class OutOfTime(HjemmedagError):  # noqa: N818
    """The wait that was asked for would outlast the pass. Nothing was sent. The next pass tries again."""


class Busy(HjemmedagError):  # noqa: N818
    """Another pass is under way on the same database. Exit 3, safe to repeat."""
