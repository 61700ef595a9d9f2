/* The queue without page loads: keys, decisions, undoing. Without this script its forms work as they stand. */
"use strict";

// Milliseconds after a decision in which a second press decides nothing: the next card was not read.
const PAUSE = 400;
const KEYS = { a: "approve", r: "reject", s: "spam" };

const queue = document.querySelector(".queue");
const list = queue.querySelector(".queue-cards");
const several = queue.querySelector("#several");
const tickAll = queue.querySelector(".queue-tick-all");
const help = queue.querySelector(".queue-keys");
const bar = queue.querySelector(".queue-bar");
const undoButton = bar.querySelector("button");
// A screen that is touched has none.
const hasKeys = !matchMedia("(hover: none)").matches;

// What can be undone, the last decision last: the numbers of decisions, and the cards that they took.
const made = [];
// The card from which the list of keys was opened.
let asking = null;
let busy = false;
let quietUntil = 0;

const cards = () => [...list.querySelectorAll(".queue-card")];
const cardOf = (pk) => list.querySelector(`[data-comment="${pk}"]`);

function say(text) {
  bar.querySelector("[role=status]").textContent = text;
  undoButton.hidden = made.length === 0;
}

function show(element) {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView();
}

/* Every answer is JSON, also a refusal; anything else counts as no answer. */
async function send(form, fields) {
  const body = new FormData(form);
  for (const [name, value] of fields) body.append(name, value);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    return { status: response.status, ...(await response.json()) };
  } catch {
    return { error: queue.dataset.failed };
  }
}

/* The cards of this page of the queue as they are now. */
async function fill() {
  const address = new URL(location.href);
  for (const told of ["besluit", "voor"]) address.searchParams.delete(told);
  try {
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...page.querySelector(".queue-cards").children);
    queue.querySelector(".queue-pages")?.remove();
    list.after(...page.querySelectorAll(".queue-pages"));
    several.hidden = cards().length === 0;
  } catch {
    say(queue.dataset.failed);
  }
}

/* A card where it belongs: what waits longest comes first. */
function place(card) {
  const { since, comment } = card.dataset;
  const distance = ({ dataset }) => dataset.since - since || dataset.comment - comment;
  cardOf(comment)?.remove();
  list.querySelector(".queue-empty")?.remove();
  const later = cards().find((other) => distance(other) > 0);
  if (later) later.before(card);
  else list.append(card);
}

/* Put a card that changed meanwhile in the place of the one that was shown. */
function replace(pk, html) {
  const template = document.createElement("template");
  template.innerHTML = html; // made by the server, like the page itself
  cardOf(pk)?.replaceWith(template.content);
}

function complain(card, problem) {
  const box = card?.querySelector(".card-problem");
  if (box) {
    const text = document.createElement("p");
    text.className = "errornote";
    text.textContent = problem;
    box.replaceChildren(text);
  }
  say(problem);
  show(card);
}

async function decide(form, button) {
  if (busy || performance.now() < quietUntil) return;
  busy = true;
  const answer = await send(form, [[button.name, button.value]]);
  for (const [pk, html] of Object.entries(answer.cards ?? {})) replace(pk, html);
  if (answer.error) {
    const pk = form.closest(".queue-card")?.dataset.comment;
    complain(pk && cardOf(pk), answer.error);
  } else {
    await settle(answer);
  }
  busy = false;
}

/* Take away what was decided, and go on with the card after it. */
async function settle(answer) {
  const gone = answer.decided.map(cardOf).filter(Boolean);
  const changed = Object.keys(answer.cards).map(cardOf).find(Boolean);
  const all = cards();
  const left = all.filter((card) => !gone.includes(card));
  const last = all.indexOf(gone.at(-1));
  const next = changed ?? all.slice(last + 1).find((card) => left.includes(card)) ?? left.at(-1);
  if (answer.decisions.length) made.push({ decisions: answer.decisions, cards: gone });
  for (const card of gone) card.remove();
  list.querySelector(".queue-notice")?.remove();
  queue.querySelector(".queue-count").textContent = answer.waiting;
  tickAll.querySelector("input").checked = false;
  if (!next) await fill();
  quietUntil = performance.now() + PAUSE;
  const problem = changed?.querySelector(".card-problem").textContent.trim();
  const undoable = answer.decisions.length && hasKeys && queue.dataset.undo;
  say([answer.message, undoable, problem].filter(Boolean).join(" "));
  show(next ?? cards()[0] ?? list.querySelector(".queue-empty"));
}

async function undo() {
  if (busy) return;
  const last = made.at(-1);
  if (!last) {
    say(queue.dataset.nothing);
    return;
  }
  busy = true;
  const answer = await send(
    bar.querySelector("form"),
    last.decisions.map((pk) => ["decision", pk]),
  );
  // After a conflict it will never be possible again; after anything else it may be.
  if (!answer.error || answer.status === 409) made.pop();
  if (answer.error) {
    say(answer.error);
  } else {
    const isBack = ({ dataset }) => answer.back.includes(Number(dataset.comment));
    if (last.cards.length) last.cards.filter(isBack).forEach(place);
    else await fill();
    several.hidden = cards().length === 0;
    queue.querySelector(".queue-count").textContent = answer.waiting;
    list.querySelector(".queue-notice")?.remove();
    quietUntil = 0;
    say(answer.message);
    show(cardOf(answer.back[0]));
  }
  busy = false;
}

function onKey(event) {
  const { key, target, repeat } = event;
  const typing = target.matches("textarea, select, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.shiftKey && key !== "?") return;
  // Only while something of the list has the focus, so that dictated words decide nothing.
  const card = target.closest(".queue-card");
  if (!card && !target.closest(".queue-cards, .queue-bar, .queue-keys")) return;
  const pressed = key.toLowerCase();
  if (pressed === "j" || pressed === "k") {
    const all = cards();
    show(all[all.indexOf(card) + (pressed === "j" ? 1 : -1)]);
  } else if (KEYS[pressed] && card && !repeat) {
    const button = card.querySelector(`.queue-buttons [value=${KEYS[pressed]}]`);
    if (button) decide(button.form, button);
  } else if (pressed === "u" && !repeat) {
    undo();
  } else if (key === "?") {
    help.open = !help.open;
    if (help.open) asking = card;
    show(help.open ? help.querySelector("summary") : card ?? asking ?? cards()[0]);
  } else {
    return;
  }
  event.preventDefault();
}

list.addEventListener("submit", (event) => {
  if (!event.target.matches(".queue-form")) return;
  event.preventDefault();
  decide(event.target, event.submitter);
});
several.addEventListener("submit", (event) => {
  event.preventDefault();
  decide(several, event.submitter);
});
bar.addEventListener("submit", (event) => {
  event.preventDefault();
  undo();
});
tickAll.addEventListener("change", (event) => {
  for (const tick of list.querySelectorAll(".queue-tick")) tick.checked = event.target.checked;
});
queue.addEventListener("keydown", onKey);

// What was decided on the page before can be undone by the same key.
const told = [...list.querySelectorAll(".queue-notice [name=decision]")];
if (told.length) made.push({ decisions: told.map((field) => field.value), cards: [] });
queue.classList.add("has-keys");
for (const hidden of [help, bar, tickAll]) hidden.hidden = false;
if (!location.hash && !queue.querySelector("[autofocus]")) cards()[0]?.focus({ preventScroll: true });
