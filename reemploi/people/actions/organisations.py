"""What can happen to organisations: structures, donors, funders, partners."""

from typing import Any

from sqlalchemy import select
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_numbers

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.people.models import Member, Organisation, RoleGrant, folded_name
from reemploi.people.rules import KINDS, NEEDS, QUALITIES
from reemploi.roles import Role
from reemploi.sentences import N_, sentence

MAY_WRITE = (Role.ADMINISTRATOR, Role.COORDINATOR)


def checked_siret(text: str) -> str | None:
    """A SIRET as 14 digits, None for an empty text; raises Refused when its check digits are wrong."""
    if not text.strip():
        return None
    try:
        return str(siret_numbers.validate(text))
    except ValidationError as wrong:
        raise Refused(
            N_("Ce SIRET n'est pas juste : 14 chiffres, tels qu'ils figurent sur une facture ou un courrier."),
            code="siret",
        ) from wrong


def add_organisation(
    *, acting: Acting, name: str, kind: str, siret: str | None = None, is_another: bool = False, **details: Any
) -> Organisation:
    """A structure, donor, funder or partner, added by whoever receives one (the caller states who may).

    Raises Refused when the name or the SIRET is known, and, unless `is_another`, when the name resembles a known one.
    """
    number = checked_siret(siret or "")
    _refuse_known(name, number, is_another=is_another)
    _refuse_kind(kind)
    row = Organisation(
        association_id=acting.association_id,
        name=name.strip(),
        kind=kind,
        siret=number,
        created_at=acting.now,
        **details,
    )
    _refuse_nothing(row)
    db.session.add(row)
    db.session.flush()
    return row


def describe_organisation(
    row: Organisation,
    *,
    acting: Acting,
    name: str,
    kind: str,
    siret: str | None = None,
    is_another: bool = False,
    **details: Any,
) -> None:
    """Change an organisation; refused as a new one would be."""
    acting.require(*MAY_WRITE)
    number = checked_siret(siret or "")
    _refuse_known(name, number, is_another=is_another or folded_name(name) == row.folded, other_than=row.id)
    _refuse_kind(kind)
    with db.session.no_autoflush:
        for field, value in {"name": name.strip(), "kind": kind, "siret": number, **details}.items():
            setattr(row, field, value)
        _refuse_nothing(row)
        _refuse_orphans(row)
    db.session.flush()


def archive_organisation(row: Organisation, *, acting: Acting, archived: bool) -> None:
    """No longer offer an organisation in lists, or offer it again; what names it keeps it."""
    acting.require(*MAY_WRITE)
    row.archived = archived
    db.session.flush()


def _refuse_known(name: str, siret: str | None, *, is_another: bool, other_than: int = 0) -> None:
    others = select(Organisation).where(Organisation.id != other_than)
    if siret and (known := db.session.scalars(others.where(Organisation.siret == siret)).first()):
        raise Refused(N_("Ce SIRET est celui de « %(name)s ». Ouvrez sa fiche."), code="siret_taken", name=known.name)
    if known := db.session.scalars(others.where(Organisation.name == name.strip())).first():
        raise Refused(N_("« %(name)s » existe déjà. Ouvrez sa fiche."), code="name_taken", name=known.name)
    alike = others.where(Organisation.folded == folded_name(name))
    if not is_another and (known := db.session.scalars(alike).first()):
        raise Refused(
            N_(
                "Ce nom ressemble à « %(name)s », qui existe déjà. "
                "Ouvrez sa fiche, ou cochez la case si c'est un autre."
            ),
            code="name_alike",
            name=known.name,
        )


def _refuse_orphans(row: Organisation) -> None:
    needed = [role for role, quality in NEEDS.items() if quality not in row.qualities]
    held = (
        select(RoleGrant.role)
        .join(Member, Member.id == RoleGrant.member_id)
        .where(Member.organisation_id == row.id, RoleGrant.ended_at.is_(None), RoleGrant.role.in_(needed))
    )
    if (role := db.session.scalars(held).first()) is not None:
        raise Refused(
            N_("Un membre agit pour cet organisme comme « %(role)s » : gardez la qualité « %(quality)s »."),
            code="quality_held",
            role=sentence(Role(role).label),
            quality=sentence(QUALITIES[NEEDS[Role(role)]]),
        )


def _refuse_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused(N_("Choisissez le type d'organisme dans la liste."), code="kind")


def _refuse_nothing(row: Organisation) -> None:
    if not row.qualities:
        raise Refused(
            N_("Cochez au moins une qualité : structure, donateur, financeur ou partenaire."), code="no_quality"
        )
