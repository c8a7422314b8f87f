"""The picture that other sites show beside a link to a page."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageDraw, ImageFont

from casetracker.core.languages import in_data_language
from casetracker.public.counting import once_per_head
from casetracker.public.pages.base import Page
from casetracker.public.statistics import sentences, statistics
from casetracker.publication.reading import Head

SIZE = (1200, 630)
_PAPER, _INK, _QUIET, _RULE = "#fbfaf6", "#171c1f", "#565c60", "#13343b"
_LEFT, _WIDTH = 80, 1040
_MOST_LINES = 7


class Card(Page):
    """The name and the numbers of the record. In English everywhere: its font has Latin letters alone."""

    form = "card"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the picture. It is drawn once for each state of the record."""
        with in_data_language():
            lines = sentences(statistics(head)) if head.sequence else []
        return {"picture": once_per_head(head, "card", lambda: _drawn(lines))}

    def rendered(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Return the picture itself."""
        return HttpResponse(context["picture"], content_type="image/png")


def _drawn(sentences_: list[str]) -> bytes:
    picture = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 18), fill=_RULE)
    draw.text((_LEFT, 70), settings.SITE_NAME, fill=_INK, font=_font(76))
    draw.text((_LEFT, 168), "A sourced record of reported overseas police stations", fill=_QUIET, font=_font(36))
    draw.line((_LEFT, 236, _LEFT + _WIDTH, 236), fill=_INK, width=4)
    top = 268
    lines = [line for sentence in sentences_ for line in _wrapped(draw, sentence)]
    for line in lines[:_MOST_LINES]:
        draw.text((_LEFT, top), line, fill=_INK, font=_font(32))
        top += 42
    draw.text((_LEFT, 572), "Being listed is not proof.", fill=_QUIET, font=_font(30))
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _wrapped(draw: ImageDraw.ImageDraw, sentence: str) -> list[str]:
    lines = [""]
    for word in sentence.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=_font(32)) > _WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """Return the font that Pillow brings along (Aileron, CC0)."""
    return ImageFont.load_default(size)
