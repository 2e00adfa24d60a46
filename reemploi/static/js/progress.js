// A page that waits for work in the background looks again by itself; without script, its link does.
(() => {
  "use strict";
  const wait = document.querySelector("[data-look-again]");
  if (wait) setTimeout(() => location.reload(), 3000);
})();
