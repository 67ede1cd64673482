/* Photos and files go one after the other, made smaller where the browser can, each with its progress. Without this
   script the form sends them all at once. */
(() => {
  "use strict";

  const form = document.querySelector("[data-evidence]");
  if (!form || !window.FormData || !window.XMLHttpRequest) return;

  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-evidence-list]");
  const words = form.dataset;
  const MEGABYTE = 1024 * 1024, MAX_PICTURE = 10 * MEGABYTE, MAX_SIDE = 2560, WORTH_IT = 1.5 * MEGABYTE;

  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || !window.createImageBitmap) return file;
    if (file.size < WORTH_IT && !/hei[cf]$/.test(file.type)) return file;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.88); });
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], `${file.name.replace(/\.[^.]+$/, "")}.jpg`, { type: "image/jpeg" });
    } catch {
      return file; // the server says what is wrong with it
    }
  };

  const send = (file, show) =>
    new Promise((resolve) => {
      const data = new FormData(form);
      data.delete(input.name);
      data.append(input.name, file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", form.action || window.location.href);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) show(event.loaded / event.total);
      });
      request.addEventListener("load", () => {
        try {
          resolve(JSON.parse(request.responseText));
        } catch {
          resolve(null);
        }
      });
      request.addEventListener("error", () => resolve(null));
      request.send(data);
    });

  const line = (name) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    text.setAttribute("data-user-content", "");
    text.textContent = `${name} ${words.textSending}`;
    item.append(text, bar);
    list.append(item);
    return {
      show: (share) => { bar.value = share; },
      end: (sentence, isRefused) => {
        text.textContent = sentence;
        bar.remove();
        item.classList.toggle("is-refused", isRefused);
      },
    };
  };

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (!files.length) return; // the server asks for one
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    list.hidden = false;
    list.textContent = "";
    let next = "", isClean = true;
    for (const file of files) {
      const row = line(file.name);
      const made = await smaller(file);
      if (made.type.startsWith("image/") && made.size > MAX_PICTURE) {
        row.end(`${file.name} ${words.textBig}`, true);
        isClean = false;
        continue;
      }
      const answer = await send(made, row.show);
      if (answer && answer.added) {
        next = answer.next;
        row.end([`${file.name} ${words.textDone}`, ...answer.remarks].join(" "), false);
        if (answer.remarks.length) isClean = false;
      } else {
        row.end(answer && answer.refused ? answer.refused.join(" ") : `${file.name} ${words.textFailed}`, true);
        isClean = false;
      }
    }
    delete form.dataset.dirty;
    button.disabled = false;
    input.value = "";
    if (isClean && next) window.location.assign(next);
  });
})();
