/* What is typed stays on this phone until it has arrived: a call, an empty battery or a new language loses nothing.
   Without this script, or without storage, the form works all the same. A phone is lent and a tablet goes round, so
   only answers to questions are kept, never who somebody is or what they agree to, and only for a day. */
(() => {
  "use strict";

  const PREFIX = "answers:";
  const WAITING = "answers-sent";
  const KEEP_DAYS = 1;
  const QUESTION = "a-"; // what the names of the questions' fields begin with (forms/answer.py)
  let store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    return;
  }
  const read = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };
  // What anybody left unfinished here goes after a day, whichever page of ours is opened.
  for (const name of Object.keys(store)) {
    if (name.startsWith(PREFIX) && !(Date.now() - read(name)?.at < KEEP_DAYS * 864e5)) store.removeItem(name);
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
  const fields = () => [...form.elements].filter((field) => field.name.startsWith(QUESTION));
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

  const found = form.querySelector("[data-draft-found]");
  found?.querySelector("button").addEventListener("click", () => {
    store.removeItem(key);
    location.replace(location.pathname);
  });

  const save = () => {
    const values = fields()
      .filter((field) => (isChoice(field) ? field.checked : field.value))
      .map((field) => [field.name, field.value]);
    try {
      store.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch { /* full or forbidden: nothing is kept */ }
  };

  const restore = () => {
    const kept = read(key);
    if (!kept) return;
    // What came back from the server is newer than what is kept.
    if (fields().some((field) => (isChoice(field) ? field.checked && field.value : field.value))) return;
    for (const [name, value] of kept.values) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (!isChoice(field)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
    if (found && kept.values.length) found.hidden = false;
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
