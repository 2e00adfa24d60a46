"""The families of the demonstration: invented names, prescriptions at every point of their way."""

from datetime import datetime, timedelta

from reemploi.commands.demo.people import People
from reemploi.commands.demo.workshop import COORDINATOR
from reemploi.ground.acting import Acting
from reemploi.prescription import actions
from reemploi.prescription.actions import Wanted
from reemploi.prescription.models import Prescription
from reemploi.prescription.queries import suggestions

CCAS, MISSION = "prescription@demo.example", "mission@demo.example"

# (days ago, prescriber, name, children, needs a, for, need, urgency, criterion, where it stands)
FAMILIES = (
    (48, CCAS, "Famille Exemple-Aulne", 3, "laptop", "child", "school", "none", "low_quotient", "waiting"),
    (33, MISSION, "Jo Exemple-Bouleau", 0, "laptop", "adult", "training", "none", "job_seeker", "proposed"),
    (26, CCAS, "Madame Exemple-Cèdre", 1, "tablet", "household", "rights", "month", "minimum_income", "appointment"),
    (15, CCAS, "Monsieur Exemple-Érable", 0, "smartphone", "adult", "health", "none", "minimum_income", "waiting"),
    (9, MISSION, "Sam Exemple-Frêne", 0, "desktop", "adult", "work", "week", "job_seeker", "waiting"),
    (5, CCAS, "Famille Exemple-Hêtre", 2, "printer", "household", "school", "none", "low_quotient", "refused"),
    (2, CCAS, "Famille Exemple-If", 4, "laptop", "child", "school", "week", "low_quotient", "submitted"),
    (1, MISSION, "Lou Exemple-Mélèze", 0, "laptop", "adult", "work", "none", "assessed", "submitted"),
)


def welcome_families(people: People, *, association_id: int, now: datetime) -> None:
    """Eight households' prescriptions, each led by real actions to where it stands."""
    for days, prescriber, name, children, category, whom, need, urgency, criterion, standing in FAMILIES:
        base = Acting(association_id, now - timedelta(days=days))
        written = actions.prescribe(
            acting=people.acting(base, prescriber),
            name=name,
            channel="par la structure",
            municipality="Saint-Exemple",
            neighbourhood="yes" if children else "unknown",
            adults=1,
            schooled_children=children,
            devices_at_home=0 if children else None,
            lines=[Wanted(category, whom)],
            need=need,
            urgency=urgency,
            criterion=criterion,
            criterion_seen_at=base.now,
        )
        _lead(written, standing, people, people.acting(Acting(association_id, now), COORDINATOR))


def _lead(written: Prescription, standing: str, people: People, coordinator: Acting) -> None:
    if standing == "submitted":
        return
    if standing == "refused":
        actions.decide(written, "refuse", acting=coordinator, reason="already_equipped")
        return
    actions.decide(written, "accept", acting=coordinator)
    if standing in ("proposed", "appointment"):
        line = written.lines[0]
        actions.propose(line, suggestions(line, written.need, acting=coordinator)[0].device, acting=coordinator)
    if standing == "appointment":
        at = (coordinator.now + timedelta(days=3)).replace(hour=13, minute=30, second=0)
        actions.fix_appointment(written, acting=coordinator, site_id=people.sites[0].id, at=at)
