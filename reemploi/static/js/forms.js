// Small helps of forms: counters, one submission only, drafts of this tab, lists of chosen files, password shown on demand.
(() => {
  const filled = (text, n) => text.replace("{n}", n);

  for (const note of document.querySelectorAll("[data-counter]")) {
    const box = document.getElementById(note.dataset.counter);
    const most = Number(note.dataset.most);
    box.removeAttribute("maxlength");
    note.setAttribute("aria-live", "polite");
    const count = () => {
      const left = most - box.value.length;
      note.textContent = left >= 0 ? filled(note.dataset.left, left) : filled(note.dataset.over, -left);
      note.classList.toggle("over", left < 0);
    };
    box.addEventListener("input", count);
    if (box.value) count();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(release, 8000, form);
  });

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  };
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  const kept = (control) => control.name && control.name !== "csrf_token" && !["password", "file", "hidden"].includes(control.type);

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = `draft:${form.dataset.draft}`;
    const note = form.querySelector("[data-draft-note]");
    const saved = sessionStorage.getItem(key);
    const answered = document.querySelector("[data-error-summary]");
    if (saved && !answered) {
      const values = new URLSearchParams(saved);
      for (const control of form.elements) {
        if (!kept(control) || (control.type !== "checkbox" && !values.has(control.name))) continue;
        if (control.type === "checkbox" || control.type === "radio") control.checked = values.getAll(control.name).includes(control.value);
        else control.value = values.get(control.name);
      }
      if (note) note.hidden = false;
    }
    form.addEventListener("input", () => {
      const values = new URLSearchParams();
      for (const control of form.elements) {
        if (!kept(control) || ((control.type === "checkbox" || control.type === "radio") && !control.checked)) continue;
        values.append(control.name, control.value);
      }
      sessionStorage.setItem(key, values);
      if (note) note.hidden = false;
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(key));
  }

  for (const box of document.querySelectorAll("[data-upload]")) {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-upload-list]");
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = file.name;
        return line;
      }));
      list.hidden = input.files.length < 2;
    });
    for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
      box.addEventListener(name, () => box.classList.toggle("over", over));
    }
  }

  for (const button of document.querySelectorAll("[data-reveal]")) {
    const box = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = box.type === "text";
      box.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }
})();
