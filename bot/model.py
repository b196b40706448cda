"""The words of the product as frozen values: the register, a calendar, a day, a finding, a message.

Dates are civil dates in the organisation's time zone; instants are aware datetimes.
A portion is a share of the person's working hours of that day, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum

# --- the register: who has agreed on what -------------------------------------------------------


class Weekday(IntEnum):
    """Days of the week, numbered as ``date.weekday()`` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Weeks(StrEnum):
    """Which ISO weeks a fixed day holds in. 2026-W53 and 2027-W01 are both odd."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


class Approval(StrEnum):
    """Who says yes to an ad hoc home day: the leader, on record, or the employee after an oral word."""

    LEADER = "leader"
    SELF = "self"


class Permission(StrEnum):
    """What a team has decided; unset is None, never one of these."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"


class ExceptionKind(StrEnum):
    """What leader and employee settled for a single date. CONTRACT: "Kinds of exception"."""

    APPROVED = "approved"
    CANCELLED = "cancelled"
    SWAPPED = "swapped"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of dates, both ends included; an open end is None."""

    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: Period) -> bool:
        """Whether the two have a date in common."""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )


@dataclass(frozen=True, slots=True)
class ExtraordinaryPeriod:
    """A time (a lockdown, a flood) in which the rules on agreements and patterns rest."""

    period: Period
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The employer. ``policy`` is a profile id; ``timezone`` an IANA name; ``language`` da or en.

    ``home_categories`` and ``home_words`` add the organisation's own names to the vocabulary.
    """

    name: str
    policy: str
    timezone: str | None = None
    language: str | None = None
    domains: tuple[str, ...] = ()
    car_resources: tuple[str, ...] = ()
    hr_contact: str | None = None
    closing_days: frozenset[date] = frozenset()
    extraordinary_periods: tuple[ExtraordinaryPeriod, ...] = ()
    home_categories: tuple[str, ...] = ()
    home_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A day when all of a team are at the workplace: a weekday (in some weeks, for a period) or one date."""

    weekday: Weekday | None = None
    weeks: Weeks = Weeks.ALL
    on: date | None = None
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class LocalAgreement:
    """What a workplace and a union have agreed on recurring home work, for one personnel group or all."""

    reference: str
    period: Period
    review_on: date | None = None
    personnel_group: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team and what it has settled. People are named by user principal name, in lower case."""

    id: str
    name: str
    leader: str
    deputy: str | None = None
    representative: str | None = None
    team_days: tuple[TeamDay, ...] = ()
    min_on_site: int | None = None
    approval: Approval = Approval.SELF
    child_sick_day: Permission | None = None
    replacement_day: Permission | None = None
    home_work_possible: bool = True
    med_discussed_on: date | None = None
    frames_decided_on: date | None = None
    discussed_on: date | None = None
    apv_covers_home_on: date | None = None
    local_agreements: tuple[LocalAgreement, ...] = ()
    values: Mapping[str, bool | int | float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkHours:
    """The daily working hours, the same every work day."""

    start: time = time(8)
    end: time = time(16)

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


MONDAY_TO_FRIDAY = frozenset(
    {Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY}
)


@dataclass(frozen=True, slots=True)
class Person:
    """An employee; ``id`` is the user principal name in lower case."""

    id: str
    name: str
    team: str
    work_days: frozenset[Weekday] = MONDAY_TO_FRIDAY
    work_hours: WorkHours = field(default_factory=WorkHours)
    tasks_suited: bool = True
    tasks_reason: str | None = None
    apv_completed_on: date | None = None
    workstation_checked_on: date | None = None
    workstation_safe: bool | None = None
    personnel_group: str | None = None
    employment_starts_on: date | None = None
    employment_ends_on: date | None = None
    home_work_condition_of_employment: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Which dates fixed home days fall on. No weekday at all means freely placed.

    At most one of ``weeks`` (odd, even), ``every_weeks`` counted from ``first_date``, and ``nth`` (the
    n-th such weekday of the month) narrows the weekdays down.
    """

    weekdays: frozenset[Weekday] = frozenset()
    weeks: Weeks = Weeks.ALL
    every_weeks: int | None = None
    first_date: date | None = None
    nth: int | None = None

    @property
    def free(self) -> bool:
        """Whether the days are placed freely."""
        return not self.weekdays


@dataclass(frozen=True, slots=True)
class Equipment:
    """A thing lent for home work."""

    item: str
    lent_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The individual agreement on recurring home work (the fields of Nyborg's Bilag 1)."""

    person: str
    period: Period
    days_per_week: float | None = None
    placement: Placement = field(default_factory=Placement)
    availability_hours: str | None = None
    phone: str | None = None
    tasks: tuple[str, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    other_terms: str = ""
    filed_on: date | None = None
    signed_by_employee_on: date | None = None
    signed_by_leader_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class DayException:
    """What was settled for one date of one person; ``to`` only for a swap."""

    person: str
    day: date
    kind: ExceptionKind
    to: date | None = None
    by: str | None = None
    note: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the organisation has registered, checked and whole."""

    organisation: Organisation
    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    agreements: tuple[Agreement, ...] = ()
    exceptions: tuple[DayException, ...] = ()


# --- the calendar: what people wrote ---------------------------------------------------------------


class FreeBusy(StrEnum):
    """How an entry shows in the calendar."""

    UNKNOWN = "unknown"
    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OUT_OF_OFFICE = "oof"
    WORKING_ELSEWHERE = "workingElsewhere"


class Response(StrEnum):
    """What the owner answered to an invitation; NONE and ORGANIZER are the owner's own entries."""

    NONE = "none"
    ORGANIZER = "organizer"
    ACCEPTED = "accepted"
    TENTATIVE = "tentativelyAccepted"
    DECLINED = "declined"
    NOT_RESPONDED = "notResponded"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry, or one occurrence of a series, in one mailbox, times in the organisation's zone.

    ``start`` and ``end`` are naive local times; an all-day entry has midnights and an exclusive end.
    ``series`` tells the occurrences of one series apart from those of another and says nothing else.
    """

    subject: str
    start: datetime
    end: datetime
    all_day: bool = False
    free_busy: FreeBusy = FreeBusy.BUSY
    categories: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    home_address: bool = False
    private: bool = False
    cancelled: bool = False
    response: Response = Response.NONE
    organizer: str = ""
    own: bool = True
    attendees: tuple[str, ...] = ()
    online: bool = False
    series: str | None = None


class UnreadableReason(StrEnum):
    """Why a calendar could not be read. OUT_OF_TIME: the pass had to end before its turn came."""

    NO_MAILBOX = "no-mailbox"
    FORBIDDEN = "forbidden"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    MALFORMED = "malformed"
    OUT_OF_TIME = "out-of-time"


@dataclass(frozen=True, slots=True)
class RemoteWork:
    """A stretch that a person's work plan says is worked remotely; naive local times, the end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """What was read of one mailbox. ``left_out`` counts the entries that made no sense."""

    person: str
    events: tuple[Event, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mailbox that was not read, and why."""

    person: str
    reason: UnreadableReason


@dataclass(frozen=True, slots=True)
class DirectoryUser:
    """A person as the directory knows them; ``id`` is the Entra object id."""

    id: str
    principal_name: str
    name: str
    mail: str | None = None
    enabled: bool = True


# --- the day: what the marks say -------------------------------------------------------------------


class Kind(StrEnum):
    """What a day, or one mark, says of where the person works."""

    HOME = "home"
    TENTATIVE = "tentative"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    ON_SITE = "on-site"


class Certainty(StrEnum):
    """Whether the mark leaves a doubt."""

    CERTAIN = "certain"
    TENTATIVE = "tentative"


class Evidence(StrEnum):
    """What a mark rests on, strongest first. Named, never quoted."""

    CATEGORY = "category"
    WORK_PLAN = "work-plan"
    SUBJECT = "subject"
    LOCATION = "location"
    FREE_BUSY = "free-busy"


class Absence(StrEnum):
    """Kinds of absence. Health data among them: used in memory for one person, never stored or shown."""

    HOLIDAY = "holiday"
    ILLNESS = "illness"
    CHILD_ILLNESS = "child-illness"
    TIME_OFF = "time-off"
    LEAVE = "leave"
    CARE_DAY = "care-day"
    UNSAID = "unsaid"


class Circumstance(StrEnum):
    """What else a day's entries say that a rule asks for. The two on illness are health data: used in
    memory for one person, never stored or shown.
    """

    OUTSIDE_HOURS = "outside-hours"
    SHOWN_AWAY = "shown-away"
    DURING_ILLNESS = "during-illness"
    DURING_CHILD_ILLNESS = "during-child-illness"
    MARKED_PRIVATELY = "marked-privately"
    EXTERNAL_AT_HOME = "external-at-home"
    EXTERNAL_UNCERTAIN = "external-uncertain"
    CAR = "car"
    ON_SITE_MEETING = "on-site-meeting"


HALF_A_DAY = 0.5


@dataclass(frozen=True, slots=True)
class Day:
    """One civil day of one person.

    ``scheduled``: one of the person's work days, no public holiday and no closing day of the organisation.
    ``home``, ``tentative``, ``absent``, ``elsewhere``: portions of the working hours, absence already
    taken out of ``home``. ``marked_home``: the home portion before absence was taken out.
    ``series``: the Outlook series that the home marks belong to. ``meetings``: the first start and the
    last end of the day's meetings, in minutes from midnight.
    """

    date: date
    scheduled: bool
    kind: Kind = Kind.ON_SITE
    home: float = 0.0
    tentative: float = 0.0
    absent: float = 0.0
    elsewhere: float = 0.0
    marked_home: float = 0.0
    certainty: Certainty = Certainty.CERTAIN
    evidence: frozenset[Evidence] = frozenset()
    series: frozenset[str] = frozenset()
    absences: frozenset[Absence] = frozenset()
    reachable: bool = False
    circumstances: frozenset[Circumstance] = frozenset()
    meetings: tuple[int, int] | None = None

    @property
    def working(self) -> bool:
        """A working day in the sense of the rules: scheduled, and not half of it or more away."""
        return self.scheduled and self.absent < HALF_A_DAY

    @property
    def at_home(self) -> bool:
        """A home day in the sense of the rules: a working day marked, without doubt, as worked at home."""
        return self.kind is Kind.HOME and self.home > 0 and self.working

    @property
    def portion(self) -> float:
        """The portion that belongs to the day's kind."""
        portions = {
            Kind.HOME: self.home,
            Kind.TENTATIVE: self.tentative,
            Kind.ABSENT: self.absent,
            Kind.ELSEWHERE: self.elsewhere,
        }
        return portions.get(self.kind, 0.0)


@dataclass(frozen=True, slots=True)
class Window:
    """The dates a pass looks at, both included."""

    start: date
    end: date

    @classmethod
    def around(cls, today: date) -> Window:
        """From the Monday eight weeks before this week to a fortnight ahead (CONTRACT, "The report")."""
        monday = today - timedelta(days=today.weekday())
        return cls(monday - timedelta(weeks=8), today + timedelta(days=14))

    def days(self) -> tuple[date, ...]:
        """Every date, in order."""
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one person, reduced to the days of the window; nothing of an entry is in it.

    ``entries`` counts those that the days come from, ``left_out`` those that made no sense.
    """

    person: str
    days: Mapping[date, Day]
    entries: int = 0
    left_out: int = 0


class Place(StrEnum):
    """Where somebody is on a date. TENTATIVE may turn out to be at home; OFF is no work day of theirs."""

    ON_SITE = "on-site"
    HOME = "home"
    TENTATIVE = "tentative"
    AWAY = "away"
    ELSEWHERE = "elsewhere"
    OFF = "off"
    UNKNOWN = "unknown"


# --- verdicts and findings -------------------------------------------------------------------------


class Scope(StrEnum):
    """What one finding of a rule speaks of."""

    DAY = "day"
    WEEK = "week"
    PERIOD = "period"
    REGISTER = "register"


DATED = frozenset({Scope.DAY, Scope.WEEK})
"""Scopes of findings that go by with their days."""


class Audience(StrEnum):
    """Who hears of a finding. RULES, "Rules"."""

    EMPLOYEE = "E"
    NOTICE = "N"
    LEADER = "L"
    EMPLOYEE_AND_LEADER = "E+L"


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """A place in one of the policy documents."""

    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class RegistrationSource:
    """Something the organisation itself has registered."""

    registration: str


@dataclass(frozen=True, slots=True)
class LawSource:
    """A provision of the law with its own reference."""

    law: str
    reference: str

    @property
    def citation(self) -> str:
        """Act and place in one line."""
        return f"{self.law}, {self.reference}"


Source = DocumentSource | RegistrationSource | LawSource


class Outcome(StrEnum):
    """What a rule says of one subject. UNKNOWN never reaches an employee or a leader."""

    OK = "ok"
    VIOLATED = "violated"
    EXCUSED = "excused"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's word on one subject: dates it speaks of, the facts a text needs, where it comes from.

    ``key`` tells two findings of one rule on a person's period or register, or on a team, apart, and stays
    the same from run to run; rules on days and weeks need none. ``person``: where a rule on a team speaks of
    one of its members.
    """

    outcome: Outcome
    dates: tuple[date, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    source: Source | None = None
    audience: Audience | None = None
    key: str = ""
    person: str | None = None


class Status(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach, or one thing to talk about, of one rule, for one person or team and one set of dates."""

    id: str
    rule: str
    person: str | None
    team: str
    dates: tuple[date, ...]
    status: Status
    facts: Mapping[str, object]
    source: Source
    scope: Scope
    audience: Audience


class Step(StrEnum):
    """How far up the ladder a finding is. OPERATIONS is not one: the operators' weekly summary."""

    NOTICE = "notice"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    DIGEST = "digest"
    OPERATIONS = "operations"


TO_EMPLOYEES = frozenset({Step.NOTICE, Step.REMINDER})
TO_LEADERS = frozenset({Step.ESCALATION, Step.DIGEST})


# --- messages --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MessageItem:
    """One matter in a message: what was seen, which rule says so, what one can do, what is good to know.

    ``questions`` are for the leader's talk; ``settled``: it has been put right since the message was sent.
    """

    heading: str
    seen: str
    rule: str
    advice: str
    know: str = ""
    questions: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A date in a grid: "ti", "tirsdag den 3. marts", and perhaps "teamdag"."""

    short: str
    long: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GridWeek:
    """A week of a grid: "Uge 10" and its dates."""

    caption: str
    columns: tuple[GridColumn, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person's line: a place for each column of all weeks, in order."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """How a place is shown: one letter where there is little room, and the word that it stands for."""

    letter: str
    word: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Who of a team is where, a line a person and a column a date. ``signs`` names every place."""

    weeks: tuple[GridWeek, ...]
    rows: tuple[GridRow, ...]
    signs: Mapping[Place, Sign]

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns of all weeks, in order."""
        return tuple(column for week in self.weeks for column in week.columns)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a trend: "uge 9", a share from 0 to 1, and the share in words: "38 %"."""

    label: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a longer message; whatever it doesn't have is empty. Shown in the order of the fields."""

    heading: str
    lines: tuple[str, ...] = ()
    items: tuple[MessageItem, ...] = ()
    grid: Grid | None = None
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is told, before any channel's format. Plain text throughout.

    ``items`` are the person's own matters; ``sections`` what a leader, or an operator, is told after them.
    """

    language: str
    title: str
    greeting: str
    items: tuple[MessageItem, ...]
    closing: str
    button: str
    button_url: str
    sections: tuple[Section, ...] = ()


class MessageState(StrEnum):
    """What became of a message. CONTRACT, "The report"; CLAIMED is on its way and never reported as such."""

    CLAIMED = "claimed"
    SENT = "sent"
    HELD = "held"
    SUPPRESSED = "suppressed"
    FAILED = "failed"
    UNDELIVERABLE = "undeliverable"
    UNCLEAR = "unclear"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that a message tells of, and the step at which it does."""

    finding: str
    step: Step


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message with its receiver and what it tells; ``reason`` says why it is not to be sent.

    ``step`` is the highest of what it tells; ``week`` the ISO week of a digest or the operators' summary;
    ``covers`` the findings of which it says all there is to say by telling of others. ``write`` puts it in
    words: not before it is sent, because most of a region's messages are held, and words take much room.
    """

    id: str
    step: Step
    recipient: str
    tells: tuple[Told, ...]
    state: MessageState
    write: Callable[[], Message] = field(compare=False, repr=False)
    reason: str | None = None
    week: str | None = None
    covers: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        """What it says, written anew each time it is asked for."""
        return self.write()

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of the findings it tells of, or covers, each once."""
        return tuple(dict.fromkeys([*(one.finding for one in self.tells), *self.covers]))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message stands in a channel, so that it can be changed there: a Teams activity."""

    conversation: str
    activity: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel answered: sent, failed, undeliverable or unclear, and why when not sent.

    ``refused``: the channel would not have the recipient (a 403 or 404), which may pass.
    """

    state: MessageState
    reason: str | None = None
    receipt: Receipt | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """That a recipient has been told of a finding at a step, or that an attempt was made."""

    finding: str
    recipient: str
    step: Step
    state: MessageState
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message as the store holds it: no text, only who, what about, and what became of it."""

    id: str
    step: Step
    recipient: str
    channel: str
    state: MessageState
    findings: tuple[str, ...]
    reason: str | None
    at: datetime
    week: str | None = None


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card that can still be changed: who has it, which findings it tells of, which it shows as settled."""

    message: str
    recipient: str
    receipt: Receipt
    tells: tuple[Told, ...]
    settled: frozenset[str] = frozenset()
