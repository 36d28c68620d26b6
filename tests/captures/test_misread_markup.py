"""What libxml2 reads otherwise than browsers is read as they do: both readings agree, and no word is lost or added."""

from __future__ import annotations

from time import process_time

import pytest

from dossier.captures.convert import convert_capture
from dossier.captures.misread_markup import rewrite_misread_markup


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("One<script src=a.js />no<p>no</script> two", ["One two"]),
        ("One<SCRIPT src=a.js/>no</SCRIPT> two", ["One two"]),
        ("<iframe src=x />no<p>no</iframe>One", ["One"]),
        ("<video src=x/>no</video>One<object data='' />two</object>", ["One", "two"]),
        ("<p>One<plaintext>two <b>&amp;</p><!-- three --></plaintext>", ["One", "two <b>&amp;</p><!-- three --></plaintext>"]),
        ("<svg><text><![CDATA[One < <b> &amp;]]></text></svg>", ["One < <b> &amp;"]),
        ("One<datalist><option>no<option>no</datalist>two<datalist><legend>no</datalist>three", ["Onetwothree"]),
        ("<div><template shadowrootmode=open><p>One</p><slot></slot></template><b>two</b></div>", ["One", "two"]),
        ("<p><template shadowrootmode=CLOSED hidden style=display:none>One</template></p>", ["One"]),
        ("<template><p><template shadowrootmode=open>no</template></p></template>One", ["One"]),
        ("<div><template shadowrootmode=x>no</template>One</div>", ["One"]),
        ("<p hidden style='all:unset'>One</p><p hidden style='display:revert'>two</p>", ["One", "two"]),
        ("<datalist style='display:block'><option>One</datalist><title style='display:block'>two</title>", ["One", "two"]),
        ("<p>O\x01n\x0be\x1b\x7f two\x0cthree\x1f\uffff \x80four&#11;</p>", ["One two three four"]),
        ("One</br>two</br><br>three", ["One two", "three"]),
        ("One</p>two<p>three</p>four", ["One", "two", "three", "four"]),
        ("<p><b>One</p>two</b></p>three", ["One", "two", "three"]),
        ("<noscript><div>no</noscript>One<noscript>no &lt;/noscript></noscript> two", ["One two"]),
        ("<head><noscript><style>p {}</style><img></noscript><title>no</title></head><p>One", ["One"]),
        ("<textarea><p>One</p></textarea>", ["<p>One</p>"]),
        ("<!-- <noscript> </br> <script> -->One<svg><path/><text>two</text></svg><p>three", ["One", "two", "three"]),
        ("<progress>no</progress>One<meter>no</meter>", ["One"]),
        ("<object><p>One</p></object>", ["One"]),
        ('<p style="*display:none">One<p style="background:url(display:none)">two', ["One", "two"]),
        ('<p hidden style="display:block">One<dialog style="display:flex">two</dialog>', ["One", "two"]),
        ('<table><tr style="visibility:collapse"><td>no<tr><td>One</table>', ["One"]),
        ("<desc>One</desc><symbol>two</symbol><svg><desc>no</desc></svg>", ["One", "two"]),
        ("<p>If <mjx-container><mjx-mml><math><mi>a</mi></math></mjx-mml></mjx-container> holds", ["If a holds"]),
        ("<div>If <mjx-container display=true><math><mi>a</mi></math></mjx-container> holds", ["If", "a", "holds"]),
    ],
)
def test_a_page_is_read_as_browsers_read_it(page: str, texts: list[str]) -> None:
    capture = convert_capture(page.encode(), ending=".html")
    assert [paragraph.text for paragraph in capture.paragraphs] == texts
    assert capture.difference == ""


def test_a_name_of_our_own_in_a_page_loses_nothing() -> None:
    page = "<p>One</p><paragraph-end>two</paragraph-end>three<paragraph-end hidden>four"
    assert "".join(paragraph.text for paragraph in convert_capture(page.encode(), ending=".html").paragraphs) == "Onetwothreefour"


@pytest.mark.parametrize(
    "part", ["<noscript>", "<script ", "<script/>", "<svg ", "<!--", "</p ", "<video /", "<noscript><div></noscript>"]
)
def test_time_grows_with_the_length_of_the_page(part: str) -> None:
    begun = process_time()
    rewrite_misread_markup(part * 100_000)
    assert process_time() - begun < 4  # what is quadratic takes minutes
