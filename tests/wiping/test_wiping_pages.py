"""The workbench through its pages: a technician's day, each page inspected, what is refused kept on screen."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event

from reemploi.extensions import db
from reemploi.ground.database import writing
from reemploi.ground.tenancy import within
from reemploi.roles import Role
from reemploi.wiping import waiting
from tests.conftest import ActingAs, SignIn
from tests.support.devices import device_in
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page
from tests.wiping.dropping import DELL, LENOVO, drop, fresh, received, upload


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


class Counted:
    """The statements sent while it is open."""

    def __enter__(self) -> "Counted":
        self.statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._count)

    def _count(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            self.statements.append(statement)


@pytest.mark.parametrize(("tab", "status"), [("wipe", "to_wipe"), ("install", "wiped"), ("repair", "in_repair")])
def test_a_list_costs_the_same_number_of_queries_for_three_rows_and_for_thirty(
    technician: InspectingClient, acting_as: ActingAs, tab: str, status: str
) -> None:
    acting = acting_as(Role.TECHNICIAN)
    costs = []
    for more in (3, 27):
        with within(acting.association_id), writing():
            for _ in range(more):
                device = device_in(status, acting)
                if tab == "install":
                    device.system_installed_at = None
        with Counted() as counted:
            page = technician.page(f"/atelier/?file={tab}")
        assert sum("/atelier/" in one and "?" not in one for one in page.links()) >= more
        costs.append(len(counted.statements))
    assert costs[0] == costs[1] <= 10, costs


def test_a_list_goes_on_where_the_page_ended(technician: InspectingClient, acting_as: ActingAs) -> None:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        tags = [device_in("to_wipe", acting).tag for _ in range(waiting.PER_PAGE + 3)]
    first = technician.page("/atelier/?file=wipe")
    following = technician.page(next(one for one in first.links() if "apres=" in one))
    shown = [{tag for tag in tags if f"/atelier/{tag}" in page.links()} for page in (first, following)]
    assert [len(one) for one in shown] == [waiting.PER_PAGE, 3] and not shown[0] & shown[1]


def test_a_stopped_device_leaves_every_list_but_one(technician: InspectingClient, acting_as: ActingAs) -> None:
    with writing():
        device = device_in("to_wipe", acting_as(Role.TECHNICIAN))
    technician.post(f"/atelier/{device.tag}/arret")
    listed = [
        tab for tab in waiting.TABS if f"/atelier/{device.tag}" in technician.page(f"/atelier/?file={tab}").links()
    ]
    assert listed == ["stopped"]


def test_what_was_typed_comes_back_with_the_refusal(technician: InspectingClient, acting_as: ActingAs) -> None:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        device = device_in("to_wipe", acting)
        medium = device.media[0].address
    address = f"/atelier/{device.tag}/supports/{medium}/declarer"
    typed = {"method": "ata_erase", "note": "écran vert à la fin", "happened_at": "2026-10-01T10:00"}
    answer = technician.post(address, data=typed)
    assert answer.status_code == 422 and "ne vaut plus" in answer.text
    assert "écran vert à la fin" in answer.text and "2026-10-01T10:00" in answer.text
    no_photo = technician.post(
        address, data={**typed, "photo": (BytesIO(b"pas une photo"), "a.jpg")}, content_type="multipart/form-data"
    )
    assert no_photo.status_code == 422 and "photo" in no_photo.text and "écran vert à la fin" in no_photo.text


def test_a_wrong_number_beside_files_loses_none_of_them(technician: InspectingClient, acting_as: ActingAs) -> None:
    dell = received(acting_as(Role.TECHNICIAN), **DELL)
    answer = technician.post(
        "/atelier/depot",
        data={"files": [upload("dell-latitude-5490.lshw.json")], "scanned": "9999"},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert "ne désigne aucun appareil" in answer.text and fresh(dell).status == "to_wipe"


def test_an_unknown_file_is_settled_from_its_page(technician: InspectingClient, acting_as: ActingAs) -> None:
    nameless = received(acting_as(Role.TECHNICIAN), maker="", serial="", model="")
    results = technician.post(
        "/atelier/depot",
        data={"files": [upload("dell-latitude-5490.lshw.json")]},
        content_type="multipart/form-data",
    ).location
    page = technician.page(results)
    wrong = technician.submit(page, "Rattacher", scanned="0000")
    assert wrong.status_code == 422 and "ne désigne aucun appareil" in wrong.text and 'value="0000"' in wrong.text
    technician.submit(page, "Rattacher", scanned=nameless.tag)
    assert fresh(nameless).serial == "7QK4MN2"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_bench_reads_in_both_languages(
    app: Flask, technician: InspectingClient, acting_as: ActingAs, language: str
) -> None:
    acting = acting_as(Role.TECHNICIAN)
    dell = received(acting, **DELL)
    received(acting, **LENOVO)
    drop(app, acting, "dell-latitude-5490.lshw.json", "lenovo-thinkpad-t470.lshw.json")
    drop(app, acting, "lenovo-thinkpad-t470-unverified.log", "dell-latitude-5490.log", "fujitsu-futro-s740.lshw.json")
    with within(acting.association_id), writing():
        phone = device_in("wiped", acting, "smartphone")
        repaired = device_in("in_repair", acting)
    addresses = [
        "/atelier/", "/atelier/?file=second", "/atelier/depot", f"/atelier/{dell.tag}", f"/atelier/{phone.tag}",
        f"/atelier/{repaired.tag}", f"/atelier/{dell.tag}/controle", f"/atelier/{dell.tag}/systeme",
        f"/atelier/{dell.tag}/reparation", f"/atelier/{dell.tag}/supports/nouveau", f"/atelier/{phone.tag}/verrous",
        f"/atelier/{phone.tag}/memoire/declarer", "/certificats", f"/certificats/appareil/{dell.tag}", "/verifier",
    ]  # fmt: skip
    addresses += [one for one in technician.page("/atelier/depot").links() if "/atelier/depot/" in one]
    for address in addresses:
        assert technician.get(address, language=language).status_code == 200, address
