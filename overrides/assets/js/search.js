// The search: a dialog on every page, opened with the menu's link, `/` or Ctrl+K; on the search page it stands in the page.
const AT_ONCE = 6; // results shown at a time
const PAUSE = 90; // milliseconds after a key that follows the last one sooner, or is the first
const SETTLED = 400; // milliseconds after which the address follows; after two of them it is said that the search goes on
const box = document.querySelector(".finder");
const dialog = document.querySelector("dialog.search");
const form = box.querySelector("form");
const query = form.elements.q;
const topic = form.elements.topic;
const part = (name) => box.querySelector(`.finder__${name}`);
const [status, instead, hint, list, more, none, failed] = ["status", "instead", "hint", "results", "more", "none", "failed"].map(part);
const elsewhere = box.querySelectorAll(".finder__other"); // a link for each other language
const crisis = box.querySelector(".crisis"); // crisis.js, which runs first, shows it
const item = box.querySelector("template").content.firstElementChild;
const say = (text, words) => Object.entries(words).reduce((said, [name, value]) => said.replace(`{${name}}`, () => value), text);
let modules, later, waiting, tries = 0, asked = 0;
let exactly = ""; // a query that is not to be corrected

// Loaded once, with the first search. After a failure the next search tries again, under another name: browsers remember
// that a module did not load.
function load() {
  modules ??= attempt().catch((error) => {
    forgetIndex();
    throw error;
  });
  return modules;
}

function forgetIndex() {
  modules = undefined;
  tries += 1;
}

async function attempt() {
  if (!box.dataset.index) throw new Error("no index in a preview");
  const finder = await import(`${box.dataset.finder}#${tries}`);
  await finder.open(box.dataset.index, tries);
  return finder;
}

// Finds what is typed, and shows as many results as were shown before the reader went away.
async function search(count = AT_ONCE) {
  const mine = ++asked;
  const text = query.value.trim();
  point(text);
  if (!crisis.hidden) show({ items: [...list.children] });
  if (text.length < 2 && !/[1-9]/.test(text)) return show({ status: text ? status.dataset.short : "" });
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (crisis.hidden) status.textContent = status.dataset.wait; hint.hidden = true; }, 2 * SETTLED);
  const isOver = () => mine !== asked || query.value.trim() !== text; // from the next key on, not from the pause behind it
  try {
    const finder = await load();
    if (isOver()) return;
    const found = await finder.find(query.value, topic.value, { exactly: exactly === text, isNeed: !crisis.hidden, isOver });
    if (isOver()) return;
    const { results, slots } = found;
    if (!results.length && !navigator.onLine) return show({ failed: true });
    const items = await Promise.all(results.slice(0, count).map(async (one) => result(await finder.shown(one, slots))));
    if (isOver()) return;
    const further = results.length > items.length && (() => next(finder, found));
    show({ status: told(results, slots, text), items, none: !results.length, more: further, corrected: results.length ? slots : [] });
  } catch {
    forgetIndex();
    if (mine === asked) show({ failed: true });
  }
}

// What was found for what, and which words were not.
function told(results, slots, text) {
  const quoted = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const { one, many, none: nothing, lost } = status.dataset;
  const missing = slots.filter(({ forms }) => !forms.size).map(({ typed }) => typed);
  const said = results.length ? say(results.length === 1 ? one : many, { count: results.length, query: quoted }) : crisis.hidden ? say(nothing, { query: quoted }) : "";
  const names = missing.length && results.length ? say(lost, { words: missing.join(", ") }) : "";
  return [said, crisis.hidden ? names : ""].filter(Boolean).join(" ");
}

function show({ status: said = "", items = [], none: nothing = false, failed: broken = false, more: further = null, corrected = [] }) {
  clearTimeout(waiting);
  status.textContent = [crisis.hidden ? "" : status.dataset.help, said].filter(Boolean).join(" ");
  offer(crisis.hidden ? corrected.filter(({ how }) => how === "corrected") : []);
  list.replaceChildren(...items);
  hint.hidden = Boolean(status.textContent) || broken;
  none.hidden = !nothing || !crisis.hidden;
  failed.hidden = !broken;
  more.hidden = !further;
  more.onclick = further;
}

// Which words stand for which, and the way back to what was typed.
function offer(corrected) {
  instead.hidden = !corrected.length;
  const [said, back] = instead.children;
  said.textContent = say(instead.dataset.said, { words: corrected.map(({ instead: word }) => word).join(", "), typed: corrected.map(({ typed }) => typed).join(", ") });
  const text = query.value.trim();
  back.textContent = say(instead.dataset.back, { query: text });
  back.onclick = () => { exactly = text; query.focus(); search(); };
}

async function next(finder, { results, slots }) {
  const mine = asked;
  const from = list.children.length;
  const items = await Promise.all(results.slice(from, from + AT_ONCE).map(async (one) => result(await finder.shown(one, slots))));
  if (mine !== asked || list.children.length !== from) return;
  list.append(...items);
  more.hidden = list.children.length >= results.length;
  items[0]?.querySelector("a").focus();
}

function href(path) {
  const { pathname, hash } = new URL(`../${path}`, new URL(box.dataset.index, location.href));
  return pathname + hash;
}

