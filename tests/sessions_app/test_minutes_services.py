"""Writing, publishing and reopening minutes: who may, what is frozen, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone, translation

from core import canonical, richtext
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification
from core.partial_dates import month
from governance.models import Mandate
from sessions_app.enums import MinutesState
from sessions_app.minutes import publication, services
from sessions_app.models import Minutes, MinutesEntry, MinutesProposal, MinutesRevision, MinutesVersion
from tests import factories
from tests.support.races import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people):
    session = factories.SessionFactory()
    factories.AgendaItemFactory(session=session, position=1, title="Ouverture")
    factories.AgendaItemFactory(session=session, position=2, title="Débat")
    return session


def item(session, position=1):
    return session.agenda.get(position=position)


def write(session, people, body="<p>Bonjour.</p>", based_on=0, by=None):
    return services.save_entry(
        item=item(session), by=by or people.animator, body=body, based_on=based_on, now=timezone.now()
    )


def publish(session, people, based_on=0, reason="", by=None):
    return services.publish(
        session=session, by=by or people.animator, based_on=based_on, reason=reason, now=timezone.now()
    )


def test_each_save_is_a_revision_and_the_same_text_is_none(session, people):
    write(session, people, "<p>Un.</p>")
    write(session, people, "<p>Un.</p>", based_on=1)
    entry = write(session, people, "<p>Deux.</p>", based_on=1)
    assert entry.revision == 2
    assert list(entry.revisions.order_by("number").values_list("number", "body", "organisation__name")) == [
        (1, "<p>Un.</p>", "Fondation des Territoires"),
        (2, "<p>Deux.</p>", "Fondation des Territoires"),
    ]


def test_a_text_based_on_an_older_revision_is_a_conflict_that_holds_both(session, people):
    write(session, people, "<p>De Karim.</p>")
    with pytest.raises(services.EntryConflict) as conflict:
        write(session, people, "<p>De Claire.</p>", based_on=0)
    assert (conflict.value.entry.body, conflict.value.mine) == ("<p>De Karim.</p>", "<p>De Claire.</p>")
    assert MinutesEntry.objects.get().body == "<p>De Karim.</p>"


def test_the_same_text_sent_twice_is_no_conflict(session, people):
    write(session, people, "<p>Un.</p>")
    assert write(session, people, "<p>Un.</p>", based_on=0).revision == 1


def test_scripts_do_not_reach_the_database(session, people):
    write(session, people, '<p onclick="x()">Bon<script>alert(1)</script>jour</p>')
    assert MinutesEntry.objects.get().body == "<p>Bonjour</p>"


def test_a_text_over_the_limit_is_refused_whole(session, people):
    with pytest.raises(richtext.RichTextTooLong):
        write(session, people, f"<p>{'a' * (richtext.MAX_BYTES + 1)}</p>")
    assert not MinutesRevision.objects.exists()


@pytest.mark.parametrize("role", ["outsider", "observer", "member", "former_animator", "funder", "administrator"])
def test_only_animators_write_and_publish(session, people, role):
    with pytest.raises(PermissionRefused):
        write(session, people, by=people.role(role))
    with pytest.raises(PermissionRefused):
        publish(session, people, by=people.role(role))
    assert not MinutesEntry.objects.exists()


def test_minutes_wait_until_the_session_is_held(people):
    announced = factories.SessionFactory(announced=True)
    factories.AgendaItemFactory(session=announced, position=1)
    with pytest.raises(PermissionRefused) as refused:
        write(announced, people)
    assert "n’a pas encore" in str(refused.value.answer.reason) or "not been held" in str(refused.value.answer.reason)


def test_publishing_freezes_what_stands_and_names_nobody(session, people):
    write(session, people, "<p>Le texte.</p>")
    version = publish(session, people)
    assert version.number == 1
    assert version.content_sha256 == canonical.sha256(version.snapshot)
    assert [entry["body"] for entry in version.snapshot["agenda"]] == ["<p>Le texte.</p>", ""]
    assert version.organisation == people.animating
    text = canonical.canonical(version.snapshot).decode()
    assert people.animator.last_name not in text
    assert people.animator.email not in text
    assert Minutes.objects.get().state == MinutesState.PUBLISHED


def test_a_later_change_of_the_session_leaves_the_version_as_it_was(session, people):
    write(session, people)
    version = publish(session, people)
    session.title = "Un autre titre"
    session.save()
    version.refresh_from_db()
    assert version.snapshot["session"]["title"] != "Un autre titre"
    assert version.content_sha256 == canonical.sha256(version.snapshot)


def test_publishing_needs_a_text(session, people):
    with pytest.raises(services.NothingWritten):
        publish(session, people)


def test_published_minutes_change_only_through_an_amendment(session, people):
    write(session, people)
    publish(session, people)
    with pytest.raises(services.MinutesClosed):
        write(session, people, "<p>Autre.</p>", based_on=1)
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    write(session, people, "<p>Autre.</p>", based_on=1)
    with pytest.raises(services.ReasonMissing):
        publish(session, people, based_on=1)
    second = publish(session, people, based_on=1, reason="Un nom corrigé")
    assert second.number == 2
    assert list(MinutesVersion.objects.in_force().values_list("number", flat=True)) == [2]
    assert MinutesVersion.objects.get(number=1).snapshot["agenda"][0]["body"] == "<p>Bonjour.</p>"


def test_publishing_twice_makes_one_version(session, people):
    write(session, people)
    first = publish(session, people)
    with pytest.raises(services.AlreadyPublished) as again:
        publish(session, people)
    assert again.value.version == first
    assert MinutesVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_publishing_at_once_make_one_version(people):
    session = factories.SessionFactory()
    factories.AgendaItemFactory(session=session, position=1)
    write(session, people)

    def act() -> int:
        return publish(session, people).number

    results = together(act, act, refusals=(services.AlreadyPublished,))
    assert sorted(map(type, results), key=str) == [int, services.AlreadyPublished]
    assert 1 in results
    assert MinutesVersion.objects.count() == 1


def test_who_loses_the_mandate_while_writing_leaves_the_text_to_the_new_animators(session, people):
    write(session, people)
    Mandate.objects.create(organisation=people.formerly_animating, starts_at=timezone.now())
    with pytest.raises(PermissionRefused) as refused:
        write(session, people, "<p>Écrit à moitié</p>", based_on=1)
    assert "Fondation des Territoires" in str(refused.value.answer.reason)
    for body in ("<p>Écrit à moitié</p>", "<p>Écrit aux trois quarts</p>"):
        services.keep_proposal(item=item(session), by=people.animator, body=body, now=timezone.now())
    proposal = MinutesProposal.objects.get()
    assert (proposal.body, proposal.author) == ("<p>Écrit aux trois quarts</p>", people.animator)
    services.close_proposal(proposal=proposal, by=people.former_animator, now=timezone.now())
    assert proposal.closed_at is not None


def test_members_leave_no_texts(session, people):
    with pytest.raises(PermissionRefused):
        services.keep_proposal(item=item(session), by=people.member, body="<p>Moi aussi</p>", now=timezone.now())


def test_old_sessions_keep_who_animated_them_whoever_publishes(people):
    session = factories.SessionFactory(date=month(2022, 5))
    factories.AgendaItemFactory(session=session, position=1)
    write(session, people)
    snapshot = publish(session, people).snapshot
    assert snapshot["animation"]["name"] == "Le RAMEAU"
    assert snapshot["organisation"]["name"] == "Fondation des Territoires"


def test_versions_cannot_be_rewritten(session, people):
    write(session, people)
    publish(session, people)
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("UPDATE sessions_app_minutesversion SET number = 2")


def told(kind):
    rows = Notification.objects.filter(kind=f"sessions_app.{kind}").order_by("recipient__email")
    return [(row.recipient.email.partition("@")[0], row.url) for row in rows]


def test_the_members_are_told_of_each_version_also_after_a_withdrawal(session, people):
    write(session, people)
    publish(session, people)
    page = f"/sessions/{session.number}/compte-rendu/"
    everybody = [(name, page) for name in ("former-animator", "funder", "member")]
    assert (told("minutes_published"), told("minutes_amended")) == (everybody, [])
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    write(session, people, body="<p>Bonjour à tous.</p>", based_on=1)
    publish(session, people, based_on=1, reason="Une précision")
    assert (told("minutes_published"), told("minutes_amended")) == (everybody, everybody)
    with translation.override("en"):
        title = Notification.objects.filter(kind="sessions_app.minutes_amended").first().title
    assert title.endswith("have a version 2: Une précision")
    publication.withdraw(session=session, by=people.animator, reason="Erreur", now=timezone.now())
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    publish(session, people, based_on=2, reason="Sans l’erreur")
    assert told("minutes_amended") == sorted([*everybody, *everybody])
