// Reception without waiting: the field is emptied at Enter, codes queue up and are sent one after the other, each under
// its own name, so that one sent again counts once. Without this script the form works by itself, a page a code.
(() => {
  const form = document.getElementById("reception");
  const field = form.elements.scan;
  const state = document.getElementById("reception-state");
  const PARTS = ["reception-live", "reception-counts", "reception-list"];
  const AGAIN = 2000;
  const queue = [];
  let sending = false;

  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const tell = (words) => { state.textContent = words.replace("{n}", queue.length); state.hidden = !words; };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    data.set("scan", String(data.get("scan")).trim());
    data.set("scan_id", fresh());
    field.value = "";
    field.focus();
    if (!data.get("scan") && !data.has("without_serial")) return;
    queue.push(data);
    send();
  });

  async function send() {
    if (sending) return;
    sending = true;
    let renewed = false;
    while (queue.length) {
      if (queue.length > 1) tell(state.dataset.waiting);
      const answer = await ask(queue[0]);
      if (!answer) {
        tell(state.dataset.offline);
        await pause(AGAIN);
      } else if (show(answer, queue[0])) {
        queue.shift();
        renewed = false;
        tell("");
      } else if (renewed || !(await renew())) {
        tell(state.dataset.signedOut);
        break;
      } else {
        renewed = true;
      }
    }
    sending = false;
  }

  async function ask(data) {
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      return answer.status >= 500 ? null : { url: answer.url, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    } catch {
      return null;
    }
  }

  // After a new sign-in in another tab the waiting codes need the new session's token; false while signed out.
  async function renew() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
      const token = page.getElementById("reception")?.elements.csrf_token.value;
      for (const data of token ? queue : []) data.set("csrf_token", token);
      if (token) form.elements.csrf_token.value = token;
      return Boolean(token);
    } catch {
      return false;
    }
  }

  // Puts the answer's parts in place of ours; false when it is another page, as when the session has ended.
  function show({ url, page }, data) {
    if (!PARTS.every((id) => page.getElementById(id))) return false;
    for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
    form.elements.layout.value = page.getElementById("reception").elements.layout.value;
    const refused = page.querySelector("[data-refusal], [data-error-summary]");
    if (page.querySelector("[data-refusal]")) document.getElementById("reception-live").prepend(page.querySelector("[data-refusal]"));
    if (refused && !field.value && !queue.slice(1).length) field.value = data.get("scan");
    if (refused || page.querySelector("#reception-live [data-waits]")) low();
    if (!refused) history.replaceState(null, "", url);
    return true;
  }

  // Two low notes: something waits for a person. Heard with one's back turned; silent until a key was pressed.
  let sound;
  function low() {
    sound ??= new AudioContext();
    for (const start of [0, 0.18]) {
      const note = sound.createOscillator();
      note.frequency.value = 220;
      note.connect(sound.destination);
      note.start(sound.currentTime + start);
      note.stop(sound.currentTime + start + 0.12);
    }
  }

  addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
})();
