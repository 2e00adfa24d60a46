"""Pages of people and places: the door, one's account, members, organisations, sites, the administrator's office."""

from flask import Blueprint

from reemploi.people.views import account, door, links, members, office, organisations, sites
from reemploi.sentences import N_
from reemploi.web.menu import Entry

BLUEPRINTS: tuple[Blueprint, ...] = (
    door.blueprint,
    links.blueprint,
    account.blueprint,
    members.blueprint,
    organisations.blueprint,
    sites.blueprint,
    office.blueprint,
)
MENU = (
    Entry("office", "members.index", N_("Membres"), "people", "u"),
    Entry("office", "organisations.index", N_("Organismes"), "building", "o"),
    Entry("office", "sites.index", N_("Sites et emplacements"), "geo-alt"),
    Entry("office", "office.association", N_("Association"), "house-heart"),
    Entry("office", "office.settings", N_("Réglages"), "sliders"),
    Entry("office", "office.mails", N_("Boîte d'envoi"), "envelope"),
)
