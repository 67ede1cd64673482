/* Quick entry of activities: nothing typed is lost. Every keystroke is mirrored on the device; 1.5 seconds later the
   draft is on the server. Without this script the form is a plain form. */
(() => {
  "use strict";

  const PREFIX = "miaopu:activity:";
  const CURRENT = `${PREFIX}current`;
  const SERVER_PAUSE = 1500;
  const RETRY_PAUSE = 15000;
  const HOUSEKEEPING = new Set(["csrfmiddlewaretoken", "uuid", "version", "tab"]);

  const mint = () => {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const keyOf = (user, uuid) => `${PREFIX}${user}:${uuid}`;
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const forget = (key) => {
    try {
      localStorage.removeItem(key);
    } catch { /* a device that keeps nothing has nothing to forget */ }
  };

  /* --- a record that arrived: its mirror is not needed any more --------------------------------------------------- */

  const arrived = document.querySelector("[data-activity-saved]");
  if (arrived) forget(keyOf(arrived.dataset.user, arrived.dataset.activitySaved));

  /* --- what waits on this device ----------------------------------------------------------------------------------- */

  const outbox = document.querySelector("[data-activity-outbox]");
  if (outbox) {
    const list = outbox.querySelector("[data-outbox-list]");
    const start = keyOf(outbox.dataset.user, "");
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(start));
    } catch { /* no storage */ }
    for (const key of keys) {
      const kept = read(key);
      if (!kept || kept.sent) continue;
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.className = "row-link";
      link.href = kept.url || `${outbox.dataset.newUrl}${kept.kind}/?resume=${key.slice(start.length)}`;
      link.textContent = [kept.kindLabel, kept.organization, new Date(kept.at).toLocaleString()].filter(Boolean).join(" · ");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-outline-secondary";
      remove.textContent = list.dataset.remove;
      remove.addEventListener("click", () => {
        forget(key);
        item.remove();
        outbox.hidden = !list.children.length;
      });
      item.append(link, remove);
      list.append(item);
    }
    outbox.hidden = !list.children.length;
  }

  /* --- the form ---------------------------------------------------------------------------------------------------- */

  const form = document.querySelector("[data-activity-form]");
  if (!form) return;
  const { user, kind, kindLabel, mode } = form.dataset;
  const field = (name) => form.elements.namedItem(name);
  const uuid = field("uuid");
  const version = field("version");
  const state = form.querySelector("[data-save-state]");
  const tab = mint();
  field("tab").value = tab;
  let touched = mode !== "new" || "bound" in form.dataset;
  let url = mode === "new" ? "" : window.location.pathname;
  let timer = 0;
  let sending = false;
  let again = false;
  let stopped = mode === "correct";

  const say = (text) => {
    if (state && state.textContent !== text) state.textContent = text;
  };

  const values = () => {
    const found = {};
    for (const [name, value] of new FormData(form)) if (!HOUSEKEEPING.has(name)) found[name] = value;
    return found;
  };

  const organizationLabel = () => {
    const select = field("organization");
    return select && select.value ? select.options[select.selectedIndex].textContent : "";
  };

  const mirror = (sent) => {
    try {
      localStorage.setItem(keyOf(user, uuid.value), JSON.stringify({
        kind, kindLabel, url, sent, values: values(), version: version.value, at: Date.now(),
        organization: organizationLabel(),
      }));
      sessionStorage.setItem(CURRENT, uuid.value);
      delete form.dataset.guard;
      return true;
    } catch {
      form.dataset.guard = ""; // nothing is kept here, so leaving asks
      return false;
    }
  };

  const apply = (kept) => {
    for (const element of form.elements) {
      if (!element.name || HOUSEKEEPING.has(element.name)) continue;
      const value = kept.values[element.name];
      if (element.type === "radio" || element.type === "checkbox") {
        element.checked = value === element.value;
      } else if (element.name === "organization" && value) {
        if (![...element.options].some((option) => option.value === value)) {
          element.add(new Option(kept.organization, value));
        }
        element.value = value;
      } else if (value !== undefined) {
        element.value = value;
      }
    }
    version.value = kept.version;
    touched = true;
    markMinutes();
  };

  const send = async () => {
    if (stopped) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    again = false;
    say(form.dataset.textSaving);
    const body = new FormData(form);
    body.set("kind", kind);
    try {
      const address = form.dataset.draftUrl.replace(/0{8}(-0{4}){3}-0{12}/, uuid.value);
      const response = await fetch(address, {
        method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": field("csrfmiddlewaretoken").value },
      });
      const isAnswer = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const answer = isAnswer ? await response.json() : {};
      if (answer.state === "saved") {
        version.value = answer.version;
        if (!url) history.replaceState(history.state, "", answer.url);
        url = answer.url;
        mirror(!again);
        say(`${form.dataset.textServer} ${answer.at}`);
      } else if (answer.state === "conflict") {
        stopped = true;
        say(form.dataset.textConflict);
      } else if (answer.state === "refused") {
        say(answer.detail);
      } else {
        throw new Error(`answer ${response.status}`);
      }
    } catch {
      say(form.dataset.textWaiting);
      clearTimeout(timer);
      timer = setTimeout(send, RETRY_PAUSE);
    } finally {
      sending = false;
      if (again) send();
    }
  };

  const changed = () => {
    if (!touched) {
      uuid.value = mint();
      touched = true;
    }
    if (sending) again = true;
    if (mirror(false) && !stopped) say(form.dataset.textLocal);
    clearTimeout(timer);
    timer = setTimeout(send, SERVER_PAUSE);
  };

  form.addEventListener("input", (event) => {
    if (event.target.name !== "organization_search") changed();
  });
  window.addEventListener("online", () => {
    if (timer) send();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!touched) {
      uuid.value = mint();
      touched = true;
    }
    mirror(false);
    if (navigator.onLine === false) {
      event.preventDefault();
      say(form.dataset.textWaiting);
      timer = setTimeout(send, RETRY_PAUSE);
    }
  });

  /* --- minutes by one tap ------------------------------------------------------------------------------------------ */

  const minuteButtons = form.querySelector("[data-minute-buttons]");
  function markMinutes() {
    for (const button of minuteButtons ? minuteButtons.children : []) {
      button.setAttribute("aria-pressed", String(button.dataset.minutes === field("minutes").value));
    }
  }
  if (minuteButtons) {
    minuteButtons.hidden = false;
    minuteButtons.addEventListener("click", (event) => {
      const button = event.target.closest("[data-minutes]");
      if (!button) return;
      field("minutes").value = button.dataset.minutes;
      markMinutes();
      changed();
    });
    field("minutes").addEventListener("input", markMinutes);
    markMinutes();
  }

  /* --- finding an organization among many --------------------------------------------------------------------------- */

  const search = field("organization_search");
  if (search) {
    let pause = 0;
    search.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(async () => {
        const wanted = search.value.trim();
        if (!wanted) return;
        try {
          const response = await fetch(`${form.dataset.searchUrl}?q=${encodeURIComponent(wanted)}`);
          const found = (await response.json()).results;
          const select = field("organization");
          const chosen = select.value;
          select.length = 1;
          for (const item of found) select.add(new Option(item.label, item.uuid));
          if (found.length === 1) select.selectedIndex = 1;
          else if (found.some((item) => item.uuid === chosen)) select.value = chosen;
          if (select.value !== chosen) changed();
        } catch { /* the form itself searches when it is handed in */ }
      }, 300);
    });
  }

  /* --- what was typed before ---------------------------------------------------------------------------------------- */

  const restore = () => {
    const asked = new URLSearchParams(window.location.search).get("resume");
    const navigation = performance.getEntriesByType("navigation")[0];
    const isReturn = navigation && navigation.type !== "navigate";
    let wanted = mode === "new" ? asked : uuid.value;
    try {
      if (!wanted && isReturn) wanted = sessionStorage.getItem(CURRENT);
    } catch { /* no storage */ }
    if (!wanted || "bound" in form.dataset) return;
    const kept = read(keyOf(user, wanted));
    if (!kept || kept.sent || kept.kind !== kind) return;
    uuid.value = wanted;
    apply(kept);
    say(form.dataset.textRestored);
    clearTimeout(timer);
    timer = setTimeout(send, SERVER_PAUSE);
  };
  restore();
})();
