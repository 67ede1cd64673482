/* A week at the desk: what is typed is mirrored on the device until all of it is handed in. The identifiers of the rows
   are mirrored too, so that sending the same rows again makes nothing twice. Without this script it is a plain form. */
(() => {
  "use strict";

  const form = document.querySelector("[data-week-form]");
  if (!form) return;
  const key = `miaopu:week:${form.dataset.user}`;
  const state = form.querySelector("[data-save-state]");
  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };
  const fields = () => [...form.elements].filter((element) => element.name.startsWith("row-"));

  const mirror = () => {
    const values = {};
    for (const element of fields()) values[element.name] = element.type === "checkbox" ? element.checked : element.value;
    try {
      localStorage.setItem(key, JSON.stringify(values));
      delete form.dataset.guard;
      return true;
    } catch {
      form.dataset.guard = ""; // nothing is kept here, so leaving asks
      return false;
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch { /* a device that keeps nothing has nothing to forget */ }
  };

  const restore = () => {
    let values = null;
    try {
      values = JSON.parse(localStorage.getItem(key));
    } catch { /* no storage */ }
    if (!values) return;
    for (const element of fields()) {
      if (!(element.name in values)) continue;
      if (element.type === "checkbox") element.checked = values[element.name];
      else element.value = values[element.name];
    }
    say(form.dataset.textRestored);
  };

  form.addEventListener("input", () => {
    if (mirror()) say(form.dataset.textLocal);
  });
  form.addEventListener("submit", (event) => {
    mirror();
    if (navigator.onLine === false) {
      event.preventDefault();
      say(form.dataset.textWaiting);
    }
  });

  if ("done" in form.dataset) {
    forget();
    history.replaceState(history.state, "", window.location.pathname);
  } else if ("bound" in form.dataset) mirror();
  else restore();
})();
