from tests.intake.test_reception_browser import *
def test_dbg(person):
    for n in range(2):
        somebody = person(Role.COORDINATOR, width=390)
        somebody.go("/arrivages/nouveau")
        somebody.page.select_option("[name=donor]", label="Papeterie Aubin")
        somebody.page.click("main form .button-primary")
        somebody.page.wait_for_url("**/recevoir*")
        code=f"7TK2L39{n}"
        scan(somebody, code, "450G3EA#ABF", code)
        somebody.page.wait_for_timeout(5000)
        somebody.page.screenshot(path=f"/tmp/shots/dbg{n}.png", full_page=True)
        print(somebody.page.inner_text("main"), somebody.complaints)
