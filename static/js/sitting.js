/* Keeps what is typed in a form: on the server as a recovery copy, and on this device when that cannot be reached. */

const PAUSE = 3000; // milliseconds without typing before it is sent
const BEAT = 20_000; // milliseconds after which an open form tells that it is still there

const sitting = document.querySelector(".sitting");

function startSitting() {
  const form = sitting.closest("form");
  const { account, post } = sitting.dataset;
  const key = form.elements.sitting.value;
  const shelf = `leestafel:${account}:`; // another account on this device has its own
  const say = (part, text) => {
    const place = sitting.querySelector(`.sitting-${part}`);
    if (place.textContent !== text) place.textContent = text;
  };

  let edits = "unsaved" in sitting.dataset ? 1 : 0;
  let sent = 0; // how many of these edits the server has
  let follows = sitting.dataset.kept; // which copy the server has
  let submitted = false;
  let underWay = null;
  let timer;

  // A browser that goes back would make a second post of what was saved as the first.
  if (!post) form.autocomplete = "off";

  const isUnsent = () => edits > sent;

  function isChanged() {
    return "unsaved" in sitting.dataset || [...form.elements].some((field) => {
      if (field.type === "hidden") return false;
      if (field.options) return [...field.options].some((o) => o.selected !== o.defaultSelected);
      if (/checkbox|radio/.test(field.type)) return field.checked !== field.defaultChecked;
      return field.defaultValue !== undefined && field.value !== field.defaultValue;
    });
  }

  function message(doing, fields) {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    for (const [name, value] of Object.entries({ doing, post })) {
      if (!body.has(name)) body.append(name, value);
    }
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return body;
  }

  const whole = () => [...new FormData(form)];
  const onlyWho = () => whole().filter(([name]) => ["sitting", "base", "new_uid"].includes(name));

  /* Every answer is JSON, also a refusal; anything else counts as no answer. */
  async function tell(doing, fields, { address = sitting.dataset.address, again = true } = {}) {
    let answer;
    try {
      const body = message(doing, fields);
      const response = await fetch(address, { method: "POST", body, signal: underWay?.signal });
      answer = await response.json();
      if (response.ok) return answer;
      if (response.status !== 403) return { trouble: answer.error };
    } catch {
      return { trouble: sitting.dataset.offline };
    }
    if (!answer.token || !again) return { trouble: sitting.dataset.loggedOut };
    form.elements.csrfmiddlewaretoken.value = answer.token;
    return tell(doing, fields, { address, again: false });
  }

  function keepHere() {
    const fields = whole().filter(([name]) => name !== "csrfmiddlewaretoken");
    const at = new Date().toISOString();
    const told = { post, at, follows, spare: crypto.randomUUID() };
    const copy = { address: sitting.dataset.address, fields: [...Object.entries(told), ...fields] };
    try {
      localStorage.setItem(shelf + key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }

  async function report() {
    if (submitted) return;
    if (underWay) { // an answer that takes long may never come
      if (isUnsent()) keepHere();
      return;
    }
    clearTimeout(timer);
    underWay = new AbortController();
    const edit = edits;
    const typing = isUnsent();
    const answer = await tell(typing ? "typing" : "here", typing ? whole() : onlyWho());
    underWay = null;
    if (submitted) return;
    if (answer.trouble) {
      say("trouble", !isUnsent() || keepHere() ? answer.trouble : sitting.dataset.full);
      return;
    }
    say("trouble", "");
    say("others", answer.others ?? "");
    say("newer", answer.newer ?? "");
    // In another tab this copy was gone on with, and saved: what stands here is kept anew.
    sent = answer.kept ? edit : 0;
    follows = answer.kept;
    if (isUnsent()) timer = setTimeout(report, PAUSE);
    else localStorage.removeItem(shelf + key);
  }

  /* What an earlier form kept on this device goes to the server, to be compared and chosen there. */
  async function bring(name) {
    const { address, fields } = JSON.parse(localStorage.getItem(name));
    const answer = await tell("bringing", fields, { address });
    if (answer.trouble) return;
    localStorage.removeItem(name);
    if (!answer.choice) return;
    const list = sitting.querySelector("ul");
    const item = sitting.querySelector("template").content.cloneNode(true);
    item.querySelector("li").prepend(`${answer.notice} `);
    item.querySelector("a").href = answer.choice;
    list.querySelector(`[href="${answer.choice}"]`)?.closest("li").remove();
    list.append(item);
  }

  form.addEventListener("input", () => {
    edits += 1;
    submitted = false;
    clearTimeout(timer);
    timer = setTimeout(report, PAUSE);
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget) return; // in a tab of its own
    submitted = true;
    underWay?.abort();
    // In case it never arrives; the next form finds out.
    if (isUnsent()) keepHere();
  });

  addEventListener("beforeunload", (event) => {
    if (!submitted && isChanged()) event.preventDefault();
  });

  addEventListener("pagehide", () => {
    if (submitted) return;
    if (isUnsent()) keepHere();
    navigator.sendBeacon(sitting.dataset.address, message("leaving", onlyWho()));
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) submitted = false;
  });

  addEventListener("online", report);
  document.addEventListener("visibilitychange", report);
  setInterval(() => document.visibilityState === "visible" && report(), BEAT);

  const kept = Object.keys(localStorage).filter((name) => name.startsWith(shelf));
  for (const name of kept) if (name !== shelf + key) bring(name);
  report();
}

if (sitting) startSitting();
