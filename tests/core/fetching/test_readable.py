"""The readable copy of a page, and the process that makes it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casetracker
from casetracker.core.fetching import ReadableCopy, readable_text
from casetracker.core.page_parsing.charsets import decoded
from casetracker.core.page_parsing.paragraphs import page_of

ROOT = Path(casetracker.__file__).parents[1]
LONG = "The police of the city opened the office in Rotterdam, said the report, and closed it after a year. " * 3


def text_of(html):
    return page_of(html).text


class TestThePage:
    def test_title_paragraphs_and_language(self):
        page = readable_text(
            "<!DOCTYPE html><html lang=zh-CN><head><title>海外 &amp; 警务站\n</title><style>p{color:red}</style>"
            "<script>track('<p>no</p>')</script></head><body><h1>A heading</h1><p>One <a href=/x>link</a>,\n two.<br>"
            "Three.<p>Four.<ul><li>Five<li>Six</ul><table><tr><td>a<td>b<tr><td>c</table></body></html>".encode(),
            "text/html",
            "utf-8",
        )
        assert page == ReadableCopy(
            "海外 & 警务站", "A heading\n\nOne link, two.\nThree.\n\nFour.\n\n- Five\n\n- Six\n\na b\n\nc", "zh-CN"
        )

    @pytest.mark.parametrize(
        "around",
        [
            "<nav>{}</nav>",
            "<header>{}</header>",
            "<footer><p>{}</p></footer>",
            "<aside>{}</aside>",
            "<div role=navigation>{}</div>",
            "<div hidden>{}</div>",
            "<p aria-hidden=true>{}</p>",
            "<noscript>{}</noscript>",
            "<template>{}</template>",
            "<svg><title>{}</title></svg>",
            "<select><option>{}</select>",
            "<button>{}</button>",
            "<div><nav>{}</div>",
            "<!-- {} -->",
            "<![CDATA[{}]]>",
            "<script>{}</script>",
            "<style>{}</style>",
        ],
    )
    def test_what_is_around_it_is_left_out(self, around):
        page = page_of(f"{around.format('Left out')}<p>What it says")
        assert (page.text, page.title) == ("What it says", "")

    @pytest.mark.parametrize("main", ["<main>{}</main>", "<article>{}</article>", "<div role=main>{}</div>"])
    def test_the_main_part_is_enough_where_it_is_marked(self, main):
        marked = main.format(f"<header><h1>Head</h1></header><p>{LONG}")
        assert text_of(f"<div>Menu</div>{marked}<p>More news") == f"Head\n\n{LONG.strip()}"

    def test_a_teaser_is_not_what_the_page_is_about(self):
        assert text_of("<article>Teaser</article><p>All else") == "Teaser\n\nAll else"

    @pytest.mark.parametrize(
        "html",
        [
            "<p>a</b></div></p>b",
            "<p>a<![foo[x]]><p>b",
            "<p>a</p><br/>b<",
            "<p>a<p>b<![endif]-->",
            "</p>a<div></p>b</div>",
        ],
    )
    def test_bad_html(self, html):
        assert text_of(html).split("\n\n") == ["a", "b"] or text_of(html).startswith("a\n\nb")

    @pytest.mark.parametrize(
        ("told", "language"), [("nl", "nl"), (" zh-Hant-TW ", "zh-Hant-TW"), ("a b", ""), ("<", "")]
    )
    def test_its_language(self, told, language):
        assert page_of(f"<html lang='{told}'><p>a").language == language

    def test_no_address_is_all_there_is(self):
        assert text_of("<a href='javascript:alert(1)' onclick='x()'>See</a>") == "See"

    @given(st.text(alphabet="<>/!-[]&#;=\"' apdivnmlt") | st.text())
    def test_any_text_is_a_page(self, html):
        page = page_of(html)
        assert "\n\n\n" not in page.text


class TestCharsets:
    @pytest.mark.parametrize(
        ("content", "charset"),
        [
            ("警务站".encode("gbk"), "GB2312"),
            ("警务站".encode("gb18030"), ""),
            ("警务站".encode(), ""),
            ("警务站".encode(), "nonsense"),
            ("警务站".encode("utf-8-sig"), "gbk"),
            ("警务站".encode("utf-16"), ""),
            (b"<meta charset='gbk'>" + "警务站".encode("gbk"), ""),
            (b'<meta http-equiv=x content="text/html; charset=gb2312">' + "警务站".encode("gbk"), ""),
            (b"<meta charset=utf-16>" + "警务站".encode(), ""),
            ("警務站".encode("big5").replace("警務站".encode("big5"), "警务站".encode("gbk")), "gbk"),
        ],
    )
    def test_chinese(self, content, charset):
        assert decoded(content, charset).endswith("警务站")

    @pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "ascii"])
    def test_what_pages_mean_by_latin_1(self, charset):
        assert decoded(b"\x93caf\xe9\x94", charset) == "“café”"

    def test_neither(self):
        assert decoded(b"caf\xe9 \xff", "") == "café ÿ"

    @pytest.mark.parametrize("charset", ["utf-7", "zip", "unicode_escape", "idna", "rot13", "punycode"])
    def test_what_python_alone_takes_for_a_charset(self, charset):
        assert decoded(b"+AGE- \\u0061", charset) == "+AGE- \\u0061"


class TestTheProcess:
    def test_a_file_is_read_as_well(self):
        assert readable_text(io.BytesIO(b"<p>hello"), "", "").text == "hello"

    def test_plain_text_stays_as_it_is(self):
        text = "a <b>\n\n  c"
        assert readable_text(text.encode(), "text/plain", "") == ReadableCopy(text=text)

    @pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "text/css"])
    def test_what_is_no_page(self, media_type):
        assert readable_text(b"<p>hello", media_type, "utf-8") == ReadableCopy()

    def test_very_much_of_it_is_cut_and_says_so(self):
        text = readable_text(b"<p>" + b"x" * 3_000_000, "text/html", "").text
        assert len(text) == 2_000_005
        assert text.endswith("x\n\n[…]")

    def test_a_page_that_takes_too_much_is_none(self, monkeypatch):
        assert readable_text(b"<p>hello", "text/html", "").text == "hello"
        monkeypatch.setattr("casetracker.core.fetching.readable._PATIENCE_SECONDS", 0)
        assert readable_text(b"<p>hello", "text/html", "") == ReadableCopy()

    def test_no_odd_characters_come_out(self):
        copy = readable_text(b"<title>a\x00b</title><p>c&#0;&#xD800;d\x00", "text/html", "utf-8")
        assert "\x00" not in copy.title + copy.text
        (copy.title + copy.text).encode()

    def test_it_needs_the_standard_library_alone(self):
        names = "import sys; sys.path.insert(0, sys.argv[1]); import casetracker.core.page_parsing.child"
        names += "; print(*sys.modules)"
        run = [sys.executable, "-I", "-S", "-c", names, str(ROOT)]
        modules = subprocess.run(run, capture_output=True, check=True, text=True).stdout.split()
        assert {name.partition(".")[0] for name in modules} <= {*sys.stdlib_module_names, "casetracker", "__main__"}
