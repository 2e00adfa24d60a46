"""Reminders: one letter a household, each step once, to whoever can be written to."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.models import Mail
from reemploi.ground.tenancy import within
from reemploi.handover.actions import Item, Terms, hand_over, renew
from reemploi.handover.agreement import Signing
from reemploi.handover.models import Handover
from reemploi.handover.rules import months_later, reminder_step
from reemploi.papers.signatures import read_signature
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.papers.documents import SIGNATURE
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.families import NAME, family

DUE = date(2027, 11, 23)


def lent(acting_as: ActingAs, home: Home, channel: str, *kinds: str, apart: bool = False) -> list[Handover]:
    """One loan of everything proposed to a household, or one for each device."""
    acting = acting_as(Role.COORDINATOR)
    with writing():
        them = family(acting, home, *kinds, channel=channel)
        items = [Item(device) for device in them.devices]
        return [
            hand_over(
                them.case,
                group,
                acting=acting,
                terms=Terms("loan", home.site_id, DUE),
                signing=Signing(NAME, drawing=read_signature(SIGNATURE)),
            )
            for group in ([[one] for one in items] if apart else [items])
        ]


def run(app: Flask, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["remind", *options])
    assert result.exit_code == 0, result.output
    return result.output


def mails(home: Home) -> list[Mail]:
    with within(home.id), reading():
        return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def test_the_last_step_reached() -> None:
    steps = {day: reminder_step(DUE, DUE + timedelta(days=day)) for day in (-15, -14, -1, 0, 6, 7, 29, 30, 400)}
    assert steps == {
        -15: None, -14: "soon", -1: "soon", 0: "due", 6: "due", 7: "late", 29: "late", 30: "very_late",
        400: "very_late",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


def test_a_household_is_written_to_once_a_step(
    app: Flask, acting_as: ActingAs, association: Home, clock: Clock
) -> None:
    lent(acting_as, association, "famille@exemple.example")
    assert "Courriels de rappel\u00a0: 0." in run(app)
    clock.move(days=365 - 14)
    assert "Courriels de rappel\u00a0: 1." in run(app, "--dry-run")
    assert not mails(association)
    run(app)
    run(app)
    clock.move(days=3)
    run(app)
    (only,) = mails(association)
    assert only.to == "famille@exemple.example"
    assert "REM-2026-0001" in only.text
    assert NAME not in only.subject + only.text
    clock.move(days=11)
    run(app)
    assert len(mails(association)) == 2


def test_without_a_mail_address_the_prescriber_is_written_to_by_number(
    app: Flask, acting_as: ActingAs, association: Home, clock: Clock
) -> None:
    lent(acting_as, association, "06 99 88 77 66")
    clock.move(days=365)
    run(app)
    (only,) = mails(association)
    assert only.to == association.email(Role.PRESCRIBER)
    assert "PRE-2026-0001" in only.text
    assert NAME not in only.subject + only.text


def test_the_loans_of_a_household_stand_in_one_letter(
    app: Flask, acting_as: ActingAs, association: Home, clock: Clock
) -> None:
    loans = lent(acting_as, association, "famille@exemple.example", "laptop", "monitor", apart=True)
    clock.move(days=365)
    run(app)
    (only,) = mails(association)
    assert all(loan.number in only.text for loan in loans)


def test_a_renewed_loan_is_reminded_of_its_new_date(
    app: Flask, acting_as: ActingAs, association: Home, clock: Clock
) -> None:
    (loan,) = lent(acting_as, association, "famille@exemple.example")
    clock.move(days=365)
    run(app)
    with within(association.id), writing():
        renew(loan, acting=acting_as(Role.COORDINATOR), due_on=DUE + timedelta(days=60))
    run(app)
    assert len(mails(association)) == 1
    clock.move(days=60)
    run(app)
    assert len(mails(association)) == 2
