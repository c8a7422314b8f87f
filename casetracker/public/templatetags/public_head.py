"""What the head and the foot of every public page need."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from casetracker.public.pages import linked_data, replying

register = template.Library()


class KeepNode(template.Node):
    """Text that is shown and kept, because a block can stand in a template once."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        """Take what is inside, and the name for it."""
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        """Return the text, which has escaped what it needs to."""
        text = self.nodelist.render(context)
        context[self.name] = text
        return text


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """Show what is inside, and keep it: {% keep as title %}…{% endkeep %}."""
    _tag, _as, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodelist, name)


@register.simple_tag(takes_context=True)
def data_for_programs(context: Context) -> SafeString | str:
    """Return the page as JSON-LD, if it has something of that sort."""
    data = context.get("linked_data")
    return linked_data.element(data) if data else ""


@register.simple_tag(takes_context=True)
def reply_address(context: Context) -> str:
    """Return the address of the page on errors and replies, with the reference of what this page is about."""
    about = _subject(context)
    return escape(reverse("reply") + (f"?{replying.ABOUT}={about}" if about else ""))


def _subject(context: Context) -> str:
    for name in ("document", "source", "withdrawn"):
        subject: Any = context.get(name)
        reference = subject.get("reference") if isinstance(subject, dict) else getattr(subject, "reference", "")
        if reference:
            return str(reference)
    code = str(context.get("code") or "")
    return code if replying.is_subject(code) else ""
