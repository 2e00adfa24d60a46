// Keyboard: "/" searches, "g" then a letter goes, "?" lists the keys, Ctrl K opens the palette.
(() => {
  const search = document.querySelector("[data-search]");
  const keys = document.getElementById("keys");
  const palette = document.getElementById("palette");
  if (!palette) return;
  const words = document.getElementById("palette-words");
  const list = document.getElementById("palette-list");
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let going = 0;
  let chosen = 0;

  const places = () => {
    const found = [];
    for (const link of document.querySelectorAll("#menu a")) found.push({ name: link.querySelector("span").textContent, key: link.dataset.key, go: () => link.click() });
    for (const target of document.querySelectorAll("main .button")) {
      const name = target.textContent.trim();
      if (name && !target.closest("[hidden], dialog")) found.push({ name, go: () => { target.focus(); target.click(); } });
    }
    return found;
  };

  const option = (place, index) => {
    const line = document.createElement("li");
    line.id = `palette-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(index === chosen));
    line.textContent = place.name;
    if (place.key) {
      const key = document.createElement("kbd");
      key.textContent = `g ${place.key}`;
      line.append(key);
    }
    line.addEventListener("click", () => take(place));
    return line;
  };

  let shown = [];
  const draw = () => {
    const asked = folded(words.value.trim());
    shown = places().filter((place) => folded(place.name).includes(asked)).slice(0, 9);
    if (asked && list.dataset.searchWords) shown.push({ name: list.dataset.searchWords.replace("{words}", words.value.trim()), go: () => words.form.requestSubmit() });
    chosen = Math.min(chosen, Math.max(shown.length - 1, 0));
    list.replaceChildren(...shown.map(option));
    words.setAttribute("aria-activedescendant", shown.length ? `palette-${chosen}` : "");
    document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: "nearest" });
  };

  const take = (place) => {
    palette.close();
    place.go();
  };

  const open = () => {
    words.value = "";
    chosen = 0;
    draw();
    palette.showModal();
    words.focus();
  };

  words.addEventListener("input", () => { chosen = 0; draw(); });
  words.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % (shown.length || 1);
      draw();
    } else if (event.key === "Enter" && shown[chosen]) {
      event.preventDefault();
      take(shown[chosen]);
    }
  });

  for (const button of document.querySelectorAll("[data-open-dialog]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.getElementById(button.dataset.openDialog).showModal());
  }
  for (const dialog of document.querySelectorAll("dialog.dialog")) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) open();
      return;
    }
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?") {
      keys.showModal();
    } else if (event.key === "g") {
      going = Date.now();
    } else if (going && Date.now() - going < 1500) {
      going = 0;
      document.querySelector(`#menu a[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
    }
  });
})();
