"""Other ways than mouse, script and a wide screen: the keyboard alone, no script at all, a page enlarged to 200 %."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Page, expect

from sessions_app.models import Answer
from tests.factories import PASSWORD

FIRST_VIEW = 150 * 1024  # bytes, compressed
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2 (2.5.8)


def focused(page: Page) -> str:
    return page.evaluate("(document.activeElement.textContent || '').trim().replace(/\\s+/g, ' ')")


def tab_to(page: Page, text: str, *, most: int = 60) -> None:
    """Presses Tab until the focus is on something that reads `text`."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(text):
            return
    pytest.fail(f"{text!r} is not reached by the keyboard")


def test_sign_in_and_reading_by_keyboard_alone(portal, people, scene):
    page = portal.open()
    page.goto(f"/compte/login/?next=/sessions/{scene.sessions['published'].number}/")
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(people.member.email)
    page.keyboard.press("Tab")
    if focused(page).startswith("Mot de passe oublié"):
        page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(scene.sessions["published"].title)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_menu_opens_and_closes_by_keyboard(portal, people):
    page = portal.open(people.member)
    page.goto("/")
    tab_to(page, "Mon compte")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_hidden()


def test_the_focus_is_always_seen(portal, people):
    """Each stop of the keyboard on a page of many controls draws its ring."""
    page = portal.open(people.member)
    page.goto("/sessions/")
    for _step in range(25):
        page.keyboard.press("Tab")
        drawn = page.evaluate(
            """() => {
                const ring = element => {
                    const style = getComputedStyle(element);
                    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                };
                for (let element = document.activeElement; element && element !== document.body; element = element.parentElement)
                    if (ring(element)) return true;
                return false;
            }"""
        )
        assert drawn, f"no ring on {focused(page)!r}"


def test_targets_are_large_enough(portal, people, scene):
    """Links within sentences aside, whatever is pressed measures at least 24 by 24 pixels."""
    page = portal.open(people.member)
    for address in ("/", "/sessions/", "/membres/", f"/sessions/{scene.sessions['published'].number}/"):
        page.goto(address)
        small = page.eval_on_selector_all(
            "button, summary, select, input:not([type=hidden]), .site-nav a, .site-foot a, .chip, .btn, .tool",
            """(elements, least) => elements
                .map(element => element.matches('.tick input') ? element.closest('.tick') : element)
                .filter(element => element.checkVisibility({visibilityProperty: true}))
                .map(element => [element, element.getBoundingClientRect()])
                .filter(([, box]) => box.width > 1 && (box.height < least || box.width < least))
                .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)""",
            SMALLEST_TARGET,
        )
        assert small == [], address


def test_nothing_moves_where_less_motion_is_asked_for(portal, people, scene):
    page = portal.open(people.member)  # the browser of the tests asks for it
    page.goto(f"/sessions/{scene.sessions['published'].number}/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(element => {
            const style = getComputedStyle(element);
            return style.animationName !== 'none' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0);
        }).map(element => element.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_without_script_a_member_signs_in_and_answers(portal, people, scene):
    page = portal.open(java_script_enabled=False)
    session = scene.sessions["announced"]
    page.goto(f"/sessions/{session.number}/")
    page.get_by_label("Adresse électronique").fill(people.member.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(session.title)
    before = Answer.objects.filter(session=session, user=people.member, choice="yes").exists()
    assert not before
    page.get_by_role("button", name="Je participe", exact=True).first.click()
    assert Answer.objects.filter(session=session, user=people.member, choice="yes").exists()


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_the_first_view_is_light(portal, people, role):
    """What a browser fetches for a first page, compressed as a proxy sends it; the fixture refuses other hosts."""
    page = portal.open(people.role(role))
    fetched: dict[str, int] = {}

    def weigh(response) -> None:
        if response.status == 200:
            kind = response.headers.get("content-type", "")
            body = response.body()
            fetched[response.url] = len(body) if kind.startswith("font/") else len(gzip.compress(body, 6))

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert any(re.search(r"\.woff2$", url) for url in fetched)
    assert sum(fetched.values()) <= FIRST_VIEW, fetched
