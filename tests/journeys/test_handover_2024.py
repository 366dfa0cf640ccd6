"""The handover of 2024, entered by four people in the browser exactly as it happened.

What nobody knows stays unknown (the day of the proposal), November 2024 stays a month, and no vote is invented.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from core.partial_dates import day, month
from governance.models import Handover, Mandate
from tests.factories import SpaceFactory
from tests.governance.stage import set_stage


def test_the_handover_of_2024(browsing, assert_accessible):
    SpaceFactory()
    stage = set_stage()
    session = stage.session(number=21, title="Investir en Commun(s)", date=month(2024, 11))

    # 1. The representative of Le RAMEAU prepares it, after the fact, and proposes it.
    holder = browsing.open(stage.people["holder"])
    holder.goto("/gouvernance/passations/nouvelle/")
    assert_accessible(holder)
    holder.select_option("[name=receiver]", label=stage.receiver.name)
    holder.fill("[name=purpose]", "Transmettre l’animation à un acteur légitime pour la porter.")
    holder.check("[name=is_historical]")
    holder.click("main form button[type=submit]")
    handover = Handover.objects.get()
    address = handover.get_absolute_url()
    assert holder.url.endswith(address)
    receiver = browsing.open(stage.people["receiver"])
    assert receiver.goto(address).status == 403, "a draft is the holder's own business"
    holder.goto(f"{address}proposer/")
    assert_accessible(holder)
    holder.click("main form button[type=submit]")

    # 2. The representative of the Fondation des Territoires accepts: its executive committee, 12 November 2024.
    receiver.goto(f"{address}accepter/")
    receiver.fill("[name=body]", "Comité exécutif")
    receiver.fill("[name=accepted_on]", "12/11/2024")
    receiver.click("main form button[type=submit]")
    assert receiver.url.endswith(address)

    # 3. Another animator records what the members said in the 21st session; nobody can skip to the end.
    holder.goto(f"{address}remettre/")
    assert holder.url.endswith(address)
    substitute = browsing.open(stage.people["substitute"])
    substitute.goto(f"{address}valider/")
    substitute.select_option("[name=session]", str(session.pk))
    substitute.fill("[name=statement]", "La session a permis d’en valider la pertinence auprès des membres.")
    substitute.click("main form button[type=submit]")
    assert substitute.goto(f"{address}remettre/").status == 403, "handing over is the representative's"

    # 4. Handed over: the consequence is said before, the rights move at once.
    holder.goto(f"{address}remettre/")
    assert stage.receiver.label in holder.inner_text(".card-blotter")
    holder.fill("[name=effective_on]", "novembre 2024")
    holder.click("main form button[type=submit]")
    assert Mandate.objects.organisation_at(timezone.now()) == stage.receiver
    assert holder.goto("/gouvernance/evenements/nouveau/").status == 403
    assert receiver.goto("/gouvernance/evenements/nouveau/").status == 200
    holder.goto(f"{address}remettre/")  # back and once more: nothing happens twice
    assert Mandate.objects.count() == 2

    # A member reads it, on a telephone.
    member = browsing.open(stage.people["other0"], width=360)
    member.goto("/gouvernance/")
    assert_accessible(member)
    steps = member.inner_text("ol.steps")
    assert "12 novembre 2024" in steps
    assert steps.count("ovembre 2024") == 3
    assert member.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    handover.refresh_from_db()
    assert handover.proposed_on is None
    assert handover.accepted_on == day(dt.date(2024, 11, 12))
    assert (handover.validated_on, handover.effective_on) == (month(2024, 11), month(2024, 11))
    assert handover.validation_consultation is None
