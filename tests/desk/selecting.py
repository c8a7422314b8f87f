"""Choosing records and looking at the plan, as a browser does it."""


def plan(browser, act, records, **more):
    """Choose records and look at the plan: of queues, as a browser sends it."""
    keys = [getattr(record, "pk", record) for record in records]
    response = browser.send(f"/desk/selection/{act}/", {"record": keys, "next": "/desk/queue/drafts/", **more})
    assert response.status_code == 200
    return browser.read(response)


def carry_out(browser, page, **values):
    return browser.submit(page.form("/carry-out/").fill(**values))


def going(page):
    return [text.partition(":")[0] for text in sent(page, "going")]


def left_out(page):
    return [text.partition(":")[0] for text in sent(page, "left_out")]


def sent(page, name):
    forms = [form for form in page.posts if form.action.endswith("/carry-out/")]
    return forms[0].values.get(name, []) if forms else []


def said(page):
    """All messages of a page, one after the other."""
    return " ".join(" ".join(page.messages).split())


def keys(*records):
    return [str(record.pk) for record in records]
