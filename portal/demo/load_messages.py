"""What was written about the announced session: an invitation that has left, and a material that a member proposes.

No mail leaves: the rows of the outbox stand as sent, one as refused by its server.
"""

from __future__ import annotations

import datetime as dt

from core.accounts.models import User
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from members.people import member_people
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_minutes import writer_of
from portal.demo.source import french
from sessions_app.messages.enums import Recipients
from sessions_app.messages.services import ABOUT, KIND, RECALL_WITHIN
from sessions_app.models import Answer, MaterialProposal, Message, MessageRecipient, Session

INVITED, DAYS_BEFORE = 23, 6
BODY = (
    "Vous êtes invités à la 23e session de l’espace.\n\nMerci de dire par le lien ci-dessous si votre organisation"
    " participe, se fait représenter ou ne vient pas."
)
REFUSED = "550 5.1.1 boîte inconnue (fictif)"


def loaded(context: DemoContext) -> bool:
    return Message.objects.exists()


def load(context: DemoContext) -> None:
    session = context.sessions[INVITED]
    _invitation(context, session)
    _proposal(context, session)


def _invitation(context: DemoContext, session: Session) -> None:
    written_at = moment(context.today - dt.timedelta(days=DAYS_BEFORE), 10, 12)
    message = context.add(
        Message,
        {"public_id": identifier("message", session.number)},
        session=session,
        subject=french(f"Invitation à la 23e session : {session.title}")[:160],
        body=french(BODY),
        invites=True,
        recipients=Recipients.ALL,
        written_by=writer_of(context, session).user,
        written_at=written_at,
        send_at=written_at + RECALL_WITHIN,
        handed_at=written_at + RECALL_WITHIN,
    )
    if message.people.exists():
        return
    people = list(member_people(context.now))
    mails = [_mail(message, person, is_refused=place == 7) for place, person in enumerate(people)]
    context.add_all(OutboxMessage, mails)
    rows = [MessageRecipient(message=message, user=mail.recipient, mail=mail) for mail in mails]
    context.add_all(MessageRecipient, rows)


def _mail(message: Message, person: User, *, is_refused: bool) -> OutboxMessage:
    key = identifier("mail", message.public_id, person.email)
    return OutboxMessage(
        public_id=key,
        message_id=f"<{key}@portail.example>",
        kind=KIND,
        subject_kind=ABOUT,
        subject_id=message.public_id,
        recipient=person,
        sender="portail@portail.example",
        to=[person.email],
        subject=message.subject,
        text=message.body,
        created_at=message.handed_at,
        queued_at=message.handed_at,
        attempts=1,
        state=MailState.FAILED if is_refused else MailState.SENT,
        sent_at=None if is_refused else message.handed_at + dt.timedelta(seconds=4),
        problem=REFUSED if is_refused else "",
    )


def _proposal(context: DemoContext, session: Session) -> None:
    coming = Answer.objects.filter(session=session, choice="yes", organisation__is_fictional=True)
    answer = coming.select_related("user", "organisation").order_by("organisation__slug").first()
    if answer is None:
        return
    context.add(
        MaterialProposal,
        {"public_id": identifier("proposed material", session.number)},
        session=session,
        title=french("Lire la carte des besoins : trois exemples (fictif)"),
        link="https://exemple.example/carte-des-besoins",
        note=french("À projeter au deuxième point, si vous en êtes d’accord."),
        author=answer.user,
        organisation=answer.organisation,
        made_at=moment(context.today - dt.timedelta(days=2), 16, 40),
    )
