"""Updates of an initiative: asked for in time, written by its bearer through a link, received or skipped, and read."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.accounts.rights import PermissionRefused
from core.db.periods import months_later
from core.notifications.models import Notification, OutboxMessage
from core.transitions import MoveRefused
from funding.enums import UpdateAudience, UpdateState
from funding.follow_up import contacts, reminders, services
from funding.follow_up.services import News
from funding.models import BearerContact, FinancialReport, Indicator, Instalment, Measure, Update, UpdatePlan
from funding.visibility import PUBLIC, Visibility
from tests.funding import rows
from tests.support.people import People

NOW = timezone.now()
TODAY = timezone.localdate()


def news(text: str = "Tout avance.", **measures: Decimal | None) -> News:
    values = {int(key[1:]): value for key, value in measures.items()}
    return News(text=text, needs="", audience=UpdateAudience.FUNDERS, measures=values)


@pytest.fixture
def stage(people: People):
    """An initiative that the scene's funder keeps, with one indicator, one contact and one update that is due."""

    class Stage:
        own = people.funder.positions.get().organisation
        initiative = rows.initiative(title="Tiers-lieu", slug="tiers-lieu", prepared_by=own)
        funding = rows.line(of=initiative, by=own)
        indicator = Indicator.objects.create(initiative=initiative, name="Personnes accueillies", target=100)
        update = Update.objects.create(initiative=initiative, due_on=TODAY, changed_at=NOW)

    Stage.contact = contacts.name_contact(
        initiative=Stage.initiative,
        first_name="Inès",
        last_name="Porteuse",
        email="ines@porteuse.example",
        by=people.funder,
        now=NOW,
    )
    return Stage


def last_link() -> str:
    mail = OutboxMessage.objects.filter(kind=contacts.SCOPE).order_by("pk").last()
    return re.search(r"/nouvelles/[\w-]+/", mail.text)[0]


def test_two_who_write_the_same_draft_are_told_and_lose_nothing(stage, client):
    address = last_link()
    read = client.get(address).context["form"]["read_at"].value()
    sent = {"audience": "funders", "needs": "", "save": "1", "read_at": read}
    assert client.post(address, sent | {"text": "Le texte d’Inès."}).status_code == 200
    late = client.post(address, sent | {"text": "Le texte de Marc."})
    assert late.status_code == 409
    assert "Le texte d’Inès." in late.text
    assert late.context["form"]["text"].value() == "Le texte de Marc."
    assert Update.objects.get().text == "Le texte d’Inès."
    again = {**sent, "read_at": late.context["form"]["read_at"].value()}
    assert client.post(address, again | {"text": "Les deux."}).status_code == 200
    assert Update.objects.get().text == "Les deux."


def test_a_text_that_comes_after_the_update_was_sent_is_given_back(stage, client):
    address = last_link()
    sent = {"audience": "funders", "needs": "", "submit": "1"}
    assert client.post(address, sent | {"text": "Envoyé."}).status_code == 200
    late = client.post(address, sent | {"text": "Trop tard."})
    assert (late.status_code, "Trop tard." in late.text) == (422, True)


def test_the_text_is_asked_for_but_a_draft_may_be_empty(stage, client):
    address = last_link()
    assert client.get(address).context["form"].fields["text"].required
    assert client.post(address, {"audience": "funders", "text": "", "submit": "1"}).status_code == 422
    assert client.post(address, {"audience": "funders", "text": "", "save": "1"}).status_code == 200


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2025, 1, 31), 1, dt.date(2025, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2025, 11, 30), 3, dt.date(2026, 2, 28)),
        (dt.date(2025, 6, 15), 12, dt.date(2026, 6, 15)),
    ],
)
def test_the_same_day_some_months_later(day, months, then):
    assert months_later(day, months) == then


