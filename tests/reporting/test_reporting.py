"""The door through which readers' reports come in and are closed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import reporting
from articles.models import Report
from tests.factories import EditorFactory

pytestmark = pytest.mark.django_db


def report(text: str = "It had 14,000 by then.", *, uid: str = "c" * 12, **values) -> Report:
    address = values.pop("address", "192.0.2.7")
    given = Report(claim_uid=uid, revision=3, read="It had 15,209 staff.", text=text, **values)
    return reporting.report(given, address=address)


def test_a_report_is_kept_with_a_hash_of_its_sender():
    kept = report(source="p. 3", contact="awa@example.org")

    assert (kept.state, kept.source, kept.contact) == ("open", "p. 3", "awa@example.org")
    assert len(kept.sender) == 64
    assert "192.0.2.7" not in kept.sender


def test_a_sender_is_told_to_wait_after_five_reports_in_an_hour():
    for place in range(5):
        report(uid=f"c{place:011}")

    with pytest.raises(reporting.TooMany) as refused:
        report(uid="d" * 12)

    assert refused.value.wait == timedelta(hours=1)
    assert Report.objects.count() == 5
    report(address="192.0.2.8")


def test_a_sentence_takes_twenty_reports_a_day_whoever_sends_them():
    for place in range(20):
        report(address=f"192.0.2.{place}")

    with pytest.raises(reporting.TooMany):
        report(address="192.0.2.99")

    report(uid="d" * 12, address="192.0.2.99")


def test_a_household_of_ipv6_is_one_sender():
    same = {reporting.sender("2001:db8:1:2::1"), reporting.sender("2001:db8:1:2:ffff::9")}

    assert len(same) == 1
    assert reporting.sender("2001:db8:1:3::1") not in same


def test_a_senders_hash_is_erased_after_a_day():
    old, new = report(), report(address="192.0.2.8")
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1))

    reporting.forget_senders()

    assert list(Report.objects.order_by("pk").values_list("sender", flat=True)) == ["", new.sender]


def test_an_empty_report_is_none():
    with pytest.raises(ValidationError):
        report("")

    assert not Report.objects.exists()


def test_a_report_is_closed_with_a_word_and_may_be_opened_again():
    kept, editor = report(), EditorFactory()

    closed = reporting.close(kept, state="answered", answer="Corrected.", by=editor)
    assert (closed.answer, closed.closed_by) == ("Corrected.", editor)
    assert closed.closed_at <= datetime.now(UTC)

    opened = reporting.close(closed, state="open", answer="", by=editor)
    assert (opened.closed_at, opened.closed_by) == (None, None)
    assert list(Report.objects.waiting()) == [kept]
