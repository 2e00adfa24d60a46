// Small helps of every page: where the focus goes after an action, messages put away, copying, the look, open menus.
(() => {
  const asked = document.querySelector("[data-error-summary]") || document.querySelector("[data-refusal]") || document.querySelector("[data-flashes]");
  if (asked && !document.querySelector("[autofocus]")) asked.focus();
  else if (asked?.matches("[data-error-summary], [data-refusal]")) asked.focus();

  for (const button of document.querySelectorAll("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.closest(".notice").remove();
      document.getElementById("main").focus({ preventScroll: true });
    });
  }

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        const said = document.createElement("span");
        said.className = "copied";
        said.setAttribute("role", "status");
        button.after(said);
        said.textContent = button.dataset.copied;
        setTimeout(() => said.remove(), 3000);
      });
    }
  }

  const looks = document.querySelector("[data-look]");
  if (looks) {
    looks.hidden = false;
    const show = () => {
      const current = document.documentElement.dataset.bsTheme || "auto";
      for (const button of looks.querySelectorAll("[data-theme]")) button.setAttribute("aria-pressed", String(button.dataset.theme === current));
    };
    looks.addEventListener("click", (event) => {
      const look = event.target.closest("[data-theme]")?.dataset.theme;
      if (!look) return;
      if (look === "auto") {
        delete document.documentElement.dataset.bsTheme;
        localStorage.removeItem("look");
      } else {
        document.documentElement.dataset.bsTheme = look;
        localStorage.setItem("look", look);
      }
      show();
    });
    show();
  }

  for (const menu of document.querySelectorAll("details[data-menu]")) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  for (const table of document.querySelectorAll(".table-cards")) {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    for (const row of table.tBodies[0].rows) {
      if (row.cells.length !== names.length) continue;
      names.forEach((name, index) => { if (name) row.cells[index].dataset.label = name; });
    }
    table.classList.add("table-labelled");
  }

  const back = document.querySelector("[data-back]");
  if (back && history.length > 1) {
    back.hidden = false;
    back.addEventListener("click", () => history.back());
  }

  const count = document.querySelector("[data-bulk-count]");
  if (count) {
    document.addEventListener("change", (event) => {
      if (!event.target.closest(".queue-pick")) return;
      const chosen = document.querySelectorAll(".queue-pick :checked").length;
      count.textContent = count.dataset.bulkCount.replace("{n}", chosen);
    });
  }
})();
