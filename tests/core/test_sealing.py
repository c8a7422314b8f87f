"""Sealing: what is outside of the envelope, what opens it, and what becomes of it when keys come and go."""

import base64
import json

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from casetracker.core import sealing
from casetracker.core.sealing import CannotUnseal, SealingOff, key_id_of, new_key, seal_up, unseal
from casetracker.core.sealing_checks import check_confidential_keys, check_keys_of_sealed_rows
from casetracker.review.models import ConfidentialCitation
from casetracker.sources.models.confidential import ConfidentialSource
from tests.factories.confidential import cite_in_confidence, make_cleared, make_confidential_source
from tests.factories.records import make_station

ROW = "a row"
PARTS = {"title": "Anna Verborgen", "notes": "blue coat"}
BOUND = ("title",)


def sealed(parts=PARTS, **kwargs):
    return seal_up(ROW, parts, bound=BOUND, **kwargs)


def ids(found):
    return [message.id for message in found]


class TestEnvelopes:
    def test_what_is_sealed_comes_back(self):
        assert unseal(ROW, sealed(), bound=BOUND) == PARTS

    def test_the_same_text_is_never_sealed_alike(self):
        one, other = sealed(), sealed()
        assert one.sealed != other.sealed
        assert one.wrapped_key != other.wrapped_key
        assert one.seal != other.seal

    def test_neither_the_length_nor_the_time_of_a_text_shows(self):
        short, long = sealed({"title": "A"}), sealed({"title": "A" * 500})
        assert len(short.sealed) == len(long.sealed)
        for token in (short.sealed, short.wrapped_key):
            assert base64.urlsafe_b64decode(token)[1:9] == bytes(8)

    def test_the_seal_stands_for_the_parts_that_are_bound(self):
        first = sealed()
        assert sealed({**PARTS, "notes": "red coat"}, envelope=first).seal == first.seal
        assert sealed({**PARTS, "title": "Anna V."}, envelope=first).seal != first.seal

    def test_a_text_opens_in_its_own_row_alone(self):
        with pytest.raises(CannotUnseal, match="changed past this program"):
            unseal("another row", sealed(), bound=BOUND)

    @pytest.mark.parametrize("part", ["sealed", "wrapped_key", "seal"])
    def test_a_changed_envelope_does_not_open(self, part):
        changed = vars(sealed()) | {part: vars(sealed())[part]}
        with pytest.raises(CannotUnseal, match="changed past this program"):
            unseal(ROW, sealing.Envelope(**changed), bound=BOUND)

    def test_another_key_opens_nothing_and_is_named(self, settings):
        envelope = sealed()
        settings.CONFIDENTIAL_KEYS = [new_key()]
        with pytest.raises(CannotUnseal) as caught:
            unseal(ROW, envelope, bound=BOUND)
        assert envelope.key_id in str(caught.value)
        assert envelope.wrapped_key not in str(caught.value)
        assert settings.CONFIDENTIAL_KEYS[0] not in str(caught.value)

    def test_no_error_has_the_token_in_its_chain(self, settings):
        envelope = sealed()
        broken = sealing.Envelope(envelope.key_id, envelope.wrapped_key, envelope.sealed[:-4] + "AAA=", envelope.seal)
        with pytest.raises(CannotUnseal) as caught:
            unseal(ROW, broken, bound=BOUND)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


class TestKeys:
    def test_without_a_key_nothing_is_sealed_and_the_message_says_what_to_do(self, settings):
        settings.CONFIDENTIAL_KEYS = []
        with pytest.raises(SealingOff, match="make_confidential_key"):
            sealed()

    def test_keys_come_from_a_file_too(self, settings, tmp_path):
        newest, older = new_key(), new_key()
        file = tmp_path / "keys"
        file.write_text(f"# newest first\n{newest}\n\n{older}\n")
        settings.CONFIDENTIAL_KEYS, settings.CONFIDENTIAL_KEYS_FILE = [], str(file)
        assert sealing.configured_keys() == [newest, older]
        assert sealed().key_id == key_id_of(newest)

    @pytest.mark.parametrize("content", [None, b"\xff\xfe"])
    def test_a_file_that_cannot_be_read_switches_it_off(self, settings, tmp_path, content):
        file = tmp_path / "keys"
        if content is not None:
            file.write_bytes(content)
        settings.CONFIDENTIAL_KEYS, settings.CONFIDENTIAL_KEYS_FILE = [], str(file)
        with pytest.raises(SealingOff, match="CONFIDENTIAL_KEYS_FILE"):
            sealed()

    def test_a_malformed_key_is_named_by_its_place_alone(self, settings):
        settings.CONFIDENTIAL_KEYS = [new_key(), "not-a-key"]
        with pytest.raises(SealingOff) as caught:
            sealed()
        assert "Number 2" in str(caught.value)
        assert "not-a-key" not in str(caught.value)

    def test_the_command_prints_a_key(self, capsys):
        call_command("make_confidential_key")
        assert sealing.is_key(capsys.readouterr().out.strip())


