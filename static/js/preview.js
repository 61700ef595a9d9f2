/* The page as readers will see it, beside the Markdown field: made anew when any field of the form
   changes. Without this script the button “Preview” shows it in a tab of its own. */

const PAUSE = 400; // milliseconds without typing before the server is asked
const WIDE = matchMedia("(width >= 75rem)"); // as in editor.css
const DESKTOP = 1100; // pixels: from 64rem on a page has its contents at the right
const OURS = "a, area, summary, [tabindex]"; // what takes the focus in the page itself

/* Put a page in the frame; where one is there already, only its text changes, and it stays where
   the editor had scrolled to. */
function show(frame, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  // The keyboard passes the preview by in one step, and nobody can leave the form through it.
  for (const element of page.querySelectorAll(OURS)) element.tabIndex = -1;
  const shown = frame.contentDocument;
  if (shown.querySelector("main")) {
    const { scrollLeft, scrollTop } = shown.documentElement;
    shown.body.replaceWith(page.body);
    shown.documentElement.scrollTo({ left: scrollLeft, top: scrollTop, behavior: "instant" });
  } else {
    frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  }
}

/* A link within the page goes there; any other would leave the form. */
function follow(event) {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href") ?? "";
  if (href.startsWith("#")) event.view.document.getElementById(href.slice(1))?.scrollIntoView();
}

function press(chosen) {
  for (const button of chosen.parentElement.children) button.setAttribute("aria-pressed", String(button === chosen));
}

/* What stands beside the text where there is room, and else in its place: the preview, or what the
   checks found. */
function showSides(editor, sides) {
  let beside = "preview";
  let reading = false;
  function show() {
    editor.classList.toggle("is-reading", reading);
    editor.classList.toggle("shows-findings", beside === "findings");
    for (const button of sides.children) {
      const { side } = button.dataset;
      const pressed = side === "text" ? !reading : side === beside && (reading || WIDE.matches);
      button.setAttribute("aria-pressed", String(pressed));
    }
  }
  sides.addEventListener("click", (event) => {
    const side = event.target.closest("button")?.dataset.side;
    if (!side) return;
    reading = side !== "text";
    if (reading) beside = side;
    show();
  });
  WIDE.addEventListener("change", show);
  show();
}

for (const editor of document.querySelectorAll(".markdown-editor")) {
  const { form } = editor.querySelector("textarea");
  const preview = editor.querySelector(".markdown-preview");
  const frame = editor.querySelector("iframe");
  const place = editor.querySelector(".markdown-frame");
  const problem = editor.querySelector(".markdown-problem");
  const sides = editor.querySelector(".markdown-sides");
  const address = form.elements._preview.formAction;
  let timer;
  let asked = 0;

  /* The page, or else what is the matter. */
  async function ask() {
    try {
      const response = await fetch(address, { method: "POST", body: new FormData(form) });
      return response.ok ? { html: await response.text() } : await response.json();
    } catch {
      return { error: editor.dataset.tooLate };
    }
  }

  async function update() {
    const number = ++asked;
    const answer = await ask();
    if (number !== asked) return; // a later question is under way
    // Said once, and not again with every letter.
    if (problem.textContent !== (answer.error ?? "")) problem.textContent = answer.error ?? "";
    if (answer.html !== undefined) show(frame, answer.html);
  }

  function updateSoon() {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  }

  /* A wide page is shown smaller where there is no room for it. */
  function fit() {
    const scale = editor.classList.contains("shows-desktop") ? Math.min(1, place.clientWidth / DESKTOP) : 1;
    frame.style.width = scale < 1 ? `${DESKTOP}px` : "";
    frame.style.height = scale < 1 ? `${place.clientHeight / scale}px` : "";
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  }

  editor.querySelector(".markdown-widths").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    press(button);
    editor.classList.toggle("shows-desktop", button.dataset.width === "desktop");
    fit();
  });
  frame.addEventListener("load", () => frame.contentDocument.addEventListener("click", follow));
  form.addEventListener("input", updateSoon);
  new ResizeObserver(fit).observe(place);
  preview.hidden = false;
  sides.hidden = false;
  showSides(editor, sides);
  editor.classList.add("has-preview");
  update();
}
