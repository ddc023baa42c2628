// The self-check: what the ticks mean, a plan and words for the doctor, all made on the device; nothing is sent.
// Without it the page is a list for paper, with the key below it. The rule stands in weigh.js.
const whole = document.querySelector(".selfcheck");
const { weigh } = await import(whole.dataset.weigh);

const lang = document.querySelector("meta[property='og:locale']").content.replace("_", "-");
const find = (selector) => whole.querySelector(selector);
const all = (selector) => [...whole.querySelectorAll(selector)];
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const inWords = (date) => new Date(date).toLocaleDateString(lang, { dateStyle: "long" });
const list = (items) => new Intl.ListFormat(lang).format(items.map(String));

const form = find(".selfcheck__form");
const plan = find(".selfcheck__plan form");
const answer = find(".selfcheck__answer");
const signs = all("[name=sign]");
const actions = all("[name=action]");
const groups = all(".selfcheck__group");
const bars = all(".selfcheck__bar");
const remember = find("[data-remember]");
const MOST_ACTIONS = 3;
const PLACE = "selfcheck";

// What the reader has done: `state` says it, the page shows it, the tab keeps it.
const phone = matchMedia("(max-width: 47.99rem)");
let state = { mode: phone.matches ? "steps" : "all", group: 0, isShown: false };

// --- Storage: the tab's, for Back and reload; the device's, only when asked for. Both may be blocked, full or damaged.

function read(storage) {
  try {
    const { mode, group, isShown, ticks, chosen, person, number, saved } = JSON.parse(window[storage].getItem(PLACE));
    const [known, picked] = [ticks, chosen].map((values) => values.filter((value) => typeof value === "string"));
    return {
      mode: mode === "all" ? "all" : "steps",
      group: Math.max(0, Math.min(Number.isInteger(group) ? group : 0, groups.length - 1)),
      isShown: isShown === true,
      ticks: known,
      chosen: picked.slice(0, MOST_ACTIONS),
      person: String(person ?? ""),
      number: String(number ?? ""),
      saved: Number.isFinite(saved) ? saved : null,
    };
  } catch {
    return null;
  }
}

function write(storage, value) {
  try {
    if (value) window[storage].setItem(PLACE, JSON.stringify(value));
    else window[storage].removeItem(PLACE);
    return true;
  } catch {
    return false;
  }
}

const values = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);

function keep() {
  const { person, number } = plan.elements;
  const now = { ...state, ticks: values(signs), chosen: values(actions), person: person.value, number: number.value };
  write("sessionStorage", now);
  if (remember.checked && !write("localStorage", { ...now, saved: Date.now() })) {
    remember.checked = false;
    write("localStorage", null);
    say(remember, "full");
  }
  showSaved();
}

function restore() {
  const kept = read("sessionStorage") ?? read("localStorage");
  if (kept) {
    const { ticks, chosen, person, number, saved: _saved, ...rest } = kept;
    state = rest;
    for (const box of signs) box.checked = ticks.includes(box.value);
    for (const box of actions) box.checked = chosen.includes(box.value);
    plan.elements.person.value = person;
    plan.elements.number.value = number;
  }
  remember.checked = read("localStorage") !== null;
  showSaved();
  show();
}

function forget() {
  write("localStorage", null);
  remember.checked = false;
  say(remember, "forgotten");
  showSaved();
}

function showSaved() {
  const saved = read("localStorage")?.saved;
  const note = find(".selfcheck__saved");
  note.hidden = !saved;
  if (saved) note.querySelector(".selfcheck__when").textContent = inWords(saved);
}

// --- The questions

function show() {
  const isLast = state.group === groups.length - 1;
  const bySteps = state.mode === "steps";
  whole.dataset.shows = state.mode;
  whole.toggleAttribute("data-answered", state.isShown);
  groups.forEach((group, i) => group.classList.toggle("is-out", bySteps && i !== state.group));
  find("[data-mode=all]").hidden = !bySteps;
  find("[data-mode=steps]").hidden = bySteps;
  find("[data-turn='-1']").hidden = !bySteps || state.group === 0;
  find("[data-turn='1']").hidden = !bySteps || isLast;
  find("[type=submit]").hidden = bySteps && !isLast;
  answer.hidden = !state.isShown;
  if (state.isShown) answerWith(counted());
}

function change(now, focus) {
  state = { ...state, ...now };
  show();
  keep();
  focus?.focus({ preventScroll: true });
  focus?.scrollIntoView({ behavior: "instant" });
}

