"""What the page that replaces somebody tells, and to whom: what its reader may read, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from core.notifications.models import Notification
from funding.models import BearerContact
from governance.enums import Stance
from governance.models import Ballot, Voter
from members.models import Organisation
from sessions_app.models import ActionItem, PreparationTask, Speaker
from tests import factories
from tests.factories import PositionFactory, SessionFactory, UserFactory
from tests.funding import rows
from tests.governance import scene
from tests.members.test_replacing import confirm, errors, page_of, plain, see
from tests.support.forms import form_to

pytestmark = pytest.mark.django_db


def test_a_representative_learns_of_no_address_whose_it_is(people, signed_in, leaver):
    """Known or not, an address wants a name; a wrong one is refused without the right one, which is taken."""
    PositionFactory(user=UserFactory(email="b@exemple.example", first_name="Zoé", last_name="Connue", signs_in=True))
    client = signed_in(people.member)
    for email in ("b@exemple.example", "neu@exemple.example"):
        assert errors(see(client, leaver, email=email)) == {
            "first_name": ["Écrivez aussi le prénom et le nom de la personne qui a cette adresse."]
        }
    wrong = see(client, leaver, email="b@exemple.example", first_name="Luc", last_name="Autre")
    assert errors(wrong) == {
        "email": ["Cette adresse et ce nom ne vont pas ensemble ici : adressez-vous aux animateurs."]
    }
    assert "Connue" not in wrong.text
    right = see(client, leaver, email="B@exemple.example", first_name="zoe", last_name="CONNUE")
    assert right.context["preview"].successor.get_full_name() == "Zoé Connue"


def told(response: Any) -> list[tuple[str, list[str]]]:
    return [(plain(str(line.text)), [plain(name) for name in line.names]) for line in response.context["lines"]]


def test_the_preview_names_what_its_reader_may_read(people, signed_in, leaver, successor):
    """Of what is prepared, and of another funder's draft, a number alone; who prepares sessions reads their names."""
    here, draft, past = leaver.organisation, SessionFactory(draft=True), SessionFactory()
    for session, text, out in ((past, "Publiée", timezone.now()), (past, "Secrète", None)):
        factories.ActionItemFactory(session=session, text=text, responsible=here, person=people.member, released_at=out)
    Speaker.objects.create(item=factories.AgendaItemFactory(session=draft, title="Réservé"), user=people.member)
    funder = rows.funder(siret="")
    for title, keeper in (("Montrée", None), ("Cachée", funder)):
        initiative = rows.initiative(title=title, bearer=here, bearer_name="", bearer_siret="", draft_of=keeper)
        BearerContact.objects.create(initiative=initiative, user=people.member, added_at=timezone.now())
    page = see(signed_in(people.member), leaver, person=successor)
    assert [(text, len(names)) for text, names in told(page)] == [
        ("1 action en cours", 1),
        ("Contact de 1 initiative, à qui l’on demande de ses nouvelles", 1),
        ("3 autres éléments, que vous ne pouvez pas lire", 0),
    ]
    assert not [word for word in ("Secrète", "Réservé", "Cachée") if word in page.text]
    assert str(draft) not in page.text
    seen = dict(told(see(signed_in(people.animator), leaver, person=successor)))
    assert [len(seen[text]) for text in ("2 actions en cours", "1 intervention à une session à venir")] == [2, 1]
    assert seen["1 autre élément, que vous ne pouvez pas lire"] == []
    done = confirm(signed_in(people.member), leaver, person=successor)
    assert done.status_code == 302
    assert ActionItem.objects.filter(person=successor).count() == 2
    assert BearerContact.objects.running().filter(user=successor).count() == 2


def test_tasks_are_named_to_whoever_prepares_sessions(people, signed_in):
    position = people.animator.positions.get()
    task = PreparationTask.objects.create(session=SessionFactory(draft=True), title="Salle", assignee=people.animator)
    names = {
        role: [names for _text, names in told(signed_in(people.role(role)).get(page_of(position)))]
        for role in ("animator", "administrator")
    }
    assert names == {"animator": [[f"{plain(str(task.session))}: Salle"]], "administrator": [[]]}


def test_only_what_passes_is_counted_for_the_successor(people, signed_in, leaver, successor):
    """A position that the organisation gave stands as it was given."""
    consultation = scene.consult(people.animator, "open")
    voter = Voter.objects.get(consultation=consultation, organisation=leaver.organisation)
    Ballot.objects.create(voter=voter, by=people.member, stance=Stance.CONSENT, given_at=timezone.now())
    factories.ActionItemFactory(
        session=SessionFactory(), responsible=leaver.organisation, person=people.member, released_at=timezone.now()
    )
    confirm(signed_in(people.animator), leaver, person=successor)
    (row,) = Notification.objects.filter(kind="members.takes_over")
    assert row.values["count"] == 1


def test_a_rule_of_the_organisation_that_stands_in_the_way_is_told(people, signed_in, leaver, successor):
    """Of a field that the page does not ask for: above the form, and nothing has changed."""
    here = leaver.organisation
    Organisation.objects.filter(pk=here.pk).update(rna="W12", internal_contact=people.member.get_full_name())
    client = signed_in(people.animator)
    sent = form_to(see(client, leaver, person=successor), page_of(leaver)).data
    (sentence,) = errors(client.post(page_of(leaver), sent))["__all__"]
    assert sentence.startswith("Un numéro RNA")
    leaver.refresh_from_db()
    assert leaver.period.upper is None
