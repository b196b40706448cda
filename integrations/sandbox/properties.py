"""The properties that Graph v1.0 has for what the sandbox serves; a ``$select`` of any other is refused."""

# fmt: off
USER_DEFAULT = (
    "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
    "preferredLanguage", "surname", "userPrincipalName", "id",
)
USER = frozenset(USER_DEFAULT) | {
    "accountEnabled", "companyName", "country", "department", "employeeId", "employeeType", "otherMails",
    "proxyAddresses", "usageLocation", "userType",
}
# Without createdDateTime and lastModifiedDateTime, which calendarView gives but doesn't let one select.
EVENT_SELECTABLE = frozenset({
    "allowNewTimeProposals", "attendees", "body", "bodyPreview", "categories", "changeKey", "end",
    "hasAttachments", "hideAttendees", "iCalUId", "id", "importance", "isAllDay", "isCancelled", "isDraft",
    "isOnlineMeeting", "isOrganizer", "isReminderOn", "location", "locations", "onlineMeeting",
    "onlineMeetingProvider", "onlineMeetingUrl", "organizer", "originalEndTimeZone", "originalStart",
    "originalStartTimeZone", "recurrence", "reminderMinutesBeforeStart", "responseRequested",
    "responseStatus", "sensitivity", "seriesMasterId", "showAs", "start", "subject", "transactionId", "type",
    "uid", "webLink",
})
WORK_PLAN_OCCURRENCE = frozenset({
    "id", "recurrenceId", "start", "end", "workLocationType", "placeId", "timeOffDetails",
})
# fmt: on