class TestChecks:
    def test_missing_public_weak_double_and_malformed_keys_are_reported(self, settings):
        def found(*keys):
            settings.CONFIDENTIAL_KEYS = list(keys)
            return ids(check_confidential_keys(app_configs=None))

        good = new_key()
        assert found(good) == []
        assert found() == ["casetracker.W002"]
        assert found("x") == ["casetracker.E002"]
        assert [found(key) for key in sorted(sealing.PUBLIC_KEYS)] == [["casetracker.E003"]] * 2
        assert found(base64.urlsafe_b64encode(b"ab" * 16).decode()) == ["casetracker.W003"]
        assert found(good, good) == ["casetracker.W004"]

    def test_no_report_quotes_a_key(self, settings):
        settings.CONFIDENTIAL_KEYS = [base64.urlsafe_b64encode(b"ab" * 16).decode()] * 2
        said = " ".join(f"{one.msg} {one.hint}" for one in check_confidential_keys(app_configs=None))
        assert settings.CONFIDENTIAL_KEYS[0] not in said

    def test_rows_under_a_key_that_is_gone_are_reported(self, db, settings):
        source = make_confidential_source()
        assert check_keys_of_sealed_rows(databases=["default"]) == []
        settings.CONFIDENTIAL_KEYS = [new_key()]
        (message,) = check_keys_of_sealed_rows(databases=["default"])
        assert source.key_id in message.msg
        settings.CONFIDENTIAL_KEYS = ["x"]
        assert check_keys_of_sealed_rows(databases=["default"]) == []


@pytest.mark.django_db
class TestRotation:
    @pytest.fixture
    def rows(self):
        person = make_cleared()
        source = make_confidential_source(by=person, title="Anna Verborgen")
        citation = cite_in_confidence(make_station(by=person), by=person, source=source, text="In the back room.")
        return source, citation

    def rotate(self, capsys):
        call_command("rotate_confidential_keys")
        return capsys.readouterr().out

    def test_everything_is_wrapped_by_the_newest_key_and_nothing_else_changes(self, rows, settings, capsys):
        source, citation = rows
        before = [(row.sealed, row.seal, row.unsealed()) for row in rows]
        (old,) = settings.CONFIDENTIAL_KEYS
        newest = new_key()
        settings.CONFIDENTIAL_KEYS = [newest, old]
        assert f"2 wrapped by the newest key ({key_id_of(newest)}), 0 left." in self.rotate(capsys)
        settings.CONFIDENTIAL_KEYS = [newest]
        again = [ConfidentialSource.objects.get(pk=source.pk), ConfidentialCitation.objects.get(pk=citation.pk)]
        assert [(row.sealed, row.seal, row.unsealed()) for row in again] == before
        assert {row.key_id for row in again} == {key_id_of(newest)}
        assert "0 wrapped" in self.rotate(capsys)

    def test_a_run_that_was_stopped_goes_on_where_it_was(self, rows, settings, capsys):
        settings.CONFIDENTIAL_KEYS = [new_key(), *settings.CONFIDENTIAL_KEYS]
        rewrapped = sealing.rewrap(rows[0].envelope)
        ConfidentialSource.objects.update(key_id=rewrapped.key_id, wrapped_key=rewrapped.wrapped_key)
        assert "1 wrapped" in self.rotate(capsys)

    def test_what_no_key_opens_is_left_and_said(self, rows, settings, capsys):
        settings.CONFIDENTIAL_KEYS = [new_key()]
        with pytest.raises(CommandError, match="keep the old keys"):
            call_command("rotate_confidential_keys")
        told = capsys.readouterr()
        assert "0 wrapped" in told.out
        assert "2 left" in told.out
        assert rows[0].key_id in told.err

    def test_without_a_key_it_says_so(self, settings):
        settings.CONFIDENTIAL_KEYS = []
        with pytest.raises(CommandError, match="make_confidential_key"):
            call_command("rotate_confidential_keys")


def test_the_text_within_is_json_that_nobody_reads_without_the_data_key(settings):
    envelope = sealed()
    data_key = Fernet(settings.CONFIDENTIAL_KEYS[0]).decrypt(envelope.wrapped_key.encode())
    assert json.loads(Fernet(data_key).decrypt(envelope.sealed.encode()))["parts"] == PARTS
    assert b"Verborgen" not in base64.urlsafe_b64decode(envelope.sealed)
