// The FAQ page narrows to the questions that the search would find: by the same stems and everyday words, in the question, in
// other ways to ask it, and in its article's title and concepts. Until the search's files have come, by what is typed.
const FIELD = 0.6; // worth of a word in the article's title or concepts, beside 1 in the question
const ENOUGH = 0.6; // of a query's weight, and a question is shown
const PAUSE = 90; // milliseconds after a key
const box = document.querySelector(".filter");
const field = box.querySelector("input");
const status = box.querySelector(".filter__status");
const further = box.querySelector(".filter__search");
const items = [...document.querySelectorAll(".questions li")];
const articles = [...document.querySelectorAll(".gathered__article")];
const first = articles.filter(({ open }) => open);
const plain = (text) => text.toLowerCase().normalize("NFKC");
const say = (text, words) => Object.entries(words).reduce((said, [name, value]) => said.replace(`{${name}}`, () => value), text);
let modules, timer, asked = 0;

function load() {
  modules ??= (async () => {
    if (!box.dataset.index) throw new Error("no index in a preview");
    const finder = await import(box.dataset.finder);
    await finder.open(box.dataset.index);
    const stems = (...texts) => new Set(texts.join("\n").split(/[^\p{L}\p{N}’']+/u).filter(Boolean).map(finder.stemOf));
    for (const item of items) {
      const article = item.closest(".gathered__article");
      item.own = stems(item.textContent, item.dataset.words);
      item.around = stems(article.querySelector("h3").textContent, article.dataset.words);
    }
    return finder;
  })();
  modules.catch(() => { modules = undefined; });
  return modules;
}

async function narrow() {
  const mine = ++asked;
  const text = field.value.trim();
  if (!text) return show(() => true, "");
  try {
    const { find } = await load();
    const { results, slots } = await find(field.value);
    if (mine !== asked) return;
    const whole = slots.reduce((sum, { weight }) => sum + weight, 0);
    const found = new Set(results.filter(({ best }) => best.section).map(({ text: page, best }) => `${page.path}#${best.section}`));
    const worth = ({ own, around }) => slots.reduce((sum, { forms, weight }) => sum + weight * Math.max(0, ...[...forms].map(([stem, form]) => (own.has(stem) ? form : around.has(stem) ? form * FIELD : 0))), 0);
    const isFound = (item) => [...found].some((path) => item.querySelector("a").href.endsWith(`/${path}`));
    const corrected = slots.filter(({ how }) => how === "corrected");
    const instead = corrected.length ? say(field.dataset.instead, { words: corrected.map(({ instead: word }) => word).join(", "), typed: corrected.map(({ typed }) => typed).join(", ") }) : "";
    const missing = slots.filter(({ forms }) => !forms.size).map(({ typed }) => typed);
    show((item) => isFound(item) || worth(item) >= whole * ENOUGH, text, [missing.length ? say(field.dataset.lost, { words: missing.join(", ") }) : "", instead].join(" "));
  } catch {
    const words = plain(text).split(/\s+/);
    if (mine === asked) show((item) => words.every((word) => plain(item.textContent).includes(word)), text);
  }
}

function show(isShown, text, more = "") {
  let count = 0;
  for (const item of items) {
    item.hidden = !isShown(item);
    count += !item.hidden;
  }
  for (const name of [".gathered__article", ".gathered"]) {
    for (const group of document.querySelectorAll(name)) group.hidden = !group.querySelector("li:not([hidden])");
  }
  for (const article of articles) article.open = text !== "" || first.includes(article); // what is found is seen
  const isCrisis = !document.querySelector("main .crisis").hidden; // crisis.js shows numbers instead
  const said = count === 1 ? field.dataset.one : count ? say(field.dataset.many, { count }) : isCrisis ? "" : field.dataset.none;
  status.textContent = [text || count < items.length ? said : say(field.dataset.many, { count }), count && !isCrisis ? more : ""].join(" ").trim();
  further.hidden = count > 0 || isCrisis;
  further.search = new URLSearchParams({ q: text.slice(0, 300) });
}

field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(narrow, PAUSE); });
field.addEventListener("focus", () => load().catch(() => {}), { once: true });
if (field.value) narrow();
