"""The devices of the demonstration: each walks the real path, at past dates, to where it stands."""

import random
from datetime import datetime, timedelta

from reemploi.commands.demo.people import People
from reemploi.commands.demo.steps import steps_to
from reemploi.commands.demo.workshop import COORDINATOR, VOLUNTEER, Workshop, in_opening_hours
from reemploi.extensions import db
from reemploi.ground.numbering import next_number
from reemploi.intake.models import Arrival, Delivery
from reemploi.journey import actions, facts
from reemploi.journey.models import Device

MODELS = {
    "laptop": (
        ("Dell", "Latitude E6440", 8, "ssd", 256), ("Lenovo", "ThinkPad T480", 16, "nvme", 512),
        ("HP", "EliteBook 840 G3", 8, "ssd", 256), ("Acer", "TravelMate P2", 4, "hdd", 500),
    ),
    "desktop": (("HP", "EliteDesk 800 G2", 8, "ssd", 240), ("Dell", "OptiPlex 3050", 8, "hdd", 1000)),
    "tablet": (("Samsung", "Galaxy Tab A7", 3, "internal", 32),),
    "smartphone": (("Fairphone", "Fairphone 3", 4, "internal", 64), ("Samsung", "Galaxy A40", 4, "internal", 64)),
    "monitor": (("Iiyama", "ProLite 22", 0, "", 0),),
    "printer": (("Brother", "HL-L2350DW", 0, "", 0),),
}  # fmt: skip

DELIVERIES = (
    (300, "Ville de Saint-Exemple", "public_free_transfer"),
    (190, "Banque Exemple", "company_gift"),
    (75, "Menuiserie Exemple SARL", "company_gift"),
    (20, "Particuliers du samedi", "private_gift"),
    (2, "Ville de Saint-Exemple", "public_free_transfer"),
)

# (delivery, category, where it stands today), so many times each.
STANDING = (
    (0, "laptop", "lent", 6), (0, "laptop", "given", 2), (0, "desktop", "assigned", 2), (0, "laptop", "lost", 1),
    (0, "desktop", "for_parts", 1), (0, "monitor", "lent", 2), (0, "laptop", "sold", 1),
    (1, "laptop", "lent", 4), (1, "laptop", "available", 5), (1, "desktop", "available", 3),
    (1, "monitor", "available", 4), (1, "laptop", "returned", 2), (1, "laptop", "waste", 1), (1, "laptop", "ceded", 1),
    (1, "smartphone", "available", 2), (2, "laptop", "reserved", 2), (2, "laptop", "wiped", 3),
    (2, "desktop", "in_repair", 2), (2, "printer", "available", 1),
    (2, "laptop", "in_transit", 1), (2, "tablet", "available", 1),
    (3, "laptop", "to_wipe", 3), (3, "smartphone", "to_wipe", 1), (3, "laptop", "given_back", 1),
    (4, "laptop", "received", 5), (4, "desktop", "to_wipe", 3),
)  # fmt: skip


def fill_workshop(people: People, *, now: datetime, dice: random.Random) -> None:
    """Five deliveries over ten months, and devices in every status."""
    workshop = Workshop(people, now, dice)
    deliveries = [_deliver(workshop, *delivery) for delivery in DELIVERIES]
    for index, category, standing, count in STANDING:
        for _ in range(count):
            _walk(workshop, deliveries[index], category, standing)
    _promise(workshop)


def _deliver(workshop: Workshop, days_ago: int, donor: str, legal_origin: str) -> Delivery:
    when = in_opening_hours(workshop.now - timedelta(days=days_ago))
    hand = workshop.hand(VOLUNTEER, when)
    delivery = Delivery(
        association_id=hand.association_id,
        number=next_number("ARR", acting=hand),
        donor_id=workshop.people.organisations[donor].id,
        site_id=workshop.people.sites[0].id,
        arrived_at=when,
        entered_as="donation",
        legal_origin=legal_origin,
        signatory="L'accueil",
        collector="Odette Exemple",
        received_by=hand.member_id,
        closed_at=None if days_ago < 30 else when + timedelta(days=1),
    )
    db.session.add(delivery)
    db.session.flush()
    return delivery


def _walk(workshop: Workshop, delivery: Delivery, category: str, standing: str) -> None:
    when = delivery.arrived_at + timedelta(minutes=workshop.dice.randrange(5, 120))
    device = _receive(workshop, delivery, category, when)
    for step in steps_to(standing):
        room = max(workshop.now - when, timedelta(minutes=10))
        later = in_opening_hours(when + room * workshop.dice.uniform(0.05, 0.25))
        when = max(when, min(later, workshop.now - timedelta(minutes=1)))
        step(workshop, device, when)


def _receive(workshop: Workshop, delivery: Delivery, category: str, when: datetime) -> Device:
    maker, model, memory, kind, gigabytes = workshop.dice.choice(MODELS[category])
    hand = workshop.hand(VOLUNTEER, when)
    device = actions.enter_device(
        acting=hand,
        category=category,
        entered_as=delivery.entered_as,
        legal_origin=delivery.legal_origin,
        charger="with_it" if category in ("laptop", "tablet", "smartphone") else "none_needed",
        serial=workshop.serial("EX"),
        maker=maker,
        model=model,
        weight_grams=workshop.dice.randrange(180, 9000),
        facts={"delivery": delivery.number},
    )
    device.place_id = workshop.dice.choice(workshop.people.places).id
    if memory:
        facts.describe(
            device, acting=hand, memory_bytes=memory * 2**30, processor="Processeur d'exemple", source="demo"
        )
    db.session.add(
        Arrival(association_id=hand.association_id, delivery_id=delivery.id, device_id=device.id, received_at=when)
    )
    db.session.flush()
    if kind:
        workshop.storage[device.id] = (kind, gigabytes * 10**9)
    return device


def _promise(workshop: Workshop) -> None:
    """Two laptops a donor has announced and not yet brought."""
    hand = workshop.hand(COORDINATOR, workshop.now - timedelta(days=1))
    for _ in range(2):
        maker, model = MODELS["laptop"][1][:2]
        actions.enter_device(
            acting=hand,
            category="laptop",
            entered_as="donation",
            legal_origin="company_gift",
            charger="with_it",
            serial=workshop.serial("EX"),
            maker=maker,
            model=model,
            status="announced",
            facts={"delivery": "à venir"},
        )
