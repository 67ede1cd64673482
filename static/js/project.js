/* Finding organizations among many, in the forms of projects: what is found joins the choices of the field beside the
   search. Without this script the form itself answers the search when it is handed in. */
(() => {
  "use strict";

  const root = document.querySelector("[data-organization-search]");
  if (!root) return;
  const form = root.querySelector("form");
  const PAUSE = 300;

  const find = async (text) => {
    const response = await fetch(`${root.dataset.organizationSearch}?q=${encodeURIComponent(text)}`);
    return (await response.json()).results;
  };

  const whenTyped = (search, show) => {
    let timer = 0;
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const wanted = search.value.trim();
        if (!wanted) return;
        try {
          show(await find(wanted));
        } catch { /* the form itself searches when it is handed in */ }
      }, PAUSE);
    });
    // What was chosen is what counts; the words that led there are not sent along.
    form.addEventListener("submit", () => {
      const name = search.name.replace("_search", "");
      const chosen = form.querySelector(`select[name="${name}"]`);
      if (chosen ? chosen.value : form.querySelector(`input[name="${name}"]:checked`)) search.value = "";
    });
  };

  const one = form.elements.namedItem("organization_search");
  if (one) {
    const select = form.elements.namedItem("organization");
    whenTyped(one, (found) => {
      const chosen = select.value;
      select.length = 1;
      for (const item of found) select.add(new Option(item.label, item.uuid));
      if (found.length === 1) select.selectedIndex = 1;
      else if (found.some((item) => item.uuid === chosen)) select.value = chosen;
    });
  }

  const many = form.elements.namedItem("partners_search");
  if (many) {
    const holder = document.getElementById("div_id_partners");
    whenTyped(many, (found) => {
      for (const box of [...holder.querySelectorAll('input[name="partners"]')]) {
        if (!box.checked) box.closest(".form-check").remove();
      }
      const kept = new Set([...holder.querySelectorAll('input[name="partners"]')].map((box) => box.value));
      const list = holder.querySelector("[data-found]") || holder.lastElementChild || holder;
      for (const item of found) {
        if (kept.has(item.uuid)) continue;
        const line = document.createElement("div");
        line.className = "form-check";
        const box = document.createElement("input");
        box.type = "checkbox";
        box.className = "form-check-input";
        box.name = "partners";
        box.value = item.uuid;
        box.id = `partner-${item.uuid}`;
        const label = document.createElement("label");
        label.className = "form-check-label";
        label.htmlFor = box.id;
        label.textContent = item.label;
        label.dataset.userContent = "";
        line.append(box, label);
        list.append(line);
      }
    });
  }
})();
