"""The operators' summary in English."""

from __future__ import annotations

from bot.model import MessageState, UnreadableReason
from bot.operations.reasons import Matter
from bot.operations.state import Proof
from bot.operations.words import Advice, Counted, Words

WORDS = Words(
    locale="en_GB",
    date="d MMMM y",
    greeting="Hi",
    title_well="Week {week}: hjemmedag is running as usual",
    title=Counted(
        "Week {week}: one thing to look at in hjemmedag",
        "Week {week}: {count} things to look at in hjemmedag",
    ),
    closing="The next message comes next week. If it doesn't, check that the passes are being started.",
    button="Open Microsoft Entra",
    overview="How things stand",
    nobody="There is nobody in the register yet.",
    all_read=Counted("The one calendar in the register was read.", "All {count} calendars were read."),
    some_read="{read} of {people} calendars were read.",
    none_hanging="No messages are stuck.",
    hanging=Counted("One message is stuck.", "{count} messages are stuck."),
    good_until="{proof} is good until {date}.",
    source_off="A source is switched off: {source}.",
    sources={
        "work-plan": (
            "Work plans from Outlook and Teams are not read. "
            "To include them, grant the app Calendars.Read.All; otherwise all is well."
        ),
    },
    to_read="Calendars that could not be read",
    unreadable={
        UnreadableReason.NO_MAILBOX: Advice(
            "No mailbox in Exchange Online",
            "Check whether the name is spelt right in the register. A mailbox kept elsewhere cannot be read.",
        ),
        UnreadableReason.FORBIDDEN: Advice(
            "The app has no access",
            "Grant the app Calendars.ReadBasic.All, or add them to the group that its access is scoped to "
            "in Exchange. A change can take two hours to work.",
        ),
        UnreadableReason.THROTTLED: Advice(
            "Microsoft asked us to wait",
            "The next pass tries again. If it happens often, move the passes to a quieter time.",
        ),
        UnreadableReason.UNAVAILABLE: Advice(
            "Microsoft did not answer",
            "The next pass tries again. If it goes on, look at Microsoft's service status.",
        ),
        UnreadableReason.MALFORMED: Advice(
            "The answer could not be understood",
            "Tell those who maintain hjemmedag, and send them the log of the pass.",
        ),
        UnreadableReason.OUT_OF_TIME: Advice(
            "The pass ran out of time",
            "The next pass tries again. If it happens often, give it longer with HJEMMEDAG_PASS_MINUTES.",
        ),
    },
    to_deliver="Messages that are stuck",
    to="To {names}. {state}",
    channel="the channel",
    others=Counted("1 more", "{count} more"),
    states={
        MessageState.UNDELIVERABLE: "Cannot be delivered as things are.",
        MessageState.FAILED: "The next pass tries again.",
        MessageState.UNCLEAR: "May have arrived, so it is not sent again.",
    },
    matters={
        Matter.UNKNOWN_PERSON: Advice(
            "Not found in Entra",
            "Correct the name in the register, or take the person out of it if they have left.",
        ),
        Matter.CLOSED_ACCOUNT: Advice(
            "The account is disabled", "If the person has left, take them out of the register."
        ),
        Matter.NOT_LOOKED_UP: Advice(
            "Could not be looked up in Entra", "If it goes on, look at Microsoft's service status."
        ),
        Matter.NO_SIGN_IN: Advice(
            "No access from Entra",
            "Check whether the secret or the certificate is still good, "
            "and whether hjemmedag can reach HJEMMEDAG_AUTHORITY.",
        ),
        Matter.CATALOGUE: Advice(
            "The Teams app was not found in the catalogue",
            "Publish the app in the Teams admin centre, grant AppCatalog.Read.All, "
            "or correct HJEMMEDAG_TEAMS_APP_ID.",
        ),
        Matter.NOT_INSTALLED: Advice(
            "The Teams app is not installed for the recipient",
            "Install it by a policy in the Teams admin centre, or set HJEMMEDAG_TEAMS_APP_ID and grant "
            "TeamsAppInstallation.ReadWriteSelfForUser.All.",
        ),
        Matter.SWITCHED_OFF: Advice(
            "The Teams app is switched off", "Switch it on again in the Teams admin centre."
        ),
        Matter.BLOCKED: Advice(
            "The recipient has blocked the bot in Teams",
            "Ask whether that is intended. With HJEMMEDAG_MAIL_SENDER set, the message comes by "
            "email after a day.",
        ),
        Matter.REFUSED: Advice(
            "Teams refuses the recipient",
            "Check whether the person has Teams and may use the app. "
            "With HJEMMEDAG_MAIL_SENDER set, the message comes by email after a day.",
        ),
        Matter.NO_CONVERSATION: Advice(
            "The conversation in Teams was not found",
            "If it goes on, see whether the person has the app installed.",
        ),
        Matter.NO_SERVICE: Advice(
            "Microsoft did not answer, or asked us to wait",
            "If it goes on, look at Microsoft's service status, "
            "and whether hjemmedag can reach Teams through the firewall.",
        ),
        Matter.TOO_LARGE: Advice(
            "The message is too large", "Tell those who maintain hjemmedag, and send them the code below."
        ),
        Matter.NO_CLEAR_ANSWER: Advice(
            "No clear answer from Microsoft", "Ask the recipient if it matters that the message was read."
        ),
        Matter.NO_ADDRESS: Advice(
            "No email address in Entra",
            "Give the person an email address, or make sure the Teams app can reach them.",
        ),
        Matter.MAIL_FORBIDDEN: Advice(
            "The app may not send email",
            "Grant it Application Mail.Send in Exchange, scoped to the mailbox in HJEMMEDAG_MAIL_SENDER.",
        ),
        Matter.NO_MAIL_SENDER: Advice(
            "The mailbox to send from does not exist", "Create it, or correct HJEMMEDAG_MAIL_SENDER."
        ),
        Matter.WEBHOOK: Advice(
            "The channel's webhook did not accept it",
            "Check whether the flow in Workflows is on and has an owner. "
            "Otherwise make a new one and correct HJEMMEDAG_OPERATIONS_WEBHOOK.",
        ),
        Matter.OTHER: Advice(
            "Another reason",
            "Look up the code below at Microsoft. If that does not help, tell those who maintain hjemmedag.",
        ),
    },
    silence="Teams that are not written to",
    silenced="All home days are gone: {teams}",
    silenced_seen="The calendars there have no home days left, so hjemmedag has written to nobody.",
    silenced_advice=(
        "Check that the calendars are read as before. If the home days were removed on purpose, "
        "the next pass writes again as usual."
    ),
    access="Access to Microsoft",
    proofs={Proof.SECRET: "The app's secret", Proof.CERTIFICATE: "The app's certificate"},
    unknown_expiry={
        Proof.SECRET: (
            "Put the date when the app's secret expires into HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON "
            "and you will hear of it in good time."
        ),
        Proof.CERTIFICATE: "The certificate's expiry date could not be read.",
    },
    expires="{proof} expires on {date}",
    expires_seen="After that hjemmedag can neither read calendars nor send anything.",
    expires_advice={
        Proof.SECRET: (
            "Make a new one for the app in Entra, set it as HJEMMEDAG_CLIENT_SECRET, "
            "and change HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON."
        ),
        Proof.CERTIFICATE: (
            "Upload a new one to the app in Entra, and replace the file in HJEMMEDAG_CLIENT_CERTIFICATE_FILE."
        ),
    },
    expired="{proof} expired on {date}",
    expired_seen="Entra gave access in this pass all the same.",
    expired_advice={
        Proof.SECRET: (
            "If it has been renewed, put the new date into HJEMMEDAG_CLIENT_SECRET_EXPIRES_ON. "
            "Otherwise make a new one for the app in Entra."
        ),
        Proof.CERTIFICATE: (
            "Upload a new one to the app in Entra, and replace the file in HJEMMEDAG_CLIENT_CERTIFICATE_FILE."
        ),
    },
    code="In log and report: {codes}",
)
