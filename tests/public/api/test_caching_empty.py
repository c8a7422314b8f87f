"""Before anything is published."""


def test_an_empty_site_answers_and_can_be_asked_again(get):
    seen = get("stations/")
    assert seen.status_code == 200
    assert "Last-Modified" not in seen
    assert get("stations/", if_none_match=seen["ETag"]).status_code == 304


def test_the_head_of_an_empty_site(get):
    assert get().json()["head"] == {"sequence": 0, "entry_hash": None, "published_at": None}
