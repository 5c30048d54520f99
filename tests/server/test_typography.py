"""An apostrophe is printed as one in the words of a page, and nowhere else."""

import pytest
from wijk.web.typography import printed


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>&#39;s-Hertogenbosch</b>", "<b>’s-Hertogenbosch</b>"),
        ("in &#39;t Hout, foto&#39;s", "in ’t Hout, foto’s"),
        ("Barista&#39;s", "Barista’s"),
        ("&#39;<mark>s-Hertogenbosch</mark>", "’<mark>s-Hertogenbosch</mark>"),
        ("<mark>Barista</mark>&#39;<mark>s</mark>", "<mark>Barista</mark>’<mark>s</mark>"),
        ("de &#39;<mark>s</mark>&#39;", "de &#39;<mark>s</mark>&#39;"),
        ("in 2020 &#39;twee jaar geleden&#39;.", "in 2020 &#39;twee jaar geleden&#39;."),
        ("de letter &#39;s&#39;", "de letter &#39;s&#39;"),
        ('<a href="/x?q=&#39;s" title="&#39;s">', '<a href="/x?q=&#39;s" title="’s">'),
        ('<input value="&#39;s-Hertogenbosch">', '<input value="&#39;s-Hertogenbosch">'),
        ("<pre>a&#39;s <b>b&#39;s</b></pre>", "<pre>a&#39;s <b>b&#39;s</b></pre>"),
        ("<script>a&#39;s</script> a&#39;s", "<script>a&#39;s</script> a’s"),
        ('<p class="plak klein">a&#39;s</p>', '<p class="plak klein">a&#39;s</p>'),
        ("<textarea>&#39;s</textarea>", "<textarea>&#39;s</textarea>"),
    ],
)
def test_an_apostrophe_is_printed_in_words_alone(html: str, shown: str) -> None:
    assert printed(html) == shown
