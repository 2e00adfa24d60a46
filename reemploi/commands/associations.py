"""The host's commands: open an association, list them, hand a link over to who cannot receive mail."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext
from sqlalchemy import func, select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import across_associations, within
from reemploi.people.actions import add_member, create_association
from reemploi.people.actions.accounts import new_password_address
from reemploi.people.actions.invitations import send_invitation
from reemploi.people.models import Association, Member
from reemploi.people.queries import account_by_email, is_shared, memberships
from reemploi.roles import Role


@click.group("associations")
def associations() -> None:
    """Ouvre une association, les liste, donne un lien de connexion."""


def _address(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as wrong:
        raise click.BadParameter("cette adresse n'est pas complète.") from wrong
    return (found.ascii_email or found.normalized).lower()


def _filled(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    if not text.strip() or len(text) > 100 or not text.isprintable():
        raise click.BadParameter("donnez un nom de 1 à 100 signes.")
    return text.strip()


@associations.command("create")
@click.option("--name", prompt="Nom de l'association", callback=_filled, help="Nom de l'association.")
@click.option("--admin", prompt="Nom du premier administrateur", callback=_filled, help="Son premier administrateur.")
@click.option("--email", prompt="Son adresse électronique", callback=_address, help="L'adresse de l'administrateur.")
@with_appcontext
def create(name: str, admin: str, email: str) -> None:
    """Ouvre une association et invite son premier administrateur."""
    now = utc_now()
    try:
        with writing():
            link = _open(name, admin, email, Acting(association_id=0, now=now))
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"« {name} » est ouverte. Lien à donner à {admin} (il part aussi par courriel) :\n{link}")


def _open(name: str, admin: str, email: str, acting: Acting) -> str:
    if db.session.scalars(select(Association.id).where(Association.is_demo.is_(True))).first() is not None:
        raise click.ClickException(
            "Cette base contient la démonstration : une vraie association a besoin d'une base à elle, en production."
        )
    association = create_association(name, acting=acting)
    hand = Acting(association_id=association.id, now=acting.now)
    with within(association.id):
        member = add_member(acting=hand, email=email, name=admin, roles=(Role.ADMINISTRATOR,))
        return send_invitation(member, acting=hand)


@associations.command("list")
@with_appcontext
def listing() -> None:
    """Liste les associations de ce service."""
    present = select(func.count(Member.id)).where(Member.association_id == Association.id, Member.left_at.is_(None))
    with across_associations(), reading():
        rows = db.session.execute(select(Association, present.scalar_subquery()).order_by(Association.name)).all()
    for association, count in rows:
        demo = " (démonstration)" if association.is_demo else ""
        click.echo(
            f"{association.name}{demo} · {count} membre{'s' if count > 1 else ''} · "
            f"ouverte le {association.opened_at:%d/%m/%Y}"
        )


@associations.command("link")
@click.argument("email", callback=_address)
@with_appcontext
def link(email: str) -> None:
    """Donne un lien de nouveau mot de passe, à remettre de la main à la main."""
    now = utc_now()
    with writing():
        account = account_by_email(email)
        if account is None or not memberships(account.id):
            raise click.ClickException("Aucun membre n'a cette adresse.")
        if is_shared(account.id):
            raise click.ClickException("Plusieurs personnes partagent cette adresse : elles entrent par un lien.")
        address = new_password_address(account, now=now)
    click.echo(f"Valable une heure, une seule fois :\n{address}")


COMMANDS = (associations,)