function counted() {
  return bars.map(({ dataset }) => {
    const own = signs.filter((sign) => sign.dataset.number === dataset.number);
    const ticked = own.filter((sign) => sign.checked).length;
    return { number: Number(dataset.number), of: own.length, ticked, isGrave: "grave" in dataset };
  });
}

// --- The answer

function answerWith(steps) {
  const { step, why, grave, most } = weigh(steps);
  find(".selfcheck__none").hidden = step !== null;
  find(".selfcheck__some").hidden = step === null;
  find(".selfcheck__date").textContent = inWords(Date.now());
  find(".selfcheck__help").hidden = !grave.length;
  find(".selfcheck__doctor").hidden = !steps.some(({ number, ticked }) => number > 1 && ticked); // balance is no complaint
  for (const seek of all("[data-seek]")) seek.hidden = !grave.includes(Number(seek.dataset.seek));
  for (const section of all(".selfcheck__step")) section.hidden = Number(section.dataset.step) !== step;
  for (const reason of all("[data-why]")) reason.hidden = reason.dataset.why !== why;
  bars.forEach((bar, i) => {
    const count = bar.querySelector("[data-count]");
    count.textContent = fill(count.dataset.count, steps[i]);
    bar.querySelector(".selfcheck__ticked").setAttribute("width", (100 * steps[i].ticked) / (steps[i].of || 1));
  });
  const fullest = find("[data-most]");
  const text = most.length > 1 ? fullest.dataset.tie : fullest.dataset.most;
  fullest.textContent = most.length ? fill(text, { steps: list(most) }) : "";
  for (const item of all("[data-today]")) {
    item.hidden = Number(item.dataset.today) !== step;
    if (item.hidden) item.querySelector("input").checked = false;
  }
  find(".selfcheck__letter").textContent = letter(grave.length > 0);
}

// The gravest signs first: a doctor has little time.
function letter(isGrave) {
  const { grave, other, signs: lead, end } = find(".selfcheck__letter").dataset;
  const ticked = signs.filter((sign) => sign.checked).sort((a, b) => b.dataset.number - a.dataset.number);
  const lines = ticked.map((sign) => `– ${sign.labels[0].textContent.trim()}`);
  return [isGrave ? grave : other, "", lead, ...lines, "", fill(end, { date: inWords(Date.now()) })].join("\n");
}

const status = (near) => near.closest("section").querySelector("[role=status]");
const say = (near, what) => { status(near).textContent = fill(status(near).dataset[what], {}); };

// --- What the reader does

form.addEventListener("change", () => {
  change();
  const [news, { step }] = [find(".selfcheck__news"), weigh(counted())];
  if (state.isShown) news.textContent = fill(step === null ? news.dataset.none : news.dataset.text, { step });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  change({ isShown: true }, answer);
});
form.addEventListener("reset", () => {
  plan.reset();
  forget();
  status(remember).textContent = "";
  for (const sign of signs) sign.checked = false; // the browser clears them only after this
  change({ group: 0, isShown: false }, groups[0]);
  write("sessionStorage", null);
});
for (const button of all("[data-turn]")) {
  button.addEventListener("click", () => {
    const group = state.group + Number(button.dataset.turn);
    change({ group }, groups[group]);
  });
}
for (const button of all("button[data-mode]")) {
  button.addEventListener("click", () => change({ mode: button.dataset.mode }, groups[state.group]));
}
plan.addEventListener("submit", (event) => event.preventDefault());
plan.addEventListener("input", (event) => {
  const isTooMany = values(actions).length > MOST_ACTIONS;
  if (isTooMany) event.target.checked = false;
  const limit = find(".selfcheck__limit");
  limit.textContent = isTooMany ? limit.dataset.limit : "";
  keep();
});
find("[data-copy-letter]").addEventListener("click", async ({ target }) => {
  const text = find(".selfcheck__letter");
  try {
    await navigator.clipboard.writeText(text.textContent);
    say(target, "done");
  } catch {
    getSelection().selectAllChildren(text);
    say(target, "failed");
  }
});
find("[data-print-answer]").addEventListener("click", () => print());
remember.addEventListener("change", () => {
  if (!remember.checked) {
    forget();
    return;
  }
  keep();
  if (remember.checked) status(remember).textContent = `${status(remember).dataset.saved} ${inWords(Date.now())}.`;
});
find("[data-forget]").addEventListener("click", () => {
  forget();
  groups[state.group].focus();
});

for (const part of all(".selfcheck__mode, .selfcheck__buttons")) part.hidden = false;
restore();
addEventListener("pageshow", restore); // the browser's own memory of a form comes before this
