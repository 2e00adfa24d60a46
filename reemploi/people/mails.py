"""The mails of people and places, in their reader's language; no subject names anybody."""

from flask import current_app
from flask_babel import force_locale

from reemploi.ground.acting import Acting
from reemploi.ground.jobs import post
from reemploi.ground.models import Mail
from reemploi.people.models import Account
from reemploi.sentences import N_, sentence
from reemploi.web.wording import say

LETTERS = {
    "invitation": (
        N_("Votre accès à Réemploi"),
        N_(
            "Bonjour,\n\n%(association)s vous ouvre un accès à Réemploi.\n\n"
            "Choisissez votre mot de passe dans les 7 jours, par ce lien qui ne sert qu'une fois :\n%(link)s\n\n"
            "Si vous n'attendiez pas ce courriel, ne faites rien."
        ),
    ),
    "invitation_known": (
        N_("Votre accès à Réemploi"),
        N_(
            "Bonjour,\n\n%(association)s vous ouvre un accès à Réemploi, avec le compte que vous avez déjà.\n\n"
            "Connectez-vous comme d'habitude :\n%(link)s\n\n"
            "Si vous n'attendiez pas ce courriel, ne faites rien."
        ),
    ),
    "new_password": (
        N_("Votre nouveau mot de passe"),
        N_(
            "Bonjour,\n\nUn nouveau mot de passe a été demandé pour cette adresse.\n\n"
            "Choisissez-le dans l'heure, par ce lien qui ne sert qu'une fois :\n%(link)s\n\n"
            "Si ce n'est pas vous, ne faites rien : l'ancien reste valable."
        ),
    ),
    "one_time": (
        N_("Votre lien de connexion"),
        N_(
            "Bonjour,\n\nVoici le lien demandé pour entrer dans Réemploi. "
            "Il sert une fois, dans les 15 minutes :\n%(link)s\n\n"
            "Si ce n'est pas vous, ne faites rien."
        ),
    ),
    "password_changed": (
        N_("Votre mot de passe a changé"),
        N_(
            "Bonjour,\n\nLe mot de passe de votre compte vient de changer, et vos autres appareils ont été "
            "déconnectés.\n\nSi ce n'est pas vous, demandez tout de suite un nouveau mot de passe :\n%(link)s"
        ),
    ),
    "new_coordinator": (
        N_("Un nouveau coordinateur"),
        N_(
            "Bonjour,\n\n%(name)s est maintenant coordinateur de %(association)s : cette personne lit les données "
            "de contact des foyers, de l'acceptation à la clôture.\n\n"
            "Si cela vous étonne, parlez-en à l'association."
        ),
    ),
    "ask_the_host": (
        N_("Votre nouveau mot de passe"),
        N_(
            "Bonjour,\n\nVotre compte ouvre plusieurs associations, et ce service n'envoie pas de courriels. "
            "Demandez un lien à la personne qui héberge Réemploi."
        ),
    ),
}


def write(letter: str, account: Account, *, acting: Acting, **params: str) -> Mail:
    """Put one of the letters in the outbox, in the open transaction."""
    subject, text = LETTERS[letter]
    with force_locale(account.language or "fr"):
        return post(account.email, say(subject), say(sentence(text, **params)), acting=acting)


def page_address(endpoint: str, **values: str) -> str:
    """The full address of a page, also where no request runs: from the base-address setting and the map of pages."""
    base: str = current_app.extensions["settings"].base_url
    return base + str(current_app.url_map.bind("localhost").build(endpoint, values))
