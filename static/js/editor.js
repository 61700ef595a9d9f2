/* The live preview beside the Markdown field. Without this script the field is a plain textarea. */
"use strict";

const PAUSE = 400; // milliseconds without typing before the server is asked

/* A place inside an element that has the site's styles and none of the admin's. */
function shielded(element, stylesheets) {
  const root = element.attachShadow({ mode: "open" });
  for (const address of stylesheets.split(" ")) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    root.append(link);
  }
  const place = document.createElement("div");
  // To follow a link would be to leave the form.
  place.addEventListener("click", (event) => event.preventDefault());
  root.append(place);
  return place;
}

for (const editor of document.querySelectorAll(".markdown-editor")) {
  const field = editor.querySelector("textarea");
  const preview = editor.querySelector(".markdown-preview");
  const problem = editor.querySelector(".markdown-problem");
  const text = shielded(editor.querySelector(".markdown-preview-text"), editor.dataset.styles);
  let timer;
  let asked = 0;

  /* Every answer is the JSON of our own endpoints; anything else counts as no answer. */
  async function ask(address, body) {
    body.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      return await response.json();
    } catch {
      return { error: editor.dataset.tooLate };
    }
  }

  async function show() {
    const number = ++asked;
    const body = new FormData();
    body.append("content", field.value);
    const answer = await ask(field.dataset.markdownxUrlsPath, body);
    if (number !== asked) return; // a later question is under way
    problem.textContent = answer.error ?? "";
    if (answer.html !== undefined) text.innerHTML = answer.html; // sanitised by the server
  }

  async function refuse(event) {
    const data = event.clipboardData ?? event.dataTransfer;
    // A spreadsheet puts a picture of its cells beside their text: then the text is what is meant.
    if (!data.files.length || data.types.includes("text/plain")) return;
    event.preventDefault();
    const body = new FormData();
    body.append("image", data.files[0]);
    const answer = await ask(field.dataset.markdownxUploadUrlsPath, body);
    problem.textContent = answer.error;
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  field.addEventListener("paste", refuse);
  field.addEventListener("drop", refuse);
  preview.hidden = false;
  editor.classList.add("has-preview");
  show();
}