function result(found) {
  const element = item.cloneNode(true);
  const [kind, title, theme, lead, reason, page, rows] = ["kind", "title", "topic", "excerpt", "reason", "page", "sections"].map((name) => element.querySelector(`.finder__${name}`));
  const row = rows.firstElementChild;
  title.href = href(found.path);
  mark(title, found.marked);
  kind.textContent = kind.dataset[found.kind] ?? "";
  kind.hidden = !kind.textContent;
  theme.textContent = found.topic;
  mark(lead, found.excerpt);
  lead.hidden = !lead.hasChildNodes();
  if (found.reason) {
    reason.textContent = `${reason.dataset[found.reason.kind]} `;
    mark(reason, found.reason.said);
  } else reason.remove();
  if (found.page) {
    const link = page.querySelector("a");
    link.href = href(found.page.path);
    link.textContent = found.page.title;
  } else page.remove();
  rows.replaceChildren(...found.rows.map((passage) => {
    const entry = row.cloneNode(true);
    const link = entry.querySelector("a");
    link.href = href(passage.path);
    mark(link, passage.marked);
    entry.querySelector(".finder__question").hidden = !passage.isQuestion;
    mark(entry.querySelector(".finder__excerpt"), passage.excerpt);
    return entry;
  }));
  if (!found.rows.length) rows.remove();
  return element;
}

function mark(element, excerpt) {
  for (const [text, isMarked] of excerpt) element.append(isMarked ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
}

// The same search in other languages, and on the search page the address that can be shared.
function point(text) {
  for (const other of elsewhere) {
    other.querySelector("a").search = text ? new URLSearchParams({ q: text.slice(0, 300) }) : "";
    other.hidden = !text;
  }
  if (dialog) return;
  clearTimeout(later); // browsers refuse an address for every key
  later = setTimeout(() => history.replaceState(history.state, "", address()), SETTLED);
}

function address() {
  const text = query.value.trim();
  const own = new URL(location.href);
  own.search = text ? new URLSearchParams({ q: text.slice(0, 300), ...(topic.value && { topic: topic.value }) }) : "";
  return own;
}

// --- Back: the query, the list as far as it was shown, and the place in it ------------------

const place = dialog ?? document.scrollingElement;

// Noted with the page in the browser's history when a link is followed; elsewhere nothing is stored.
function note() {
  clearTimeout(later);
  const left = { query: query.value, topic: topic.value, count: Math.max(AT_ONCE, list.children.length), top: place.scrollTop };
  history.replaceState({ ...history.state, search: left }, "", dialog ? location.href : address());
}

function forget() {
  if (history.state?.search) history.replaceState({ ...history.state, search: null }, "");
}

async function restore() {
  const left = history.state?.search;
  if (!left || query.value === left.query && list.children.length >= left.count) return;
  if (dialog && !dialog.open) dialog.showModal();
  query.value = left.query;
  topic.value = left.topic;
  query.dispatchEvent(new Event("input")); // crisis.js listens too
  clearTimeout(timer);
  await search(left.count);
  place.scrollTop = left.top;
}

function start(event) {
  event.preventDefault();
  if (dialog && !dialog.open) dialog.showModal();
  query.focus();
  query.select();
  load().catch(() => show({ failed: true }));
}

// Up and down move between the field and the links; Enter is the link's own.
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target === topic) return;
  const stops = [query, ...(crisis.hidden ? [] : crisis.querySelectorAll("a:not(details:not([open]) a, [hidden] a), summary")), ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
  const to = stops[stops.indexOf(document.activeElement) + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

let timer, typed = -Infinity;
query.addEventListener("input", ({ timeStamp }) => {
  const isAtOnce = timeStamp - typed >= PAUSE && query.value.trim().length > 1; // a single letter is mostly followed
  exactly = "";
  typed = timeStamp;
  clearTimeout(timer);
  timer = setTimeout(search, isAtOnce ? 0 : PAUSE);
});
topic.addEventListener("change", () => search());
query.addEventListener("focus", () => load().catch(() => {})); // ahead of the first key
list.addEventListener("click", ({ target }) => { if (target.closest("a")) note(); }, true);
addEventListener("popstate", restore);
addEventListener("pageshow", ({ persisted }) => { if (persisted) restore(); });
box.addEventListener("keydown", move);
form.addEventListener("submit", (event) => {
  if (dialog && (crisis.hidden || navigator.onLine)) return; // to the search page; offline the numbers stay
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches) query.blur(); // a phone's keyboard leaves the results to be seen
  search();
});
function press(event) {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.metaKey;
  if (!event.altKey && (event.key === "/" ? !typing && !held : event.key.toLowerCase() === "k" && held && !event.shiftKey)) start(event);
}
addEventListener("keydown", press);
if (window.early?.target === document.activeElement) press(early); // typed before this was there: partials/first.js heard it
const opener = document.querySelector("[data-search]");
opener.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) start(event);
});
for (const sign of ["focus", "pointerenter"]) opener.addEventListener(sign, () => load().catch(() => {}), { once: true });
dialog?.addEventListener("cancel", forget);
dialog?.addEventListener("click", ({ target, clientX, clientY }) => {
  // Beside the dialog closes it; a link into the very page on which it stands must not leave it open. A number must.
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  const beside = target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
  if (beside) forget();
  if (beside || target.closest("a:not([href^='tel:'])")) dialog.close();
});

if (history.state?.search) restore();
else if (!dialog) {
  const asked = new URLSearchParams(location.search);
  query.value = asked.get("q") ?? "";
  if ([...topic.options].some(({ value }) => value === asked.get("topic"))) topic.value = asked.get("topic");
  if (query.value) search();
}
