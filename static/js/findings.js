/* What the checks find, beside the text: asked anew a while after the last change, announced when
   its numbers change, and each finding leads to its place. Without this script the list that came
   with the form stands below the fields. */

const PAUSE = 1200; // milliseconds without typing before the server is asked

/* The server counts whole characters; a browser counts some, such as a smiley, as two. */
function inBrowser(text, position) {
  let passed = 0;
  for (const character of text) {
    if (position-- <= 0) break;
    passed += character.length;
  }
  return passed;
}

/* How far below the top of a text field a character stands, in pixels. */
function depthOf(field, position) {
  const copy = field.cloneNode();
  copy.removeAttribute("id");
  copy.removeAttribute("name");
  copy.value = field.value.slice(0, position);
  Object.assign(copy.style, { position: "absolute", width: `${field.offsetWidth}px`, height: 0, minHeight: 0 });
  field.after(copy);
  const depth = copy.scrollHeight;
  copy.remove();
  return depth;
}

/* Select some characters of a field, with their line in sight. */
function select(field, start, end) {
  field.setSelectionRange(inBrowser(field.value, start), inBrowser(field.value, end));
  if (field.tagName !== "TEXTAREA") return;
  const depth = depthOf(field, field.selectionStart);
  field.scrollTop = depth - field.clientHeight / 2;
  scrollBy({ top: field.getBoundingClientRect().top + depth - field.scrollTop - innerHeight / 2, behavior: "instant" });
}

function jump(form, { field: name, start, end }) {
  const named = form.elements[name];
  const field = named instanceof RadioNodeList ? named[0] : named;
  if (!field) return;
  for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  form.querySelector('[data-side="text"]').click();
  field.focus();
  if (Number(end) && typeof field.selectionStart === "number") select(field, Number(start), Number(end));
}

/* The place that the address names, for who comes from another page. */
function placeAsked() {
  const [, field, start, end] = /^(\w+)-(\d+)-(\d+)$/.exec(new URLSearchParams(location.search).get("plek")) ?? [];
  return field && { field, start, end };
}

for (const editor of document.querySelectorAll(".markdown-editor")) {
  const { form } = editor.querySelector("textarea");
  const panel = editor.querySelector(".markdown-findings");
  const place = panel.querySelector(".findings-place");
  const shown = panel.querySelector(".findings-count");
  const told = editor.querySelector(".findings-told"); // heard also where the panel is hidden
  const count = editor.querySelector(".markdown-count");
  const given = document.querySelector(".findings-given");
  if (!given) continue; // who may only look has no checks
  const { address } = given.dataset;
  let timer;
  let asked = 0;

  async function ask() {
    try {
      const response = await fetch(address, { method: "POST", body: new FormData(form) });
      return response.ok ? { html: await response.text() } : await response.json();
    } catch {
      return { error: editor.dataset.tooLate };
    }
  }

  /* Show a list; who stood on something that is still there stands on it again, and what was
     unfolded stays so. */
  function show(list) {
    const key = place.contains(document.activeElement) && document.activeElement.dataset.key;
    const open = [...place.querySelectorAll("details[open] > summary")].map((summary) => summary.dataset.key);
    place.replaceChildren(list);
    for (const summary of place.querySelectorAll("summary")) summary.parentElement.open = open.includes(summary.dataset.key);
    if (key) (place.querySelector(`[data-key="${key}"]`) ?? place.querySelector("a"))?.focus();
    const { numbers, total } = list.dataset;
    shown.textContent = numbers;
    if (told.textContent !== numbers) told.textContent = numbers;
    count.textContent = `(${total})`;
  }

  async function update() {
    const number = ++asked;
    const answer = await ask();
    if (number !== asked) return; // a later question is under way
    if (answer.html === undefined) {
      shown.textContent = told.textContent = answer.error;
      return;
    }
    show(new DOMParser().parseFromString(answer.html, "text/html").querySelector(".findings-list"));
  }

  panel.addEventListener("click", (event) => {
    const link = event.target.closest(".finding-jump");
    if (!link) return;
    event.preventDefault();
    jump(form, link.dataset);
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  });
  show(given.querySelector(".findings-list"));
  if (document.querySelector(".sitting[data-unsaved]")) update(); // the fields hold what was not saved
  given.remove();
  panel.hidden = false;
  addEventListener("load", () => placeAsked() && jump(form, placeAsked())); // when the page has its height
}
