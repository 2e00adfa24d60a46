"""The workbench through its pages: a technician's day, each page inspected, what is refused kept on screen."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from reemploi.ground.database import writing
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.devices import device_in
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page
from tests.wiping.dropping import DELL, fresh, received, upload


@pytest.fixture
def technician(sign_in: SignIn) -> InspectingClient:
    """The technician's browser."""
    return sign_in(Role.TECHNICIAN)


@pytest.fixture
def other(sign_in: SignIn) -> InspectingClient:
    """Another technician's browser."""
    return sign_in(Role.TECHNICIAN, who=2)


def photo() -> BytesIO:
    """A photo with a place in its metadata."""
    picture = Image.new("RGB", (40, 30), "grey")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (47.0, 13.0, 0.0)}
    exif[0x010E] = "chez Camille"
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif)
    content.seek(0)
    return content


def link(page: Page, part: str) -> str:
    """The address of the first link of a page that holds this."""
    return next(address for address in page.links() if part in address)


def test_a_day_at_the_bench_from_the_drop_to_available(
    app: Flask, technician: InspectingClient, acting_as: ActingAs
) -> None:
    dell = received(acting_as(Role.TECHNICIAN), **DELL)
    answer = technician.post(
        "/atelier/depot",
        data={"files": [upload("dell-latitude-5490.log"), upload("dell-latitude-5490.lshw.json")]},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert "Effacement accepté" in answer.text and "installez le système" in answer.text
    assert fresh(dell).status == "wiped"
    assert f"/atelier/{dell.tag}" in technician.page("/atelier/?file=install").links()
    bench = technician.page(f"/atelier/{dell.tag}")
    assert "pas de grade" in bench.text
    technician.submit(
        technician.page(f"/atelier/{dell.tag}/systeme"), "Enregistrer le système", at=f"/atelier/{dell.tag}/systeme",
        name="Linux Mint", version="22", language="fr", installed_on="2026-11-23",
    )  # fmt: skip
    assert "Linux Mint" in fresh(dell).system
    assert f"/atelier/{dell.tag}" in technician.page("/atelier/?file=check").links()
    refused = technician.post(f"/atelier/{dell.tag}/controle", data={"grade": "B"})
    assert refused.status_code == 422 and "Pas de grade" in refused.text and "checked" in refused.text
    technician.post(f"/atelier/{dell.tag}/controle", data={"all_works": "1", "grade": "B"})
    assert fresh(dell).grade == "B"
    technician.post(f"/atelier/{dell.tag}/passage/make_available")
    assert fresh(dell).status == "available"


def test_every_list_of_the_bench_opens_empty_and_full(technician: InspectingClient, acting_as: ActingAs) -> None:
    for tab in ("wipe", "second", "install", "check", "grade", "repair", "loose", "stopped"):
        assert technician.get(f"/atelier/?file={tab}").status_code == 200
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        tags = {
            "wipe": device_in("to_wipe", acting).tag,
            "repair": device_in("in_repair", acting).tag,
            "check": device_in("wiped", acting).tag,
        }
    for tab, tag in tags.items():
        assert f"/atelier/{tag}" in technician.page(f"/atelier/?file={tab}").links(), tab


@pytest.mark.usefixtures("engine")
def test_a_phones_reset_is_confirmed_by_another_person(
    technician: InspectingClient, other: InspectingClient, acting_as: ActingAs
) -> None:
    phone = received(acting_as(Role.TECHNICIAN), "smartphone", maker="Fairphone", model="4", serial="A209X1")
    address = f"/atelier/{phone.tag}/memoire/declarer"
    data = {"method": "factory_reset", "happened_at": "2026-11-20T10:00", "photo": (photo(), "ecran.jpg")}
    technician.post(address, data=data, content_type="multipart/form-data")
    assert fresh(phone).status == "to_wipe" and len(fresh(phone).media) == 1
    row = link(technician.page("/atelier/?file=second"), "/atelier/declarations/")
    alone = technician.post(row + "/confirmer")
    assert alone.status_code == 422 and "une autre personne doit la confirmer" in alone.text
    assert fresh(phone).status == "to_wipe"
    assert other.post(row + "/confirmer").status_code == 302
    assert fresh(phone).status == "to_wipe", "the locks are not checked yet"
    lines = {
        f"lock_{code}": "pass" for code in ("assistant", "icloud", "google", "mdm", "cards", "sim_lock", "blacklist")
    }
    wrong = other.post(f"/atelier/{phone.tag}/verrous", data={**lines, "imei": "490154203237519"})
    assert wrong.status_code == 200 and "n'est pas juste" in wrong.text.replace("&#39;", "'")
    left = other.post(
        f"/atelier/{phone.tag}/verrous", data={**lines, "lock_icloud": "unverifiable", "imei": "490154203237518"}
    )
    assert left.status_code == 302 and fresh(phone).status == "to_wipe"
    other.post(
        f"/atelier/{phone.tag}/verrous", data={**lines, "lock_icloud": "not_applicable", "imei": "490154203237518"}
    )
    assert fresh(phone).status == "wiped"
    shown = technician.get(link(technician.page(f"/atelier/{phone.tag}"), "/photos/"))
    assert shown.mimetype == "image/jpeg" and b"Camille" not in shown.data and b"Exif" not in shown.data
