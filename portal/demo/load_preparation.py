"""What was and is to be done around sessions 22 and 23: fictional, from the template the space begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_minutes import writer_of
from sessions_app.checklist.schedule import due_on
from sessions_app.models import PreparationTask, Session, TemplateTask

HELD, AHEAD = 22, 23
OWN = "Imprimer la carte des ingénieries en grand format"
NOTES = {
    -30: "Salle de 60 places, accès de plain-pied, deux micros sans fil.",
    2: "Relu par deux personnes avant l’envoi.",
}


def loaded(context: DemoContext) -> bool:
    return PreparationTask.objects.exists()


def load(context: DemoContext) -> None:
    held, ahead = context.sessions[HELD], context.sessions[AHEAD]
    _deal(context, held, done=lambda line: line.offset <= 2)  # the minutes are still a draft, and late
    _deal(context, ahead, done=lambda line: line.offset == -30)
    writer = writer_of(context, ahead)
    context.add(
        PreparationTask,
        {"session": ahead, "title": OWN},
        public_id=identifier("task", ahead.number, OWN),
        offset=-3,
        due=due_on(ahead.days, -3),
        assignee=writer.user,
        note="Deux exemplaires, un par mur.",
    )


def _deal(context: DemoContext, session: Session, *, done: Callable[[TemplateTask], bool]) -> None:
    writer = writer_of(context, session)
    for line in TemplateTask.objects.all():
        due = due_on(session.days, line.offset)
        is_done = done(line)
        done_on = min(due, context.today - dt.timedelta(days=1))
        context.add(
            PreparationTask,
            {"session": session, "template": line},
            public_id=identifier("task", session.number, line.title),
            title=line.title,
            offset=line.offset,
            ticked_by=line.ticked_by,
            due=due,
            note=NOTES.get(line.offset, ""),
            assignee=writer.user if line.offset in (-30, 2, 10) else None,
            done_at=moment(done_on, 11, 20) if is_done else None,
            done_by=writer.user if is_done else None,
        )
