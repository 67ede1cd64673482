/* The roll: how many are there, and a name found in a long list. Without it the form works all the same. */
(() => {
  "use strict";

  const form = document.querySelector("[data-roll]");
  if (!form) return;

  const shown = form.querySelector("[data-roll-present]");
  const count = () => {
    if (shown) shown.textContent = form.querySelectorAll('input[value="present"]:checked').length;
  };
  form.addEventListener("change", count);
  count();

  const find = document.getElementById("roll-find");
  if (!find) return;
  const lines = [...form.querySelectorAll("[data-roll-line]")];
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.querySelector("legend").textContent.toLowerCase().includes(wanted);
  });
  // Enter in the search is no wish to save.
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
})();
