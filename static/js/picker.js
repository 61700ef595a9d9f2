/* Finds a post, page or author of the site to link to. Its name is typed by the script of the field,
   so that Ctrl+Z takes it back. The dialog stands outside the form: a search is no change of it. */

const PAUSE = 200; // milliseconds without typing before the server is asked
const MARKS = /[\\`*_~^<&[\]]/g; // what Markdown would not take for a letter

const picker = document.querySelector(".own-content");

function startPicker() {
  const input = picker.querySelector("input");
  const list = picker.querySelector("[role=listbox]");
  const told = picker.querySelector("[role=status]");
  let wanted; // the field, the words that become the link, and how to type it there
  let timer;
  let asked = 0;

  const active = () => list.querySelector("[aria-selected=true]");

  function activate(option) {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /* From one result to the next or the one before, and round. */
  function move(step) {
    const options = [...list.children];
    const from = Math.max(options.indexOf(active()), Math.min(-step, 0));
    activate(options.at((from + step) % options.length));
  }

  function option({ target, title, kind, standing }, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.dataset.target = target;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const [name, text] of Object.entries({ title, kind, standing })) {
      const part = document.createElement("span");
      part.className = `own-content-${name}`;
      part.textContent = text;
      if (text) item.append(part, " ");
    }
    return item;
  }

  function show({ error, summary = error, results = [] }) {
    activate(null);
    list.replaceChildren(...results.map(option));
    list.scrollTop = 0;
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = summary;
  }

  /* What was found, or else what is the matter. */
  async function ask() {
    const body = new FormData();
    body.set("query", input.value);
    body.set("csrfmiddlewaretoken", wanted.field.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(picker.dataset.address, { method: "POST", body });
      return await response.json();
    } catch {
      return { error: picker.dataset.tooLate };
    }
  }

  async function update() {
    const number = ++asked;
    const answer = await ask();
    if (number === asked) show(answer); // else a later question is under way
  }

  /* What other words found is no answer to these, nor is what is still on its way. */
  function updateSoon() {
    asked++;
    show({ summary: "" }); // the same number is news once more
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  }

  function choose(chosen) {
    if (!chosen) return;
    const title = chosen.querySelector(".own-content-title").textContent.replace(MARKS, "\\$&");
    picker.close();
    wanted.type(`[${wanted.words || title}](${chosen.dataset.target})`);
  }

  function pressed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Enter" && active()) choose(active());
    else if (!list.hidden) move(step ?? 1);
  }

  /* Opens with what the selected words find, or else with the newest. */
  function open({ detail }) {
    wanted = detail;
    const { words } = wanted;
    input.value = words.length <= input.maxLength && !words.includes("\n") ? words : "";
    show({ summary: "" });
    picker.showModal();
    input.select();
    clearTimeout(timer);
    update();
  }

  document.addEventListener("leestafel:own", open);
  input.addEventListener("input", updateSoon);
  input.addEventListener("keydown", pressed);
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
  picker.querySelector("button").addEventListener("click", () => picker.close());
  picker.addEventListener("close", () => wanted.field.focus());
}

if (picker) startPicker();