def test_a_rhythm_counts_from_its_first_day(stage, people, signed_in):
    """From 31 December every three months the year ends on the 31st again, through the page and the clock."""
    begins = dt.date(TODAY.year + 1, 12, 31)
    address = reverse("funding:update-plan", args=[stage.initiative.slug])
    data = {"rythme-every_months": "3", "rythme-next_on": begins.isoformat()}
    assert signed_in(people.funder).post(address, data).status_code == 302
    plan = UpdatePlan.objects.get(initiative=stage.initiative)
    year = TODAY.year + 2
    for month, number in ((3, 31), (6, 30), (9, 30), (12, 31)):
        at = dt.datetime.combine(plan.next_on, dt.time(12), tzinfo=dt.UTC)
        assert services.ask(plan=plan, now=at) is not None
        plan.refresh_from_db()
        assert plan.next_on == dt.date(year, month, number)
    # an end that is changed alone leaves the count as it is; another day begins it anew
    client = signed_in(people.funder)
    data = {"rythme-every_months": "3", "rythme-next_on": plan.next_on.isoformat(), "rythme-until": "2090-01-01"}
    assert client.post(address, data).status_code == 302
    plan.refresh_from_db()
    assert (plan.anchor_on, plan.until) == (begins, dt.date(2090, 1, 1))
    assert client.post(address, data | {"rythme-next_on": f"{year}-11-30"}).status_code == 302
    plan.refresh_from_db()
    assert plan.anchor_on == dt.date(year, 11, 30)


def test_asking_is_stopped_at_once(stage, people, signed_in):
    plan = UpdatePlan.objects.create(initiative=stage.initiative, every_months=6, next_on=TODAY + dt.timedelta(days=3))
    client, address = signed_in(people.funder), reverse("funding:update-plan", args=[stage.initiative.slug])
    data = {"rythme-every_months": "6", "rythme-next_on": plan.next_on.isoformat(), "rythme-until": TODAY.isoformat()}
    assert client.post(address, data).status_code == 302
    assert reminders.ask_for_updates(NOW) == 0


def test_an_update_is_asked_for_three_weeks_before_its_day_and_once(stage, people):
    near, far = TODAY + services.ASK_BEFORE, TODAY + services.ASK_BEFORE + dt.timedelta(days=1)
    plan = UpdatePlan.objects.create(initiative=stage.initiative, every_months=6, next_on=far)
    assert reminders.ask_for_updates(NOW) == 0
    plan.next_on = near
    plan.save()
    assert reminders.ask_for_updates(NOW) == 1
    assert reminders.ask_for_updates(NOW) == 0
    plan.refresh_from_db()
    assert plan.next_on == months_later(near, 6)
    assert Update.objects.get(due_on=near).state == UpdateState.DUE


def test_nothing_is_asked_after_the_last_day(stage):
    UpdatePlan.objects.create(
        initiative=stage.initiative, every_months=6, next_on=TODAY, until=TODAY - dt.timedelta(days=1)
    )
    assert reminders.ask_for_updates(NOW) == 0


