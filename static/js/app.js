/* What makes pages quicker to use. Everything works without it: forms post, links lead, menus open. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const busy = new Set();

  /* --- one press, one submit ------------------------------------------------------------------------------------- */

  const release = (button) => {
    button.disabled = false;
    button.classList.remove("is-busy");
    button.removeAttribute("aria-busy");
    busy.delete(button);
  };

  const lock = (form, submitter) => {
    const buttons = all("button:not([type=button]):not([disabled]), input[type=submit]:not([disabled])", form);
    // After this turn, so that the pressed button's own name and value still travel with the form.
    setTimeout(() => {
      for (const button of buttons) {
        button.disabled = true;
        busy.add(button);
      }
      if (submitter) {
        submitter.classList.add("is-busy");
        submitter.setAttribute("aria-busy", "true");
      }
    });
    // A POST that answers with a file leaves the page standing.
    setTimeout(() => buttons.forEach(release), 15000);
  };

  /* --- questions before a step ----------------------------------------------------------------------------------- */

  const ask = (text, button) =>
    new Promise((resolve) => {
      const dialog = document.getElementById("confirm-dialog");
      if (!dialog || !dialog.showModal) {
        resolve(window.confirm(text));
        return;
      }
      dialog.querySelector("[data-confirm-text]").textContent = text;
      dialog.returnValue = "no";
      dialog.addEventListener("close", () => {
        resolve(dialog.returnValue === "yes");
        if (button) button.focus();
      }, { once: true });
      dialog.showModal();
    });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    if (event.defaultPrevented || form.method === "dialog") return;
    const question = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (question && form.dataset.confirmed !== "yes") {
      event.preventDefault();
      ask(question, submitter).then((yes) => {
        if (!yes) return;
        form.dataset.confirmed = "yes";
        if (form.requestSubmit) form.requestSubmit(submitter || undefined);
        else form.submit();
      });
      return;
    }
    delete form.dataset.confirmed;
    delete form.dataset.dirty;
    if (form.method === "post" && !("noLock" in form.dataset)) lock(form, submitter);
  });

  window.addEventListener("pageshow", () => {
    for (const button of [...busy]) release(button);
  });

  /* --- unsaved work ---------------------------------------------------------------------------------------------- */

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "guard" in form.dataset) form.dataset.dirty = "yes";
  });

  document.addEventListener("click", (event) => {
    const leave = event.target.closest("[data-leave]");
    if (leave) all("form[data-dirty]").forEach((form) => delete form.dataset.dirty);
  });

  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-dirty]")) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  /* --- keys ------------------------------------------------------------------------------------------------------ */

  const isTyping = (element) =>
    element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector(".filter-search input, [data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      const button = event.target.form.querySelector("button:not([type=button]):not([disabled])");
      if (button) {
        event.preventDefault();
        button.click();
      }
    } else if (event.key === "Escape") {
      const open = document.querySelector("details.popup[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
  });

  /* --- menus that open: one at a time, closed by a press elsewhere ------------------------------------------------ */

  document.addEventListener("click", (event) => {
    for (const popup of all("details.popup[open]")) {
      const body = popup.querySelector(".popup-body");
      const inside = popup.contains(event.target) && (event.target !== popup || body.contains(event.target));
      if (!inside) popup.open = false;
    }
  });

  /* --- small helps, each by an attribute --------------------------------------------------------------------------- */

  const note = (text) => {
    const box = document.createElement("div");
    box.className = "toast-note";
    box.setAttribute("role", "status");
    document.body.append(box);
    box.textContent = text;
    setTimeout(() => box.remove(), 2500);
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // In-app browsers and plain HTTP have no clipboard of that kind.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };

  document.addEventListener("click", async (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest("[data-alert]").remove();

    const copier = event.target.closest("[data-copy]");
    if (copier) {
      const source = copier.dataset.copyFrom ? document.querySelector(copier.dataset.copyFrom) : null;
      const done = await copy(source ? source.value || source.textContent.trim() : copier.dataset.copy);
      if (done && copier.dataset.copied) note(copier.dataset.copied);
    }

    const filler = event.target.closest("[data-fill-login]");
    if (filler) {
      document.getElementById("id_login").value = filler.dataset.fillLogin;
      document.getElementById("id_password").value = filler.dataset.fillPassword;
      document.querySelector("[data-sign-in]").focus();
    }
  });

  const jump = (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    (document.getElementById(`div_${target.id}`) || target).scrollIntoView({ block: "center" });
    if (field) field.focus({ preventScroll: true });
  };
  document.addEventListener("click", jump);

  /* --- what changes while one looks at it (the bell): asked once a minute, never by a tab nobody sees --------------- */

  const MINUTE = 60000;
  let asked = Date.now();
  const look = () => {
    if (document.hidden || !window.htmx || Date.now() - asked < MINUTE) return;
    asked = Date.now();
    all("[data-live]").forEach((element) => window.htmx.trigger(element, "live"));
  };
  setInterval(look, MINUTE / 4);
  document.addEventListener("visibilitychange", look);

  /* --- when the page has come ---------------------------------------------------------------------------------------- */

  const ready = () => {
    all("[data-dismiss][hidden], [data-needs-js][hidden]").forEach((element) => element.removeAttribute("hidden"));

    const summary = document.querySelector("[data-error-summary]");
    if (summary) summary.focus();

    // On the phone the page's name moves into the top bar once its heading has scrolled away.
    const slot = document.querySelector("[data-topbar-title]");
    const heading = document.querySelector("main h1");
    if (slot && heading && "IntersectionObserver" in window) {
      slot.textContent = (heading.querySelector("[data-title]") || heading).textContent.trim();
      if (heading.closest("[data-user-content]")) slot.setAttribute("data-user-content", "");
      const bar = slot.closest(".topbar");
      new IntersectionObserver(
        ([entry]) => bar.classList.toggle("shows-title", !entry.isIntersecting),
        { rootMargin: "-60px 0px 0px 0px" },
      ).observe(heading);
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
