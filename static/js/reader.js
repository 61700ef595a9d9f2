/* Two helps for whoever reads: a source shows beside its mark, and the address of a section is
   copied by its link. Without this script both are plain links. */
"use strict";

const words = document.currentScript.dataset;
const main = document.querySelector("main");
const DISTANCE = 8; // pixels between a box, what it belongs to, and the edge of the screen
const PAUSE = 250; // milliseconds that a mouse may take from a mark to its source
const SEEN = 4000; // milliseconds that a message stays

/* Lay a box below what it belongs to, or above it when only there is room; never over it. */
function layBeside(box, element) {
  const { left, top, bottom } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = bottom + DISTANCE;
  const above = top - DISTANCE - box.offsetHeight;
  const rightmost = clientWidth - DISTANCE - box.offsetWidth;
  const fits = below + box.offsetHeight <= clientHeight || above < 0;
  box.style.left = `${scrollX + Math.max(DISTANCE, Math.min(left, rightmost))}px`;
  box.style.top = `${scrollY + (fits ? below : above)}px`;
}

/* --- Sources -------------------------------------------------------------------------------- */

const preview = document.createElement("div");
preview.className = "source-preview";
preview.id = "bron-voorbeeld";
preview.hidden = true;
let shown = null; // the mark whose source shows
let timer;

function show(mark) {
  hide();
  const source = document.querySelector(mark.hash).cloneNode(true);
  for (const back of source.querySelectorAll(".back")) back.remove();
  const onward = document.createElement("a");
  onward.href = mark.hash;
  onward.textContent = words.toSource;
  const paragraph = document.createElement("p");
  paragraph.append(onward);
  preview.replaceChildren(...source.childNodes, paragraph);
  preview.hidden = false;
  layBeside(preview, mark);
  // The description of its mark and nothing more: a screen reader tells it once.
  mark.setAttribute("aria-describedby", preview.id);
  shown = mark;
}

function hide() {
  clearTimeout(timer);
  preview.hidden = true;
  shown?.removeAttribute("aria-describedby");
  shown = null;
}

function hideWhenLeft(event) {
  if (event.pointerType === "touch") return; // a finger always leaves; a tap elsewhere hides
  clearTimeout(timer);
  timer = setTimeout(() => {
    const used = preview.matches(":hover, :focus-within");
    if (!used && !shown?.matches(":hover, :focus-visible")) hide();
  }, PAUSE);
}

function previewSource(mark) {
  let finger = false;
  mark.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch" || shown === mark) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE, mark);
  });
  mark.addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
  });
  mark.addEventListener("click", (event) => {
    const first = finger && shown !== mark;
    finger = false;
    if (first) {
      event.preventDefault();
      show(mark);
    } else {
      hide();
    }
  });
  mark.addEventListener("focus", () => {
    if (mark.matches(":focus-visible")) show(mark);
  });
  mark.addEventListener("pointerleave", hideWhenLeft);
  mark.addEventListener("blur", hideWhenLeft);
}

function previewSources(marks) {
  main.append(preview);
  marks.forEach(previewSource);
  preview.addEventListener("pointerleave", hideWhenLeft);
  preview.addEventListener("focusout", hideWhenLeft);
  preview.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!preview.contains(event.target) && !shown?.contains(event.target)) hide();
  });
  addEventListener("resize", () => {
    if (shown) layBeside(preview, shown);
  });
}

/* --- Sections ------------------------------------------------------------------------------- */

function copyAddresses(links) {
  const page = document.querySelector("link[rel=canonical]").href;
  const message = document.createElement("p");
  message.className = "copied";
  message.setAttribute("role", "status");
  main.append(message);
  let fading;
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // to another tab or window
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(page + link.hash);
      } catch {
        location.hash = link.hash; // no clipboard: then it is a plain link after all
        return;
      }
      history.replaceState(null, "", link.hash);
      message.textContent = words.copied;
      layBeside(message, link);
      clearTimeout(fading);
      fading = setTimeout(() => message.replaceChildren(), SEEN);
    });
  }
}

previewSources(document.querySelectorAll(".citation a"));
copyAddresses(document.querySelectorAll(".section-link"));
