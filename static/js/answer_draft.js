/* What is typed stays on this phone until it has arrived: a call, an empty battery or a new language loses nothing.
   Without this script, or without storage, the form works all the same. */
(() => {
  "use strict";

  const PREFIX = "answers:";
  const WAITING = "answers-sent";
  const KEEP_DAYS = 14;
  const SKIP = new Set(["csrfmiddlewaretoken", "uuid", "begun", "next", "language"]);
  let store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    return;
  }
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    // The page of thanks: what was sent last has arrived.
    const sent = store.getItem(WAITING);
    if (sent && document.querySelector("script[data-done]")) {
      store.removeItem(sent);
      store.removeItem(WAITING);
    }
    return;
  }

  const key = `${PREFIX}${location.pathname}:${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && !SKIP.has(field.name) && field.type !== "submit");
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

  const save = () => {
    const values = fields()
      .filter((field) => (isChoice(field) ? field.checked : field.value))
      .map((field) => [field.name, field.value]);
    try {
      store.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch { /* full or forbidden: nothing is kept */ }
  };

  const restore = () => {
    const kept = JSON.parse(store.getItem(key) || "null");
    if (!kept || Date.now() - kept.at > KEEP_DAYS * 864e5) return store.removeItem(key);
    // What came back from the server is newer than what is kept.
    if (fields().some((field) => (isChoice(field) ? field.checked && field.value : field.value))) return;
    for (const [name, value] of kept.values) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (!isChoice(field)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
  };

  try {
    restore();
  } catch {
    store.removeItem(key);
  }
  form.addEventListener("input", save);
  form.addEventListener("submit", () => {
    save();
    store.setItem(WAITING, key);
  });
  const note = form.querySelector("[data-draft-note]");
  if (note) note.hidden = false;
})();
