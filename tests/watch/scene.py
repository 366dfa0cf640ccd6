"""What the matrix needs of the watch: entries of the member in every state, and a draft of another."""

from __future__ import annotations

from typing import Any

from core.files.store import store
from core.files.validate import validate_upload
from core.partial_dates import month
from tests import factories
from tests.watch.rows import item
from watch.enums import Beneficiary, ItemState, Kind, LinkState
from watch.items import revisions
from watch.models import Correction, LinkCheck


def watch(scene: Any) -> None:
    """Fills `scene.other["watch"]` with named rows."""
    people = scene.people
    document = store(file=validate_upload(factories.picture()), by=people.member, now=factories.moment(-20))
    scene.other["watch"] = made = {
        "published": item(
            slug="cahier",
            title="Un cahier",
            contributor=people.member,
            file=document,
            link="https://documents.example/cahier",
            themes=["Territoires"],
            sdgs=[17],
            dated_on=month(2021, 5),
            competences=[],
            is_public=True,
        ),
        "study": item(slug="etude", kind=Kind.NEEDS_STUDY, is_national=True, competences=[scene.other["competence"]]),
        "lesson": item(slug="enseignement-1", kind=Kind.LESSON, session=scene.sessions["published"]),
        "expired": item(
            slug="urgence",
            kind=Kind.SCHEME,
            state=ItemState.EXPIRED,
            contributor=people.member,
            beneficiaries=[Beneficiary.ASSOCIATION],
            closes_on=month(2020, 12),
        ),
        "draft": item(slug="brouillon", state=ItemState.DRAFT, contributor=people.member),
        "removable": item(slug="a-supprimer", state=ItemState.DRAFT, contributor=people.member),
        "sent": item(slug="envoyee", state=ItemState.TO_REVIEW, contributor=people.member),
        "refused": item(slug="refusee", state=ItemState.REFUSED, contributor=people.member),
        "foreign draft": item(slug="brouillon-d-un-autre", state=ItemState.DRAFT, contributor=people.funder),
    }
    LinkCheck.objects.create(
        item=made["published"],
        link=made["published"].link,
        state=LinkState.GONE,
        problem="gone",
        status=404,
        checked_at=factories.moment(-2),
        next_at=factories.moment(-1),
        failing_since=factories.moment(-5),
        failed_on=factories.moment(-2).date(),
        failed_days=4,
    )
    made["correction"] = Correction.objects.create(
        item=made["published"],
        before={"author": "", "dated_on": None},
        after={"author": "Le RAMEAU", "dated_on": {"from": "2021-05-01", "before": "2021-06-01"}},
        reason="Il est signé.",
        proposed_by=people.funder,
        proposed_at=factories.moment(-3),
    )
    for name in ("published", "sent"):
        revisions.record(item=made[name], by=people.member, now=factories.moment(-20))
