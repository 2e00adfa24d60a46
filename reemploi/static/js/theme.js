// The look chosen by hand, put before the first paint; without a choice the system decides.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("look"); } catch { /* storage refused: the system decides */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.bsTheme = chosen;
})();
