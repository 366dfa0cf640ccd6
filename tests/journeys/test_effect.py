"""The effect of a handover in open browsers: what the former animators were writing is refused, told and kept."""

from __future__ import annotations

import re

from django.utils import timezone
from playwright.sync_api import expect

from core.formatting import names
from governance.handovers import completion
from governance.models import Mandate, RescuedForm
from sessions_app.models import MinutesEntry, MinutesProposal
from tests import factories
from tests.governance.stage import set_stage


def test_an_editor_and_a_form_open_while_the_handover_takes_effect(browsing, assert_accessible):
    factories.SpaceFactory()
    stage = set_stage()
    handover = stage.validated()
    stage.supply_identity()
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    holder, receiver = stage.people["holder"], stage.people["receiver"]

    # Two tabs of the former: minutes in the editor, a form half filled in. A third has the page of a step open.
    editor = browsing.open(holder)
    editor.goto(f"/sessions/{session.number}/compte-rendu/modifier/?point=1")
    sheet = editor.get_by_role("textbox", name="Texte du point")
    form = browsing.open(holder)
    form.goto("/gouvernance/evenements/nouveau/")
    form.select_option("[name=kind]", "other")
    form.fill("[name=date]", "été 2026")
    form.fill("[name=title]", "Une rencontre à moitié écrite")

    # The animation is handed over in another browser.
    completion.complete(handover=handover, by=holder, now=timezone.now())
    assert Mandate.objects.organisation_at(timezone.now()) == stage.receiver

    # The editor saves by itself: refused, with the reason, the text kept and still on the page.
    saved_before = list(MinutesEntry.objects.values_list("revision", "body"))
    sheet.press("Control+End")
    sheet.press_sequentially(" Une phrase trop tardive")
    refused = editor.get_by_role("alert").filter(has_text="a pris fin")
    expect(refused).to_contain_text(names.of(stage.holder.label))
    expect(refused).to_contain_text("Votre texte n’est pas perdu")
    expect(sheet).to_contain_text("Une phrase trop tardive")
    assert_accessible(editor)
    assert list(MinutesEntry.objects.values_list("revision", "body")) == saved_before
    assert "Une phrase trop tardive" in MinutesProposal.objects.get().body

    # The form is refused with the reason; its text is shown and kept.
    form.click("main form button[type=submit]")
    main = form.get_by_role("main")
    expect(main).to_contain_text(re.compile("Le mandat d’animation .* a pris fin"))
    expect(main).to_contain_text("Rien n’est perdu.")
    expect(main).to_contain_text("Une rencontre à moitié écrite")
    assert_accessible(form)
    assert RescuedForm.objects.get().author == holder

    # The new animators find both, take what is useful, and put the texts aside.
    incoming = browsing.open(receiver)
    incoming.goto("/")
    incoming.get_by_role("link", name=re.compile("Lire 2 textes laissés")).first.click()
    expect(incoming.get_by_role("main")).to_contain_text("Une rencontre à moitié écrite")
    assert_accessible(incoming)
    incoming.get_by_role("button", name=re.compile("J’en ai repris")).click()
    expect(incoming.get_by_role("main")).to_contain_text("Aucun texte en attente")
    incoming.get_by_role("link", name=session.agenda.get().title).click()
    expect(incoming.get_by_role("heading", name=re.compile("Texte laissé par"))).to_be_visible()
