/* The toolbar and the keys of the Markdown field. Without this script it is a plain textarea.
   Every change is typed in, as it were, so that Ctrl+Z takes it back. */

const URL_ALONE = /^(?:https?:\/\/|mailto:)\S+$/;
const LINK = /^\[((?:\\.|[^\]\\])*)\]\([^)]*\)$/;
const WHOLE = /\\.|!\[[^\]]*\]\([^)]*\)/g; // a sign that stands for itself, a picture
// Behind a line end: a heading, quote, item, row or fence, or a line that is empty or a rule.
const NEW_BLOCK = /\n(?:[ \t]*(?:#{1,6}\s|>|[-*+] |\d+[.)] |\||```|~~~)|[-=*_|: \t]*(?:\n|$))/;
const ITEM = /^([ \t]*)(?:[-*+]|(\d+)([.)]))[ \t]+/;
const ASIDE = "> **Wist je dat?** ";

/* Put a text in the place of a part of the field, and select a part of what is there then. */
function replace(field, start, end, text, from = start + text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  const typed = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!typed) {
    field.setRangeText(text, start, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

/* The part that is selected, without the spaces around a word that a double click takes along. */
function selection({ value, selectionStart, selectionEnd }) {
  const text = value.slice(selectionStart, selectionEnd);
  const start = selectionStart + text.length - text.trimStart().length;
  return text.trim() ? { start, end: start + text.trim().length, text: text.trim() }
    : { start: selectionStart, end: selectionEnd, text };
}

/* --- Words ---------------------------------------------------------------------------------- */

function starsBefore(text) {
  return text.length - text.replace(/\*+$/, "").length;
}

function starsAfter(text) {
  return text.length - text.replace(/^\*+/, "").length;
}

/* Two stars are bold, one is italic, three are both. */
function emphasise(field, stars) {
  let { start, end, text } = selection(field);
  const inside = Math.min(starsBefore(text), starsAfter(text));
  if (inside && text.length > 2 * inside) {
    [start, end, text] = [start + inside, end - inside, text.slice(inside, -inside)];
  }
  const { value } = field;
  const around = Math.min(starsBefore(value.slice(0, start)), starsAfter(value.slice(end)), 3);
  const marks = around & stars ? around - stars : around + stars;
  const typed = "*".repeat(marks) + text + "*".repeat(marks);
  const from = start - around + marks;
  replace(field, start - around, end + around, typed, from, from + text.length);
}

function linkTo(field, url) {
  const { start, end, text } = selection(field);
  // Round brackets would end the address.
  const address = url.replaceAll("(", "%28").replaceAll(")", "%29");
  replace(field, start, end, `[${text}](${address})`);
}

/* Whether a link can go around this text: words of one block, without links, sources or half of
   a mark. */
function canBeLinked(text) {
  const rest = text.replace(WHOLE, "");
  const broken = NEW_BLOCK.test(`\n${text}`) || rest.endsWith("\\") || /\][([]|\[\^/.test(rest);
  const halfBold = rest.split("**").length % 2 === 0;
  return !broken && !halfBold && !/[[\]]/.test(rest.replace(/\[[^[\]]*\]/g, ""));
}

function link(field) {
  const { start, end, text } = selection(field);
  const whole = LINK.exec(text);
  if (whole) replace(field, start, end, whole[1], start, start + whole[1].length);
  else if (URL_ALONE.test(text)) replace(field, start, end, `[](${text})`, start + 1);
  else if (canBeLinked(text)) replace(field, start, end, `[${text}](https://)`, start + text.length + 3, start + text.length + 11);
  else replace(field, end, end, "[](https://)", end + 1);
}

/* A link to own content: picker.js lets the editor choose, and types what was chosen. */
function own(field) {
  const { start, end, text } = selection(field);
  const linked = URL_ALONE.test(text) ? "" : LINK.exec(text)?.[1];
  const words = linked ?? (canBeLinked(text) ? text : null);
  // What cannot become the words stays, and the title of what is chosen comes behind it.
  const type = (link) => replace(field, words === null ? end : start, end, link);
  const detail = { field, words: words ?? "", type };
  field.dispatchEvent(new CustomEvent("leestafel:own", { bubbles: true, detail }));
}

/* --- Lines ---------------------------------------------------------------------------------- */

/* Change the selected lines, and select what they became. */
function changeLines(field, change) {
  const { value, selectionStart, selectionEnd } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const text = change(lines).join("\n");
  if (lines.length > 1) replace(field, start, end, text, start, start + text.length);
  else replace(field, start, end, text, Math.max(start, selectionEnd + text.length - (end - start)));
}

/* Put something before each line, or take it away where all have it. */
function mark(lines, has, before) {
  if (lines.every((line) => has.test(line))) return lines.map((line) => line.replace(has, ""));
  return lines.map((line, index) => before(index + 1) + line);
}

/* Make items of the selected lines, of another kind of list where they were items; lines without
   words stay empty. */
function list(field, has, before) {
  changeLines(field, (lines) => {
    const full = lines.length === 1 ? lines : lines.filter((line) => line.trim());
    const items = full.every((line) => has.test(line)) ? full : full.map((line) => line.replace(ITEM, ""));
    const marked = mark(items, has, before);
    return lines.map((line) => (full.includes(line) ? marked.shift() : line));
  });
}

function heading(field) {
  const levels = { "": "## ", "## ": "### ", "### ": "" };
  changeLines(field, (lines) => lines.map((line) => {
    const there = /^#{1,6} +/.exec(line)?.[0] ?? "";
    return (levels[there] ?? "## ") + line.slice(there.length);
  }));
}

/* A paragraph of its own, with an empty line on both sides. */
function aside(field) {
  const { value } = field;
  const { start, end, text } = selection(field);
  const before = value.slice(0, start).trimEnd();
  const after = value.slice(end).trimStart();
  const typed = `${before && "\n\n"}${ASIDE}${text.replaceAll("\n", "\n> ")}`;
  const gap = after ? "\n\n" : "\n";
  replace(field, before.length, value.length - after.length, typed + gap, before.length + typed.length);
}

/* A mark where the text is, and below the text a line for the source, where typing goes on. */
function source(field) {
  const { value, selectionEnd: at } = field;
  const numbers = [...value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const name = `[^${Math.max(0, ...numbers) + 1}]`;
  const last = value.trimEnd().split("\n").at(-1);
  const gap = /^\[\^[^\]]+\]:/.test(last) ? "\n" : "\n\n";
  const end = value.trimEnd().length;
  replace(field, Math.max(end, at), value.length, `${gap}${name}: `);
  replace(field, at, at, name);
  field.setSelectionRange(field.value.length, field.value.length);
}

const COMMANDS = {
  bold: (field) => emphasise(field, 2),
  italic: (field) => emphasise(field, 1),
  heading,
  link,
  own,
  list: (field) => list(field, /^[ \t]*[-*+] +/, () => "- "),
  numbers: (field) => list(field, /^[ \t]*\d+[.)] +/, (number) => `${number}. `),
  quote: (field) => changeLines(field, (lines) => mark(lines, /^> ?/, () => "> ")),
  aside,
  source,
};

/* --- Keys ----------------------------------------------------------------------------------- */

/* Enter in a list begins the next item; in an item without words it ends the list. */
function continueList(event) {
  const field = event.target;
  const { value, selectionStart: at, selectionEnd } = field;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const item = ITEM.exec(value.slice(start).split("\n", 1)[0]);
  if (!item || at !== selectionEnd || at < start + item[0].length) return;
  event.preventDefault();
  const [before, , number, sign] = item;
  if (value.slice(start + before.length).split("\n", 1)[0].trim()) {
    replace(field, at, at, `\n${number ? before.replace(number + sign, Number(number) + 1 + sign) : before}`);
  } else {
    replace(field, start, at, "");
  }
}

const KEYS = { b: "bold", i: "italic", k: "link", "shift+k": "own" };

/* The letter that is pressed together with Ctrl, or with Cmd on a Mac, and with no other key but Shift. */
function letterWithCtrl({ ctrlKey, metaKey, altKey, shiftKey, key }) {
  return (ctrlKey || metaKey) && !altKey ? `${shiftKey ? "shift+" : ""}${key.toLowerCase()}` : undefined;
}

function pressed(event) {
  const command = KEYS[letterWithCtrl(event)];
  if (command) {
    event.preventDefault();
    COMMANDS[command](event.target);
  }
  const alone = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing);
  if (event.key === "Enter" && alone) continueList(event);
}

/* An address pasted over words makes them a link. */
function pasted(event) {
  const url = event.clipboardData.getData("text/plain").trim();
  const { text } = selection(event.target);
  if (!URL_ALONE.test(url) || !canBeLinked(text) || URL_ALONE.test(text)) return;
  event.preventDefault();
  linkTo(event.target, url);
}

/* --- Saving ---------------------------------------------------------------------------------- */

const PLACE = "leestafel:place"; // where the editor was at work when they saved

function topOf(field) {
  return field.getBoundingClientRect().top;
}

function keepPlace(field) {
  if (document.activeElement !== field) return;
  const { selectionStart: start, selectionEnd: end, scrollTop } = field;
  sessionStorage.setItem(PLACE, JSON.stringify({ start, end, scrollTop, top: topOf(field) }));
}

/* Who saved with the keys goes on where they were, and is told there that it was saved. */
function goOn(editor, field) {
  const place = JSON.parse(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  const message = document.querySelector(".messagelist .success");
  if (!place || !message) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(place.start, place.end);
  field.scrollTop = place.scrollTop;
  scrollBy({ top: topOf(field) - place.top, behavior: "instant" });
  const told = editor.querySelector(".markdown-saved");
  told.textContent = message.textContent;
  field.addEventListener("input", () => told.textContent = "", { once: true });
}

for (const editor of document.querySelectorAll(".markdown-editor")) {
  const field = editor.querySelector("textarea");
  const toolbar = editor.querySelector(".markdown-toolbar");
  toolbar.addEventListener("click", (event) => {
    COMMANDS[event.target.closest("button")?.dataset.command]?.(field);
  });
  toolbar.hidden = false;
  field.addEventListener("keydown", pressed);
  field.addEventListener("paste", pasted);
  field.form.addEventListener("submit", () => keepPlace(field));
  addEventListener("load", () => goOn(editor, field)); // when the page has its height
  document.addEventListener("keydown", (event) => {
    if (letterWithCtrl(event) !== "s") return;
    event.preventDefault();
    field.form.requestSubmit(field.form.elements._save);
  });
}
