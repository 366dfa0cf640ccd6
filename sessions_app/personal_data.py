"""What sessions hold about a person: answers, presences, texts, tasks, and what he or she did for others."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from sessions_app import models

_RECORD = "The record of the session, which members read on its page; it is nobody's own."
_GUEST = "Somebody without an account, who cannot be told from a namesake: he or she asks by the form for requests."


ATTENDANCE = Holding(
    key="attendance",
    what=_("Attendance and words in sessions"),
    whose=_("Members, substitutes and guests of sessions"),
    why=_("To keep the register of the space’s life."),
    basis=retention.INTEREST,
    readers=_("Members."),
    until=retention.AS_THE_REGISTER,
    order=60,
)


def forget_revisions(before: dt.datetime, now: dt.datetime) -> int:
    """The application may not delete them: a function of the owner does, and only what nothing stands on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_forget_revisions(%s)", [before])
        return cursor.fetchone()[0]


REVISIONS = Holding(
    key="revisions",
    what=_("Earlier wordings of minutes while they were written, with their authors"),
    whose=_("Who writes minutes"),
    why=_("To go back to an earlier text, and to see who wrote what."),
    basis=retention.INTEREST,
    readers=_("The people who animate the space."),
    until=_(
        "%(period)s after they were saved, once the minutes are published; the last one stays, and what answered a"
        " request in a review."
    ),
    order=65,
    days=2 * retention.YEAR,
    least=retention.MONTH,
    purge=forget_revisions,
)


def forget_left_texts(before: dt.datetime, now: dt.datetime) -> int:
    return models.MinutesProposal.objects.filter(closed_at__lt=before).delete()[0]


LEFT_TEXTS = Holding(
    key="left_texts",
    what=_("Texts left by who lost the right to write while writing"),
    whose=_("Who writes minutes"),
    why=_("So that nothing written is lost."),
    basis=retention.INTEREST,
    readers=_("The people who animate the space."),
    until=_("%(period)s after they were put aside."),
    order=66,
    days=retention.YEAR,
    purge=forget_left_texts,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for holding in (ATTENDANCE, REVISIONS, LEFT_TEXTS):
        retention.register(holding)
    _register_erasure()
    export.register(
        models.Answer, by=("user", "substitute"), did={"recorded_by": ("session", "organisation", "answered_at")}
    )
    export.register(models.Speaker, by=("user",))
    export.register(models.Attendee, by=("user",), following=("attendance__organisation",))
    export.register(models.Guest, by=("added_by",), without={"name": _GUEST, "function": _GUEST})
    export.register(models.SignedSheet, by=("added_by",))
    export.register(models.FeedKey, by=("user",), without={"key_hash": "Opens a calendar."})
    export.register(models.PreparationTask, by=("assignee",), did={"done_by": ("session", "title", "done_at")})
    export.register(models.MinutesEntry, by=("changed_by",), without={"body": _RECORD}, following=("minutes__session",))
    export.register(models.MinutesRevision, by=("author",), without={"body": _RECORD}, following=("entry__item",))
    export.register(models.MinutesVersion, by=("author",), without={"snapshot": _RECORD})
    export.register(models.MinutesProposal, by=("author",))
    export.register(models.Circulation, by=("opened_by",), following=("version__session",))
    export.register(
        models.AmendmentRequest,
        by=("author",),
        did={"answered_by": ("circulation", "item", "state", "answer", "answered_at")},
        following=("circulation__session", "revision__entry__item"),
    )
    export.register(models.DatePoll, by=("opened_by",))
    export.register(models.DateAnswer, by=("answered_by",))
    export.register(
        models.Evaluation, by=("opened_by",), without={"results": "What all answered together, without names."}
    )
    export.register(models.ActionItem, by=("person",), following=("decision__session",))
    export.register(models.DecisionRecord, by=("author",), without={"snapshot": _RECORD})
    for standing in (models.VersionStanding, models.RecordStanding):
        export.register(
            standing,
            did={
                "withdrawn_by": ("session", "document", "withdrawn_at", "withdrawal_reason"),
                "restored_by": ("session", "document", "restored_at", "restoration_reason"),
            },
            following=("document__session",),
        )
    export.register(models.MaterialProposal, by=("author",))
    export.register(models.Message, by=("written_by",))
    export.register(models.MessageRecipient, by=("user",))
    export.leave_out(
        *(
            f"sessions_app.{name}"
            for name in ("Cycle", "Session", "AgendaItem", "Minutes", "Decision", "Material", "TemplateTask")
        ),
        why=_RECORD,
    )
    export.leave_out("sessions_app.EvaluationQuestion", why="Questions of the space.")
    export.leave_out("sessions_app.EvaluationAnswer", why="Anonymous: nobody can say whose it is.")
    export.leave_out("sessions_app.SessionChange", why="Waits some minutes, then goes; the session is in the journal.")


def _register_erasure() -> None:
    erasure.remove(models.FeedKey, by=("user",))
    erasure.remove(models.MinutesProposal, by=("author",), texts=("body",))
    erasure.remove(models.MessageRecipient, by=("user",))
    erasure.keep(
        *(
            f"sessions_app.{name}"
            for name in (
                "Answer.user",
                "Answer.substitute",
                "Answer.recorded_by",
                "Speaker.user",
                "Attendee.user",
                "Guest.added_by",
                "SignedSheet.added_by",
                "PreparationTask.assignee",
                "PreparationTask.done_by",
                "MinutesEntry.changed_by",
                "MinutesRevision.author",
                "MinutesVersion.author",
                "Circulation.opened_by",
                "AmendmentRequest.author",
                "AmendmentRequest.answered_by",
                "DatePoll.opened_by",
                "DateAnswer.answered_by",
                "Evaluation.opened_by",
                "ActionItem.person",
                "DecisionRecord.author",
                "MaterialProposal.author",
                "VersionStanding.withdrawn_by",
                "VersionStanding.restored_by",
                "RecordStanding.withdrawn_by",
                "RecordStanding.restored_by",
                "Message.written_by",
            )
        ),
        ground=_("The life of the sessions is the register of the space: the act stays, the name goes."),
    )
    erasure.record(
        *(
            f"sessions_app.{name}"
            for name in (
                "MinutesVersion",
                "DecisionRecord",
                "MinutesEntry",
                "MinutesRevision",
                "Decision",
                "ActionItem",
            )
        ),
        ground=_("Minutes and decisions are the public record of the sessions (RGPD, article 17.3)."),
    )
    erasure.record(
        *(f"sessions_app.{name}" for name in ("Session", "AgendaItem", "Cycle")),
        ground=_("Titles of sessions and of their agenda stand in published minutes (RGPD, article 17.3)."),
    )
