"""Pages of the desk as a browser reads them: texts, messages, errors at their fields, forms that can be filled in."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from tests.reading import ReadPage

VOID = {"br", "hr", "img", "input", "link", "meta", "col"}
# Elements whose texts tests ask for.
KEPT_APART = ("ins", "del", "template", "main")


@dataclass
class Form:
    """A form with the values that a browser would send.

    A name that the page does not have, or a choice that it does not offer, cannot be filled in.
    """

    action: str
    method: str
    own: bool = False  # it saves what the page is about
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def __getitem__(self, name):
        sent = self.values.get(name, [])
        return sent[0] if len(sent) == 1 else sent

    def fill(self, **changes):
        for name, value in changes.items():
            assert name in self.names, f"no field {name} among {sorted(self.names)}"
            sent = [str(part) for part in value] if isinstance(value, (list, tuple)) else [str(value)]
            sent = [] if value is False else ["on"] if value is True else sent
            if name in self.choices:
                assert self.choices[name].issuperset(sent), f"{sent} is not offered for {name}"
            self.values[name] = sent
        return self

    def add_row(self, prefix, **values):
        """Add a row as the admin's “add another” does, from the empty form of the page."""
        number = int(self[f"{prefix}-TOTAL_FORMS"])
        empty, new = f"{prefix}-__prefix__-", f"{prefix}-{number}-"
        for name in [name for name in self.names if name.startswith(empty)]:
            copied = new + name.removeprefix(empty)
            self.names.add(copied)
            if name in self.values:
                self.values[copied] = list(self.values[name])
            if name in self.choices:
                self.choices[copied] = self.choices[name]
        self.values[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        return self.fill(**{new + name: value for name, value in values.items()})

    def rows(self, prefix):
        return int(self[f"{prefix}-TOTAL_FORMS"])

    @property
    def typed(self):
        """What a person typed or chose: all but the token and the empty rows."""
        return {
            name: sent
            for name, sent in self.values.items()
            if name != "csrfmiddlewaretoken" and "__prefix__" not in name and any(sent)
        }


class Page(ReadPage):
    """A page: its answer, elements, text, messages, errors by the id of their field, and forms."""

    def __init__(self, response):
        super().__init__()
        self.response = response
        self.was_redirected = bool(getattr(response, "redirect_chain", []))
        self.messages, self.errors, self.forms = [], {}, []
        self.code, self._cells, self.insides = [], [], []
        self._open, self._depth, self._lists = [], Counter(), []
        self._select, self._area = None, None
        self.feed(response.content.decode())
        self.close()

    # --- what tests ask ------------------------------------------------------

    def cells(self, name):
        """The texts of one column of a list, from the top."""
        return [text.strip() for found, text in self._cells if name in found]

    @property
    def listed(self):
        """The addresses of what a list shows, from the top."""
        return list(dict.fromkeys(link.split("?")[0] for link in self.links if "/change/" in link))

    @property
    def records(self):
        """The keys of the records that a page links to, from the top."""
        found = (re.search(r"/(\w{8}-[\w-]{27})/", link) for link in self.links)
        return list(dict.fromkeys(match[1] for match in found if match))

    def listed_for(self, queue):
        """The review pages of a queue, from the top."""
        return [link for link in self.links if link.startswith("/desk/review/") and link.endswith(f"?queue={queue}")]

    def marked(self, tag):
        """The texts of all elements of a tag, such as ins, from the top."""
        return [" ".join(text.split()) for found, text in self.insides if found == tag]

    def inside(self, tag):
        """The text of an element that a page has once."""
        (text,) = self.marked(tag)
        return text

    @property
    def entries(self):
        """The entries of a history in one text each, without their moments."""
        found = re.findall(r"<li id=[^>]*>(.*?)</li>", self.response.content.decode(), re.DOTALL)
        texts = [unescape(re.sub(r"<[^>]*>", " ", html.partition("</a>")[2])) for html in found]
        return [" ".join(text.split()) for text in texts]

    def form(self, ending=""):
        """The one form whose address ends so; the form of the page itself without an ending."""
        found = [form for form in self.posts if (form.action.endswith(ending) if ending else form.own)]
        assert len(found) == 1, f"{len(found)} forms end in “{ending}”: {[form.action for form in self.forms]}"
        return found[0]

    @property
    def acts(self):
        """The names of the acts that this page offers."""
        names = {form.action.strip("/").rpartition("/")[2] for form in self.posts if not form.own}
        return names - {"logout", "language", "fetch"}

    @property
    def posts(self):
        return [form for form in self.forms if form.method == "post"]

    @property
    def is_editable(self):
        return any(form.own for form in self.posts)

    def act(self, name):
        return self.form(f"/{name}/")

    def acts_named(self, name):
        return [form for form in self.posts if form.action.endswith(f"/{name}/")]

    # --- reading -------------------------------------------------------------

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        if tag == "br":
            self.pieces.append(" ")
        if tag not in VOID:
            self._enter(tag, attrs)
        if tag in KEPT_APART:
            self.insides.append((tag, ""))
        if tag in ("td", "th"):
            self._cells.append(((attrs.get("class") or "").split(), ""))
        if tag == "form":
            action, path = attrs.get("action") or "", self.response.request["PATH_INFO"]
            own = not action or action.endswith("/change/")
            self.forms.append(Form(action or path, attrs.get("method", "get"), own=own))
        elif tag == "ul" and "messagelist" in attrs.get("class", ""):
            self.messages.append("")
        elif self.forms and self._inside("form"):
            self._control(tag, attrs)

    def _control(self, tag, attrs):
        name, form = attrs.get("name"), self.forms[-1]
        if tag == "button" or attrs.get("type") in ("submit", "button"):
            form.buttons.append(name or "")
        elif tag == "option":
            self._take_option(form, attrs)
        elif name and tag in ("input", "select", "textarea") and "disabled" not in attrs:
            form.names.add(name)
            getattr(self, f"_take_{tag}")(form, name, attrs)

    def _take_select(self, form, name, attrs):
        self._select = attrs
        if "admin-autocomplete" not in attrs.get("class", ""):  # whose choices are fetched as people type
            form.choices[name] = set()

    def _take_textarea(self, _form, name, _attrs):
        self._area = (name, [])

    def _take_input(self, form, name, attrs):
        kind = attrs.get("type")
        if kind == "radio":
            form.choices.setdefault(name, set()).add(attrs["value"])
        if kind not in ("radio", "checkbox"):
            form.values.setdefault(name, []).append(attrs.get("value", ""))
        elif "checked" in attrs:
            form.values.setdefault(name, []).append(attrs.get("value", "on"))

    def _take_option(self, form, attrs):
        name, value = self._select["name"], attrs.get("value", "")
        if name in form.choices:
            form.choices[name].add(value)
        first_of_one = name not in form.values and "multiple" not in self._select
        if "selected" in attrs or (first_of_one and name in form.choices):
            kept = form.values.get(name, []) if "multiple" in self._select else []
            form.values[name] = [*kept, value]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._leave()

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            name, texts = self._area
            self.forms[-1].values[name] = ["".join(texts).replace("\r\n", "\n").removeprefix("\n")]
            self._area = None
        while self._open:  # Django's own pages leave out some end tags.
            if self._leave() == tag:
                break

    def handle_data(self, data):
        if self._inside("script") or self._inside("style"):
            self.code.append(data)
            return
        if self._area:
            self._area[1].append(data)
            return
        if self._inside("body"):
            self.pieces.append(data)
        self._keep_apart(data)
        if self._inside("td") or self._inside("th"):
            self._cells[-1] = (self._cells[-1][0], self._cells[-1][1] + data)
        for attrs in self._lists:
            classes = attrs.get("class", "").split()
            if "messagelist" in classes:
                self.messages[-1] += data
            if "errorlist" in classes:
                place = (attrs.get("id") or "").removeprefix("id_").removesuffix("_error")
                self.errors[place] = " ".join((self.errors.get(place, "") + data).split(" "))

    def _keep_apart(self, data):
        for tag in KEPT_APART:
            if self._inside(tag):
                place = max(place for place, (found, _text) in enumerate(self.insides) if found == tag)
                self.insides[place] = (tag, self.insides[place][1] + data)

    def _enter(self, tag, attrs):
        self._open.append((tag, attrs))
        self._depth[tag] += 1
        if tag == "ul":
            self._lists.append(attrs)

    def _leave(self):
        tag, _attrs = self._open.pop()
        self._depth[tag] -= 1
        if tag == "ul":
            self._lists.pop()
        return tag

    def _inside(self, tag):
        return self._depth[tag] > 0
