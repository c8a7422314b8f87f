"""Claims and agreements of the reference data, as the public gets them."""

import pytest

from casetracker.demo.reader import listed, read_rows
from tests.demo.full.reading import everything

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

REFUSED = {"de-2"}


@pytest.mark.parametrize("kind", ["claims", "agreements"])
def test_their_governments_have_a_page(get, client, kind):
    governments = {record["country"] for record in everything(get, f"{kind}/") if record["country"]}
    assert len(governments) > 10
    for code in governments:
        assert get(f"governments/{code}/")["code"] == code
        assert client.get(f"/en/governments/{code}/").status_code == 200


def test_every_claim_says_through_whom_it_came(get):
    chains = {record["label"]: record["attribution"] for record in everything(get, "claims/")}
    assert all(chains.values())


def test_a_chain_is_told_nearest_first(get, desk):
    claim = get(f"claims/{desk.records['returns-1'].reference}/")
    assert claim["attribution"] == ["NRC", "Safeguard Defenders", "Chinese authorities"]
    assert (claim["quantity"], claim["claimed_by"]) == ("at least 230,000 people", "Chinese authorities")
    assert (claim["period_earliest"], claim["period_latest"]) == ("2021-04-01", "2022-07-31")
    assert claim["country"] is None


def test_counts_agree_with_the_table(get, desk):
    for row in read_rows("claims"):
        if row["value"] and row["claim_key"] not in REFUSED:
            claim = get(f"claims/{desk.records[row['claim_key']].reference}/")
            assert (claim["qualifier"], str(claim["value"]), claim["unit"]) == (
                row["qualifier"],
                row["value"],
                row["unit"],
            )


def test_counts_of_one_author_were_replaced_by_later_ones(get):
    replaced = [claim for claim in everything(get, "claims/") if claim["superseded_by"]]
    assert len(replaced) == 9
    for claim in replaced:
        later = get(f"claims/{claim['superseded_by']}/")
        assert later["counts_from"] > claim["counts_from"]
        assert later["country"] == claim["country"]


def test_the_joint_patrols_of_italy_were_ended_by_the_minister(get, desk):
    agreement = get(f"agreements/{desk.records['it-2015-2'].reference}/")
    assert (agreement["status"], agreement["in_force_to"]) == ("ended", "2022-12-19")
    assert agreement["ended_by"] == desk.records["it-2022-12-19-1"].reference


def test_cooperation_centres_are_no_stations(get, desk):
    agreement = get(f"agreements/{desk.records['za-2004-1'].reference}/")
    assert (agreement["type"], agreement["places"]) == ("cooperation_centres", [])
    assert "15 branches by April 2023" in agreement["summary"]
    assert get("stations/", country="ZA")["count"] == 0


def test_an_agreement_does_not_count_before_its_day(get):
    assert get("agreements/", country="HU", as_of="2024-02-15")["count"] == 0
    assert get("agreements/", country="HU", as_of="2024-02-16")["count"] == 1


def test_places_are_told_one_by_one(get, desk):
    for row in read_rows("agreements"):
        agreement = get(f"agreements/{desk.records[row['agreement_key']].reference}/")
        assert agreement["places"] == listed(row["places"])
        assert agreement["parties"] == listed(row["parties"])
