// Signing on a screen: strokes drawn with finger, stylus or mouse, sent as SVG; the server draws them anew.
(() => {
  for (const box of document.querySelectorAll("[data-signature]")) {
    const canvas = box.querySelector("[data-signature-canvas]");
    const value = box.querySelector("[data-signature-value]");
    const pad = new SignaturePad(canvas, { minWidth: 0.8, maxWidth: 2.4 });
    const keep = () => {
      value.value = pad.isEmpty() ? "" : pad.toSVG();
    };
    const fit = () => {
      const drawn = pad.toData();
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      pad.fromData(drawn);
    };
    pad.addEventListener("endStroke", keep);
    box.querySelector("[data-signature-clear]").addEventListener("click", () => {
      pad.clear();
      keep();
    });
    box.querySelector("[data-signature-undo]").addEventListener("click", () => {
      pad.fromData(pad.toData().slice(0, -1));
      keep();
    });
    addEventListener("resize", fit);
    fit();
  }
})();
