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
    for (const [name, value] of new FormData(form)) {
      if (HOUSEKEEPING.has(name)) continue;
      found[name] = name in found ? [].concat(found[name], value) : value;
    }
    return found;
  };

  const organizationLabel = () => {
    const select = field("organization");
    return select && select.value ? select.options[select.selectedIndex].textContent : "";
  };

  // What is on offer depends on the organization: a mirror brings its own words for what was chosen.
  const chosenLabels = () => {
    const found = {};
    for (const box of form.querySelectorAll("[data-tick-list] input:checked")) {
      found[box.value] = box.closest("label").textContent.trim();
    }
    for (const name of ["plan", "place"]) {
      const select = field(name);
      if (select && select.value) found[select.value] = select.options[select.selectedIndex].textContent;
    }
    return found;
  };

  const mirror = (sent) => {
    try {
      localStorage.setItem(keyOf(user, uuid.value), JSON.stringify({
        kind, kindLabel, url, sent, values: values(), version: version.value, at: Date.now(),
        organization: organizationLabel(), labels: chosenLabels(),
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
    const labels = kept.labels || {};
    for (const list of form.querySelectorAll("[data-tick-list]")) {
      for (const value of [].concat(kept.values[list.dataset.tickList] || [])) {
        if (!tickOf(list, value) && labels[value]) addTick(list, { value, label: labels[value] });
      }
    }
    for (const name of ["plan", "place"]) {
      const select = field(name), value = kept.values[name];
      if (select && value && labels[value] && ![...select.options].some((option) => option.value === value)) {
        select.add(new Option(labels[value], value));
        select.closest("[data-offered]").hidden = false;
      }
    }
    for (const element of form.elements) {
      if (!element.name || HOUSEKEEPING.has(element.name)) continue;
      const value = kept.values[element.name];
      if (element.type === "radio" || element.type === "checkbox") {
        element.checked = [].concat(value === undefined ? [] : value).includes(element.value);
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
    openMore();
    offer();
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
    if (event.target.name && event.target.name !== "organization_search") changed();
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

  /* --- an end instead of a length ---------------------------------------------------------------------------------- */

  const until = field("until");
  const begin = field("starts_at");
  const fillMinutes = () => {
    if (!until || !until.value || !begin.value.includes("T")) return;
    const count = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
    const length = count(until.value) - count(begin.value.split("T")[1]);
    if (length > 0) field("minutes").value = length;
    markMinutes();
  };
  if (until) {
    until.addEventListener("input", fillMinutes);
    begin.addEventListener("input", fillMinutes);
    field("minutes").addEventListener("input", () => {
      until.value = "";
    });
    if (minuteButtons) minuteButtons.addEventListener("click", () => {
      until.value = "";
    });
  }

  /* --- what belongs to the organizations chosen --------------------------------------------------------------------- */

  const more = form.querySelector("details.more");
  function openMore() {
    const filled = more && [...more.querySelectorAll("input, select, textarea")].some((element) =>
      (element.type === "checkbox" ? element.checked : element.type !== "radio" && element.value && element.name !== "place_text"
        && element.name !== "participants"));
    if (filled) more.open = true;
  }
  for (const element of form.querySelectorAll("[data-without-js]")) element.remove();

  function tickOf(list, value) {
    return [...list.querySelectorAll("input[type=checkbox]")].find((box) => box.value === value);
  }
  function addTick(list, item) {
    const row = document.createElement("li");
    const label = document.createElement("label");
    label.className = "tick";
    label.dataset.userContent = "";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = list.dataset.tickList;
    box.value = item.value;
    const words = document.createElement("span");
    words.textContent = item.label;
    label.append(box, words);
    row.append(label);
    if (list.dataset.shareLabel) {
      const share = document.createElement("label");
      share.className = "share";
      const number = document.createElement("input");
      Object.assign(number, { type: "number", inputMode: "numeric", min: "0", className: "form-control" });
      number.name = `share-${item.value}`;
      number.setAttribute("aria-label", `${item.label} ${list.dataset.shareLabel}`);
      share.append(number, ` ${list.dataset.shareLabel}`);
      row.append(share);
    }
    list.append(row);
    const block = list.closest("[data-offered]");
    if (block) block.hidden = false;
    return box;
  }

  let offers = {};
  let asked = 0;
  async function offer() {
    const organization = field("organization").value;
    for (const box of form.querySelectorAll("[name=others]")) {
      const isMain = box.value === organization; // the record stands under it already
      box.closest("li").hidden = isMain;
      if (isMain) box.checked = false;
    }
    if (!organization) return;
    const query = new URLSearchParams({ kind, organization });
    for (const box of form.querySelectorAll("[name=others]:checked")) query.append("others", box.value);
    const mine = ++asked;
    try {
      const response = await fetch(`${form.dataset.offersUrl}?${query}`);
      const found = await response.json();
      if (!response.ok || mine !== asked) return;
      offers = found;
    } catch {
      return; // offline the form goes on without them
    }
    for (const name of ["plan", "place"]) {
      const select = field(name);
      if (!select || !offers[name]) continue;
      const chosen = select.value;
      select.length = 1;
      for (const item of offers[name]) select.add(new Option(item.label, item.value));
      select.value = offers[name].some((item) => item.value === chosen) ? chosen : "";
      select.closest("[data-offered]").hidden = !offers[name].length;
    }
    for (const list of form.querySelectorAll("[data-offered] [data-tick-list]")) {
      const items = offers[list.dataset.tickList] || [];
      const ticked = new Set([...list.querySelectorAll("input:checked")].map((box) => box.value));
      list.replaceChildren();
      for (const item of items) addTick(list, item).checked = ticked.has(item.value);
      list.closest("[data-offered]").hidden = !items.length;
    }
  }
  form.addEventListener("change", (event) => {
    if (event.target.name === "organization" || event.target.name === "others") offer();
    if (event.target.name === "plan") {
      const plan = (offers.plan || []).find((item) => item.value === event.target.value);
      if (plan && field("title") && !field("title").value) field("title").value = plan.title;
      if (plan && field("place_text") && !field("place_text").value) field("place_text").value = plan.place_text;
      changed();
    }
  });

  const othersSearch = form.querySelector("[data-others-search]");
  if (othersSearch) {
    let pause = 0;
    othersSearch.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(pause);
      pause = setTimeout(async () => {
        const wanted = othersSearch.value.trim();
        if (!wanted) return;
        try {
          const response = await fetch(`${form.dataset.searchUrl}?q=${encodeURIComponent(wanted)}`);
          const list = form.querySelector("[data-tick-list=others]");
          for (const row of [...list.children]) if (!row.querySelector("input:checked")) row.remove();
          for (const item of (await response.json()).results) {
            if (!tickOf(list, item.uuid)) addTick(list, { value: item.uuid, label: item.label });
          }
        } catch { /* names can be typed into the field below */ }
      }, 300);
    });
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
