"""The Bot Connector of Teams under ``/teams``: a conversation with a person, activities in it."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, NoReturn

from integrations.sandbox.entries import Json
from integrations.sandbox.exchange import Answer, Call, RefusedError
from integrations.sandbox.journal import DeliveredMessage, Journal
from integrations.sandbox.latency import Latency
from integrations.sandbox.signin import CLIENT_ID, TENANT_ID, Tokens
from integrations.sandbox.teamwork import Teamwork
from integrations.sandbox.tenant import Tenant
from integrations.sandbox.throttle import Throttle

AUDIENCE = "https://api.botframework.com"
_LARGEST_BYTES = 100_000  # of the activity in UTF-16, which is how Teams counts
_CONVERSATIONS = "/teams/v3/conversations"
_ACTIVITIES = re.compile(rf"{_CONVERSATIONS}/([^/]+)/activities(?:/([^/]+))?")
_USUAL_ERRORS = {
    401: ("Unauthorized", "Authorization has been denied for this request."),
    403: ("MessageWritesBlocked", "Thread is blocked from message writes."),
    404: ("ConversationNotFound", "Conversation not found."),
    412: ("PreconditionFailed", "The operation failed; try again."),
    413: ("MessageSizeTooBig", "Message size too large."),
    429: ("TooManyRequests", "Rate limit for this operation exceeded."),
}


class Connector:
    """Delivers activities to the journal for those who bring a token for it."""

    def __init__(
        self,
        tenant: Tenant,
        tokens: Tokens,
        teamwork: Teamwork,
        journal: Journal,
        throttle: Throttle,
        latency: Latency,
    ) -> None:
        """``latency`` is how long a request takes on its way here, and its answer on its way back."""
        self._throttle = throttle
        self._latency = latency
        self._tokens = tokens
        self._teamwork = teamwork
        self._journal = journal
        self._tenant = tenant
        # The same person always has the same conversation, also after the sandbox was started anew.
        self._conversations = {conversation_with(user): user for user in tenant.users}

    async def answer(self, call: Call) -> Answer:
        """Answer one request."""
        await self._latency.pass_by()
        try:
            self._authorise(call)
            self._slow_down(call)
            return self._route(call)
        except RefusedError as refused:
            return refused.answer
        finally:
            await self._latency.pass_by()

    def person(self, call: Call) -> str | None:
        """Return the principal name of the person the conversation is with."""
        found = _ACTIVITIES.fullmatch(call.path)
        user = self._conversations.get(found[1]) if found else self._member(call.json_object() or {})
        return None if user is None else str(user["userPrincipalName"]).lower()

    def error(self, status: int, code: str | None = None, message: str | None = None) -> Answer:
        """Return an error as the connector writes it, the blocked conversation in its odd shape included."""
        usual = _USUAL_ERRORS.get(status, ("ServiceError", "Unknown error."))
        code, message = code or usual[0], message or usual[1]
        if code == "MessageWritesBlocked":
            return Answer(
                status, {"errorCode": 209, "message": json.dumps({"subCode": code, "details": message})}
            )
        return Answer(status, {"error": {"code": code, "message": message}})

    def _authorise(self, call: Call) -> None:
        if self._tokens.audience(call) != AUDIENCE:
            self._refuse(401)

    def _slow_down(self, call: Call) -> None:
        person, found = self.person(call), _ACTIVITIES.fullmatch(call.path)
        wait = self._throttle.connector(call, person, found[1] if found else f"with {person}")
        if wait is not None:
            raise RefusedError(self.error(429).retry_after(wait))

    def _route(self, call: Call) -> Answer:
        if call.path == _CONVERSATIONS and call.method == "POST":
            return self._open(call.json_object() or {})
        found = _ACTIVITIES.fullmatch(call.path)
        if found is None:
            self._refuse(404, "NotFound", "There is nothing at this address.")
        conversation, activity_id = found.groups()
        if conversation not in self._conversations:
            self._refuse(404)
        if (call.method, activity_id is None) not in (("POST", True), ("PUT", False)):
            self._refuse(405, "MethodNotAllowed", "The method is not allowed here.")
        return self._deliver(call.json_object(), conversation, activity_id)

    def _open(self, body: Json) -> Answer:
        bot = str(_inside(body, "bot", "id")).removeprefix("28:")
        if bot != CLIENT_ID or _inside(body, "channelData", "tenant", "id") != TENANT_ID:
            self._refuse(403, "Forbidden", "bot.id and channelData.tenant.id must be the app and its tenant.")
        user = self._member(body)
        if user is None:
            self._refuse(404, "NotFound", "members must be one person, named by Entra object id.")
        if not self._teamwork.is_installed(user["id"]):
            text = "The bot is not installed in the user's personal scope."
            self._refuse(403, "ForbiddenOperationException", text)
        return Answer(201, {"id": conversation_with(user)})

    def _deliver(self, activity: Json | None, conversation: str, activity_id: str | None) -> Answer:
        if activity is None or not activity.get("type"):
            self._refuse(400, "BadSyntax", "An activity is a JSON object with a type.")
        if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > _LARGEST_BYTES:
            self._refuse(413)
        if activity_id is None:
            recipient = self._conversations[conversation]["userPrincipalName"]
            activity_id = str(uuid.uuid4())
            message = DeliveredMessage(recipient, conversation, activity_id, activity)
            self._journal.messages.append(message)
            return Answer(201, {"id": activity_id})
        if not self._journal.update_message(conversation, activity_id, activity):
            self._refuse(404, "ActivityNotFoundInConversation", "The activity is not in the conversation.")
        return Answer(200, {"id": activity_id})

    def _member(self, body: Json) -> Json | None:
        members = body.get("members")
        if not isinstance(members, list) or len(members) != 1:
            return None
        object_id = str(_inside(members[0], "id")).removeprefix("29:")
        user = self._tenant.find(object_id)
        return user if user and user["id"].lower() == object_id.lower() else None

    def _refuse(self, status: int, code: str | None = None, message: str | None = None) -> NoReturn:
        raise RefusedError(self.error(status, code, message))


def conversation_with(user: Json) -> str:
    """Return the id of the conversation with a user."""
    return f"a:{uuid.uuid5(uuid.NAMESPACE_OID, user['id']).hex}"


def _inside(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
