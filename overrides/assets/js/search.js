// The search: a dialog on every page, opened with the menu's link, `/` or Ctrl+K; on the search page it stands in the page.
const AT_ONCE = 6; // pages shown at a time
const PAUSE = 30; // milliseconds after a key
const SETTLED = 400; // milliseconds after which the address follows
const box = document.querySelector(".finder");
const dialog = document.querySelector("dialog.search");
const form = box.querySelector("form");
const query = form.elements.q;
const topic = form.elements.topic;
const part = (name) => box.querySelector(`.finder__${name}`);
const [status, hint, list, more, none, failed, other] = ["status", "hint", "results", "more", "none", "failed", "other"].map(part);
const crisis = box.querySelector(".crisis"); // crisis.js, which runs first, shows it
const item = box.querySelector("template").content.firstElementChild;
const skip = new Set(box.dataset.skip.split(" "));
let modules, later, tries = 0, asked = 0;

// Loaded once, with the first search. After a failure the next search tries again, under another name: browsers remember
// that a module did not load.
function load() {
  modules ??= attempt().catch((error) => {
    modules = undefined;
    tries += 1;
    throw error;
  });
  return modules;
}

async function attempt() {
  if (!box.dataset.index) throw new Error("no index in a preview");
  const addresses = [box.dataset.finder, box.dataset.passages];
  const [finder, passages] = await Promise.all(addresses.map((address) => import(`${address}#${tries}`)));
  await finder.open(box.dataset.index, tries);
  return { ...finder, ...passages };
}

async function search() {
  const mine = ++asked;
  const text = query.value.trim();
  point(text);
  if (!crisis.hidden) show({ items: [...list.children] });
  if (text.length < 2) return show({ status: text ? status.dataset.short : "" });
  try {
    const { find, sections } = await load();
    const found = await find(text, skip, topic.value);
    const first = await described(found, 0, sections);
    if (mine !== asked) return;
    const count = found.results.length;
    if (!count && !navigator.onLine) return show({ failed: true });
    const said = !count && !crisis.hidden ? "" : count ? (count === 1 ? status.dataset.one : status.dataset.many.replace("{count}", count)) : status.dataset.none;
    const instead = found.instead.length && count && crisis.hidden ? ` ${status.dataset.instead.replace("{words}", found.instead.join(", "))}` : "";
    show({ status: said + instead, items: first, none: !count, more: count > AT_ONCE && (() => next(found, sections)) });
  } catch {
    if (mine === asked) show({ failed: true });
  }
}

function show({ status: said = "", items = [], none: nothing = false, failed: broken = false, more: further = null }) {
  status.textContent = [crisis.hidden ? "" : status.dataset.help, said].filter(Boolean).join(" ");
  list.replaceChildren(...items);
  hint.hidden = Boolean(status.textContent) || broken;
  none.hidden = !nothing || !crisis.hidden;
  failed.hidden = !broken;
  more.hidden = !further;
  more.onclick = further;
}

async function next(found, sections) {
  const shown = list.children.length;
  const items = await described(found, shown, sections);
  list.append(...items);
  more.hidden = list.children.length >= found.results.length;
  items[0]?.querySelector("a").focus();
}

function described(found, from, sections) {
  return Promise.all(found.results.slice(from, from + AT_ONCE).map(async (page) => {
    const data = await page.load();
    const passages = sections(data, found.terms);
    return result(data, passages);
  }));
}

function result(data, passages) {
  const element = item.cloneNode(true);
  const [title, theme, lead, rows] = ["title", "topic", "excerpt", "sections"].map((name) => element.querySelector(`.finder__${name}`));
  const row = rows.firstElementChild;
  title.href = data.url;
  title.textContent = data.meta.title;
  theme.textContent = data.meta.topic.replace("–", "");
  const [best] = passages;
  if (best && !best.id) mark(lead, best.excerpt);
  else lead.textContent = best ? "" : data.meta.description;
  lead.hidden = !lead.hasChildNodes();
  const shown = passages.filter(({ id, score }) => id && id !== "faq" && score >= best.score * 0.75).slice(0, 2);
  rows.replaceChildren(...shown.map((passage) => {
    const entry = row.cloneNode(true);
    const link = entry.querySelector("a");
    link.href = `${data.url}#${passage.id}`;
    link.textContent = passage.title;
    entry.querySelector(".finder__question").hidden = !passage.question;
    mark(entry.querySelector(".finder__excerpt"), passage.excerpt);
    return entry;
  }));
  rows.hidden = !shown.length;
  return element;
}

function mark(element, excerpt) {
  for (const [word, marked] of excerpt) {
    if (marked) element.append(Object.assign(document.createElement("mark"), { textContent: word }), " ");
    else element.append(`${word} `);
  }
}

// The same search in the other language, and on the search page the address that can be shared.
function point(text) {
  const link = other.querySelector("a");
  link.search = text ? new URLSearchParams({ q: text.slice(0, 300) }) : "";
  other.hidden = !text;
  if (dialog) return;
  const address = new URL(location.href);
  address.search = text ? new URLSearchParams({ q: text.slice(0, 300), ...(topic.value && { topic: topic.value }) }) : "";
  clearTimeout(later); // browsers refuse an address for every key
  later = setTimeout(() => history.replaceState(null, "", address), SETTLED);
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
  const stops = [query, ...(crisis.hidden ? [] : crisis.querySelectorAll("a:not(details:not([open]) a), summary")), ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
  const to = stops[stops.indexOf(document.activeElement) + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

let timer;
query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, PAUSE); });
topic.addEventListener("change", search);
box.addEventListener("keydown", move);
form.addEventListener("submit", (event) => {
  if (dialog && (crisis.hidden || navigator.onLine)) return; // to the search page; offline the numbers stay
  event.preventDefault();
  search();
});
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (slash || k) start(event);
});
document.querySelector("[data-search]").addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) start(event);
});
dialog?.addEventListener("click", ({ target, clientX, clientY }) => {
  // Beside the dialog closes it; a link into the very page on which it stands must not leave it open. A number must.
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  const beside = clientX < left || clientX > right || clientY < top || clientY > bottom;
  if ((target === dialog && beside) || target.closest("a:not([href^='tel:'])")) dialog.close();
});

if (!dialog) {
  const asked = new URLSearchParams(location.search);
  query.value = asked.get("q") ?? "";
  if ([...topic.options].some(({ value }) => value === asked.get("topic"))) topic.value = asked.get("topic");
  if (query.value) search();
}
