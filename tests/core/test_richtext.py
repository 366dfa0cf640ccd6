"""Rich text: what gets through, what it says as plain text, what a form may send."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given, settings, strategies as st

from core import richtext
from core.richtext import clean, from_form, from_plain, is_empty, to_text, word_count
from core.richtext.clean import ATTRIBUTES, TAGS
from core.richtext.diff import Sides, diff, side_by_side

FIXTURES = Path(__file__).parent.parent / "fixtures" / "paste"
KEPT = (
    "<p>Un <strong>mot</strong> et <em>un autre</em><br>à la ligne</p><h3>Titre</h3><h4>Petit titre</h4>"
    '<ul><li><p>a</p></li></ul><ol start="3"><li><p>b</p></li></ol><blockquote><p>c</p></blockquote>'
    "<table><thead><tr><th><p>A</p></th></tr></thead><tbody>"
    '<tr><td colspan="2" rowspan="3"><p>1</p></td></tr></tbody></table>'
)

ATTACKS = [
    "<script>alert(1)</script>",
    "<style>*{display:none}</style>",
    '<p onclick="alert(1)">x</p>',
    '<p style="position:fixed">x</p>',
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="//evil.example/">x</a>',
    '<a href="/\\evil.example/">x</a>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><script>alert(1)</script></textarea>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<template><script>alert(1)</script></template>",
    '<form action="/x"><button formaction="javascript:alert(1)">x</button></form>',
    "<b<script>alert(1)</script>",
    '<a href="/x" data-mention="<script>" data-id="../../x" hx-get="/y" data-rev="1">x</a>',
    '<td colspan="100000000">x</td>',
    '<p title="x" lang="en" id="x" class="x" dir="rtl">x</p>',
    "<p<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]


class Inspector(HTMLParser):
    """Fails on any tag, attribute or address that the allow-list does not name."""

    def __init__(self, tags: frozenset[str]) -> None:
        super().__init__()
        self.allowed = tags

    def handle_starttag(self, tag, attrs):
        assert tag in self.allowed
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | {"rel"}
            if name == "href":
                assert re.match(r"(https?://|mailto:|/(?![/\\])|#)", value.strip(), re.IGNORECASE)

    def handle_comment(self, data):
        raise AssertionError(data)


def assert_safe(html: str, *, tags: frozenset[str] = TAGS) -> None:
    inspector = Inspector(tags)
    inspector.feed(html)
    inspector.close()


hostile = st.lists(
    st.one_of(
        st.sampled_from(
            [*ATTACKS, KEPT, "<", ">", '"', "'", "&", "<!--", "-->", "]]>", "\x00", "<p", "</table>", "<td>"]
        ),
        st.text(max_size=20),
    ),
    max_size=12,
).map("".join)


def test_everything_the_editor_writes_is_kept():
    assert clean(KEPT) == KEPT


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_disarmed(attack):
    assert_safe(clean(attack))
    assert "alert(1)" not in re.sub(r">[^<]*<", "><", clean(f"<p></p>{attack}<p></p>"))


@given(hostile)
@settings(max_examples=400, deadline=None)
def test_clean_is_safe_and_idempotent(html):
    once = clean(html)
    assert_safe(once)
    assert clean(once) == once


@given(hostile, hostile)
@settings(max_examples=60, deadline=None)
def test_diff_is_safe(old, new):
    assert_safe(diff(old, new), tags=TAGS | {"ins", "del"})


@given(hostile)
@settings(max_examples=200, deadline=None)
def test_plain_text_never_becomes_markup(text):
    html = from_plain(text)
    assert clean(html) == html
    assert_safe(html)


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example/x?y=1&amp;z=2", True),
        ("mailto:a@b.example", True),
        ("/membres/le-rameau/", True),
        ("#suite", True),
        ("ftp://a.example", False),
        ("page.html", False),
    ],
)
def test_addresses_of_links(href, kept):
    address = f' href="{href}"' if kept else ""
    assert clean(f'<p><a href="{href}">x</a></p>') == f'<p><a{address} rel="noopener noreferrer">x</a></p>'


def test_mentions_keep_kind_and_id():
    mention = '<a href="/membres/x/" data-mention="organisation" data-id="x_1-A" rel="noopener noreferrer">@X</a>'
    assert clean(mention) == mention
    assert "data-mention" not in clean('<a data-mention="person" data-id="1">x</a>')


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("*.html")), ids=lambda path: path.stem)
def test_raw_paste_of_word_processors_is_safe(fixture):
    assert_safe(clean(fixture.read_text(encoding="utf-8")))


TEXT = """Bonjour à tous
ligne

