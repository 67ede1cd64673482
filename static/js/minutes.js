/* The recorder's screen. Pieces are sent by htmx; here only what was kept is no longer unsaved work, and a meeting room
   without network is told so. */
(() => {
  "use strict";

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (form && event.detail.successful) delete form.dataset.dirty;
  });

  const tell = (event) => {
    const form = event.target.closest("form");
    const state = form && form.querySelector(".piece-state");
    if (!state) return;
    const note = document.createElement("p");
    note.className = "reason";
    note.textContent = document.querySelector("[data-not-sent]").dataset.notSent;
    state.querySelectorAll(".reason, .piece-saved").forEach((old) => old.remove());
    state.append(note);
    // What was typed stays in its field and goes out with the next try.
    setTimeout(() => form.isConnected && window.htmx.trigger(form, "submit"), 8000);
  };
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:timeout", tell);
})();