def test_a_rhythm_begins_no_earlier_than_today(stage, people):
    plan = UpdatePlan(initiative=stage.initiative, every_months=6, next_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        services.set_plan(plan=plan, by=people.funder, now=NOW)
    assert set(refused.value.error_dict) == {"next_on"}


def test_another_funder_sets_no_rhythm(stage, people):
    foreign = rows.initiative()
    plan = UpdatePlan(initiative=foreign, every_months=6, next_on=TODAY)
    with pytest.raises(PermissionRefused):
        services.set_plan(plan=plan, by=people.funder, now=NOW)


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_draft_keeps_its_values_and_is_sent_once(stage, people):
    person = stage.contact.user
    key = f"m{stage.indicator.pk}"
    services.write(update=stage.update, news=news("", **{key: Decimal(12)}), by=person, now=NOW, submit=False)
    stage.update.refresh_from_db()
    assert (stage.update.state, stage.update.written_by) == (UpdateState.DRAFT, person)
    services.write(update=stage.update, news=news(**{key: Decimal("12.5")}), by=person, now=NOW, submit=True)
    assert list(Measure.objects.values_list("value", "measured_on")) == [(Decimal("12.5"), TODAY)]
    with pytest.raises(MoveRefused):
        services.write(update=stage.update, news=news(), by=person, now=NOW, submit=True)
    told = Notification.objects.filter(kind="funding.update_received")
    assert {row.recipient for row in told} == {people.funder}


def test_a_value_that_is_emptied_goes(stage):
    key = f"m{stage.indicator.pk}"
    for value in (Decimal(3), None):
        services.write(update=stage.update, news=news(**{key: value}), by=stage.contact.user, now=NOW, submit=False)
    assert not Measure.objects.exists()


def test_an_update_without_a_word_is_not_sent(stage):
    with pytest.raises(ValidationError) as refused:
        services.write(update=stage.update, news=news("  "), by=stage.contact.user, now=NOW, submit=True)
    assert set(refused.value.error_dict) == {"text"}


def test_a_negative_value_is_refused(stage):
    with pytest.raises(ValidationError):
        services.write(
            update=stage.update,
            news=news(**{f"m{stage.indicator.pk}": Decimal(-1)}),
            by=stage.contact.user,
            now=NOW,
            submit=True,
        )


def test_a_stranger_gives_no_news(stage):
    stranger = User.objects.create_user("autre@porteuse.example", first_name="A", last_name="B")
    with pytest.raises(PermissionRefused):
        services.write(update=stage.update, news=news(), by=stranger, now=NOW, submit=True)


def test_the_keeper_skips_with_a_reason_and_opens_again(stage, people):
    with pytest.raises(ValidationError):
        services.skip(update=stage.update, reason=" ", by=people.funder, now=NOW)
    services.skip(update=stage.update, reason="Reportée", by=people.funder, now=NOW)
    with pytest.raises(MoveRefused):
        services.skip(update=stage.update, reason="Encore", by=people.funder, now=NOW)
    services.reopen(update=stage.update, reason="Il manque un chiffre", by=people.funder, now=NOW)
    stage.update.refresh_from_db()
    assert (stage.update.state, stage.update.reason) == (UpdateState.DRAFT, "Il manque un chiffre")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": UpdateState.SUBMITTED, "text": "Oui"},
        {"state": UpdateState.SUBMITTED, "submitted_at": NOW},
        {"state": UpdateState.SKIPPED},
        {"state": UpdateState.DUE, "submitted_at": NOW},
    ],
)
def test_the_database_refuses_states_that_do_not_hold(stage, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Update.objects.filter(pk=stage.update.pk).update(**wrong)


def test_an_indicator_that_was_measured_stays(stage, people):
    Measure.objects.create(indicator=stage.indicator, measured_on=TODAY, value=1)
    with pytest.raises(MoveRefused):
        services.remove_indicator(indicator=stage.indicator, by=people.funder)


# --- the personal link ------------------------------------------------------------------------------------------------


def test_the_link_opens_one_form_and_only_its_button_writes(stage, client):
    address = last_link()
    for _again in range(2):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    stage.update.refresh_from_db()
    assert stage.update.state == UpdateState.DUE
    sent = {"text": "Le lieu est ouvert.", "audience": "members", f"mesure-{stage.indicator.pk}": "1 250,5"}
    assert client.post(address, {**sent, "submit": "1"}).status_code == 200
    stage.update.refresh_from_db()
    assert (stage.update.state, stage.update.written_by) == (UpdateState.SUBMITTED, stage.contact.user)
    assert Measure.objects.get().value == Decimal("1250.5")


def test_what_was_typed_stays_where_it_is_refused(stage, client):
    wrong = {"text": "Presque", "audience": "members", f"mesure-{stage.indicator.pk}": "beaucoup", "submit": "1"}
    page = client.post(last_link(), wrong)
    assert page.status_code == 422
    assert "Presque" in page.content.decode()
    assert "beaucoup" in page.content.decode()


@pytest.mark.parametrize("how", ["withdrawn", "replaced", "closed account", "run out"])
def test_a_link_that_ended_leads_nowhere(stage, people, client, how):
    address = last_link()
    if how == "withdrawn":
        contacts.withdraw(contact=stage.contact, by=people.funder, now=NOW)
    elif how == "replaced":
        contacts.send_link(contact=stage.contact, by=people.funder, now=NOW)
    elif how == "closed account":
        User.objects.filter(pk=stage.contact.user_id).update(is_active=False)
    else:
        stage.contact.user.personal_links.update(created_at=NOW - dt.timedelta(days=9), expires_at=NOW)
    assert client.get(address).status_code == 410
    assert client.post(address, {"text": "Non", "audience": "members", "submit": "1"}).status_code == 410
    assert Update.objects.get().state == UpdateState.DUE


def test_who_is_not_the_person_asked_switches_the_link_off(stage, people, client):
    contacts.send_link(contact=stage.contact, by=people.funder, now=NOW)
    link = last_link()
    assert f'action="{link}pas-moi/"' in client.get(link).content.decode()
    assert client.get(f"{link}pas-moi/").status_code == 405
    for _again in range(2):
        assert client.post(f"{link}pas-moi/").status_code == 200
    assert client.get(link).status_code == 410


def test_a_link_to_another_initiative_opens_only_that_one(stage, client):
    other = rows.initiative(title="Autre", prepared_by=stage.own)
    Update.objects.create(initiative=other, due_on=TODAY, changed_at=NOW)
    page = client.get(last_link()).content.decode()
    assert "Tiers-lieu" in page
    assert "Autre" not in page


def test_a_contact_without_account_sees_no_other_page(stage, signed_in):
    browser = signed_in(stage.contact.user)
    assert browser.get(reverse("funding:initiatives")).status_code == 403
    assert browser.get(reverse("funding:update", args=["tiers-lieu", stage.update.public_id])).status_code == 200


def test_the_same_person_is_named_once(stage, people):
    with pytest.raises(ValidationError):
        contacts.name_contact(
            initiative=stage.initiative,
            first_name="Inès",
            last_name="Porteuse",
            email="INES@porteuse.example",
            by=people.funder,
            now=NOW,
        )
    assert BearerContact.objects.count() == 1


def test_nobody_learns_by_naming_a_contact_whose_an_address_is(stage, people, signed_in):
    page = signed_in(people.funder)
    address = reverse("funding:contact", args=["tiers-lieu"])
    typed = {"contact-email": people.animator.email, "contact-first_name": "Luc", "contact-last_name": "Autre"}
    refused = page.post(address, typed)
    assert (refused.status_code, BearerContact.objects.count()) == (422, 1)
    assert "Cette adresse et ce nom ne vont pas ensemble ici" in refused.text
    assert people.animator.get_full_name() not in refused.text
    own = {"contact-first_name": people.animator.first_name, "contact-last_name": people.animator.last_name.upper()}
    assert page.post(address, typed | own).status_code == 302
    assert BearerContact.objects.filter(user=people.animator).exists()


# --- who reads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", UpdateAudience.values)
@pytest.mark.parametrize("state", UpdateState.values)
def test_who_reads_an_update(stage, audience, state):
    other = rows.funder(siret="")
    received = state == UpdateState.SUBMITTED
    Update.objects.filter(pk=stage.update.pk).update(
        state=state, audience=audience, text="x", reason="x", submitted_at=NOW if received else None
    )

    def reads(visibility: Visibility) -> bool:
        return Update.objects.seen_by(visibility).exists()

    assert not reads(PUBLIC)
    assert reads(Visibility(inside=True)) == (received and audience == UpdateAudience.MEMBERS)
    assert reads(Visibility(frozenset({stage.own.pk}), inside=True))
    assert reads(Visibility(frozenset({other.pk}), inside=True)) == (received and audience == UpdateAudience.MEMBERS)
    rows.line(of=stage.initiative, by=other)
    assert reads(Visibility(frozenset({other.pk}), inside=True)) == received


# --- reminders --------------------------------------------------------------------------------------------------------


def test_each_reminder_goes_out_once(stage, people):
    Update.objects.filter(pk=stage.update.pk).update(due_on=TODAY - dt.timedelta(days=8))
    Instalment.objects.all().delete()
    for days in (14, 16):
        Instalment.objects.create(
            line=stage.funding, number=days, due_on=TODAY + dt.timedelta(days=days), amount=Decimal(10)
        )
    for days in (7, 8, 91 + 7):
        FinancialReport.objects.create(line=stage.funding, due_on=TODAY - dt.timedelta(days=days))
    mails = OutboxMessage.objects.filter(kind=contacts.SCOPE).count()
    assert reminders.remind(NOW) == 3
    assert reminders.remind(NOW) == 0
    told = Notification.objects.filter(recipient=people.funder).values_list("kind", flat=True)
    assert sorted(told) == ["funding.instalment_due", "funding.report_late", "funding.update_late"]
    assert OutboxMessage.objects.filter(kind=contacts.SCOPE).count() == mails + 1


def test_an_instalment_that_was_paid_reminds_nobody(stage):
    Instalment.objects.all().update(due_on=TODAY, amount_paid=Decimal(1000))
    Update.objects.all().delete()
    assert reminders.remind(NOW) == 0


def test_people_of_a_bearer_that_is_a_member_are_told(stage, people):
    stage.initiative.bearer, stage.initiative.bearer_name = people.animating, ""
    stage.initiative.bearer_siret = ""
    stage.initiative.save()
    UpdatePlan.objects.create(initiative=stage.initiative, every_months=6, next_on=TODAY + dt.timedelta(days=3))
    assert reminders.ask_for_updates(NOW) == 1
    told = Notification.objects.filter(kind="funding.update_expected").values_list("recipient", flat=True)
    assert people.animator.pk in told
    services.write(update=stage.update, news=news(), by=people.animator, now=NOW, submit=True)
