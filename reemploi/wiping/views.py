"""Every page of the workbench, the drops, the erasures and their certificates, and the menu's entries."""

from reemploi.sentences import N_
from reemploi.web.menu import Entry
from reemploi.wiping import certificate_views, drop_views, erasure_views, workbench

BLUEPRINTS = (workbench.blueprint, drop_views.blueprint, erasure_views.blueprint, certificate_views.blueprint)
MENU = (
    Entry("workshop", "workbench.queue", N_("Atelier"), "tools", "t"),
    Entry("workshop", "drops.drop", N_("Déposer des fichiers"), "file-earmark-arrow-up", "f"),
    Entry("workshop", "certificates.index", N_("Certificats d'effacement"), "shield-check", "c"),
)