- un
  3. a
  4. b
- deux

> x
>
> y

A | B
1 | 2"""


def test_text_of_lists_quotes_and_tables():
    html = (
        "<p>Bonjour <b>à</b>\n tous<br>ligne</p><ul><li><p>un</p><ol start=3><li><p>a</p></li><li>b</li></ol></li>"
        "<li>deux</li></ul><blockquote><p>x</p><p>y</p></blockquote><table><thead><tr><th><p>A</p></th><th>B</th></tr>"
        "</thead><tbody><tr><td>1</td><td><p>2</p></td></tr></tbody></table><p>&nbsp;</p>"
    )
    assert to_text(clean(html)).removesuffix("\n\n\u00a0") == TEXT


def test_text_of_links_for_a_mail():
    html = '<p><a href="https://a.example/">lien</a>, <a href="mailto:b@c.example">b@c.example</a></p>'
    assert to_text(html) == "lien, b@c.example"
    assert to_text(html, links=True) == "lien (https://a.example/), b@c.example"


def test_text_of_very_deep_nesting():
    html = clean("<blockquote>" * 3000 + "mot")
    assert to_text(html).endswith("mot")


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p>&nbsp; <br></p>", "<ul><li><p></p></li></ul>", "<table><tr><td></td></tr></table>"]
)
def test_empty(html):
    assert is_empty(html)
    assert word_count(html) == 0


def test_words():
    assert word_count("<p>L’eau : « un\u00a0mot »</p><p>fin</p><ol><li>x</li></ol>") == 5
    assert not is_empty("<p>0</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n\n ", ""),
        ("Un\r\ndeux\r\n\r\ntrois", "<p>Un<br>deux</p><p>trois</p>"),
        ("- a\n- b\n  suite", "<ul><li><p>a</p></li><li><p>b<br>suite</p></li></ul>"),
        ("2. a\n3. b", '<ol start="2"><li><p>a</p></li><li><p>b</p></li></ol>'),
        ("> a\n> b", "<blockquote><p>a<br>b</p></blockquote>"),
        ("<b>a</b> & co", "<p>&lt;b&gt;a&lt;/b&gt; &amp; co</p>"),
        ("2026. C’est dit", '<ol start="2026"><li><p>C’est dit</p></li></ol>'),
        ("– Un tiret de dialogue", "<p>– Un tiret de dialogue</p>"),
    ],
)
def test_plain_text(text, html):
    assert from_plain(text) == html


def test_form_without_script_keeps_the_formatting_of_an_unchanged_text():
    shown = to_text(KEPT).replace("\n", "\r\n") + "\r\n"
    assert from_form(shown, "plain", stored=KEPT) == KEPT
    assert from_form("autre", "plain", stored=KEPT) == "<p>autre</p>"


def test_form_with_script_is_cleaned_and_ends_without_empty_lines():
    assert from_form("<p>a</p><p></p><p>b<script>x</script></p><p></p><p></p>", "html") == "<p>a</p><p></p><p>b</p>"


def test_form_of_an_unknown_format_is_plain_text():
    assert from_form("<p>a</p>", "markdown") == "<p>&lt;p&gt;a&lt;/p&gt;</p>"


@pytest.mark.parametrize("text_format", ["html", "plain"])
def test_too_long(text_format):
    with pytest.raises(richtext.RichTextTooLong) as refused:
        from_form("é" * (richtext.MAX_BYTES // 2 + 1), text_format)
    assert refused.value.code == "too_long"
    assert "200" in refused.value.messages[0]


def test_too_deep():
    with pytest.raises(richtext.RichTextTooDeep):
        from_form("<blockquote>" * 60 + "x", "html")


def test_diff_marks_what_came_and_went():
    assert diff("<p>a b c</p>", "<p>a c d</p>") == "<p>a <del>b</del> c <ins>d</ins></p>"
    assert diff(KEPT, KEPT) == KEPT


def render(source: str, **context: object) -> str:
    return Template("{% load richtext %}" + source).render(Context(context))


def test_filter_cleans_again_and_frames_tables():
    shown = render(
        "{{ html|rich_text }}", html="<p>a<script>x</script></p><table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert shown.startswith('<p>a</p><div class="table-scroll" role="group" tabindex="0" aria-label="')
    assert shown.endswith("</table></div>")
    assert render("{{ html|rich_text }}", html=None) == ""


def test_filter_for_paper_adds_nothing():
    assert render("{{ html|rich_text_print }}", html=KEPT) == KEPT


def test_field_holds_plain_text_for_those_without_script_and_html_for_the_editor():
    shown = render(
        '{% rich_text_field name="body" label="Texte" html=html help_text="Aide" errors=errors %}',
        html="<p>a &lt; b</p><ul><li><p>c</p></li></ul>",
        errors=["Trop long"],
    )
    assert 'aria-describedby="id_body-help id_body-error" aria-invalid="true">\na &lt; b\n\n- c</textarea>' in shown
    assert "<template data-html><p>a &lt; b</p><ul><li><p>c</p></li></ul></template>" in shown
    assert '<input type="hidden" name="text_format" value="plain">' in shown
    assert "data-mentions=" not in shown
    assert "mention-organisation" not in shown
    assert "data-autosave" not in shown


def test_field_with_autosave_and_mentions():
    shown = render('{% rich_text_field name="body" label="Texte" autosave=True mentions_url="/m/" %}')
    for part in ["data-autosave-ui", "data-draft-offer hidden", "<div data-conflict></div>", 'data-mentions="/m/"']:
        assert part in shown
    assert 'data-command="mention-organisation"' in shown


STRUCK = "<p>La 21<sup>e</sup> : <s>12 000 €</s> 9 000 €, 40 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>6</sup></p>"


def test_struck_raised_and_lowered_words_are_kept():
    assert clean(STRUCK) == STRUCK
    assert clean("<p><strike>a</strike><DEL datetime='x'>b</DEL></p>") == "<p><s>a</s><s>b</s></p>"


def test_struck_words_never_read_as_valid_where_no_mark_can_be_shown():
    text = "La 21e : [barré\u00a0: 12 000 €] 9 000 €, 40 m², CO₂, 10⁶"
    assert to_text(STRUCK) == text
    assert from_form(text + " en tout", "plain", stored=STRUCK) == (
        "<p>La 21e&nbsp;: <s>12 000 €</s> 9 000 €, 40 m², CO₂, 10⁶ en tout</p>"
    )
    assert from_form(text, "plain", stored=STRUCK) == STRUCK
    assert to_text("<p>a<s> b </s>c<s> </s>d</p>") == "a [barré\u00a0: b] c d"
    assert from_plain("[barré\u00a0: <b>]") == "<p><s>&lt;b&gt;</s></p>"


def test_struck_words_are_named_for_screen_readers_and_stand_apart_from_removals():
    aloud = '<s><span class="visually-hidden">[barré\u00a0: </span>12 000 €<span class="visually-hidden">]</span></s>'
    assert aloud in render("{{ html|rich_text }}", html=STRUCK)
    compared = diff("<p>coûte 12 €</p>", "<p>coûte <s>12 €</s> 9 €</p>")
    assert compared == "<p>coûte <del>12 €</del> <ins></ins><s><ins>12 €</ins></s><ins> 9 €</ins></p>"
    assert side_by_side(compared) == Sides(
        "<p>coûte <del>12 €</del> </p>", "<p>coûte  <ins></ins><s><ins>12 €</ins></s><ins> 9 €</ins></p>"
    )


@pytest.mark.parametrize("text_format", ["html", "plain"])
def test_no_line_begins_with_a_sign_that_french_sets_apart(text_format):
    text = "Oui ; non : « peut-être » ? Si !"
    stored = from_form(f"<p>{text}</p>" if text_format == "html" else text, text_format)
    assert stored == "<p>Oui&nbsp;; non&nbsp;: «&nbsp;peut-être&nbsp;»&nbsp;? Si&nbsp;!</p>"
    assert from_form(stored, "html") == stored


def test_a_gap_behind_a_mark_is_set_apart_and_an_address_is_left_alone():
    html = '<p><strong>Oui</strong> ; <a href="https://a.example/?a=1 ; b" rel="noopener noreferrer">x :y</a></p>'
    assert from_form(html, "html") == html.replace("</strong> ;", "</strong>&nbsp;;")


def test_a_gap_set_apart_is_no_change():
    assert diff("<p>Oui ; non</p>", "<p>Oui&nbsp;; non</p>") == "<p>Oui&nbsp;; non</p>"
