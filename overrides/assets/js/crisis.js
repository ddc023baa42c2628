// A query that sounds as if somebody needs help now opens the panel with numbers, above everything else: as it is typed,
// without the index and offline. `data` are the words of docs/data/crisis-words.yml, which also says how they match;
// the build puts them before this, each list as a text with commas.
const MOST_LETTERS = 1000;
const LONG = 7; // letters from which on a slip is forgiven
const RUN = /jeg|mig|ikk|vil|kan|my|self|wan|[dc][oa]nt|todie|endi|livet|lpme|llme/; // what words that are written as one hold, and few others

// A word without what people write in many ways: case, apostrophes; æ is e, ø is o, å is a; doubled letters, accents.
const split = (text) => text.replace(/[\p{Cf}'’‘`´ʼ]/gu, "").normalize("NFKC").toLowerCase()
  .replace(/[æä]|ae/g, "e").replace(/ö|oe/g, "ø").replace(/å|aa/g, "å").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const bare = (word) => {
  const once = word.replace(/(\p{L})\1+/gu, "$1");
  return once[2] ? once.replaceAll("ø", "o").normalize("NFD").replace(/\p{M}/gu, "") : once; // »dø« is not “do”
};
const wordsOf = (text) => split(text).map(bare);

// One letter too many, too few or wrong, or two neighbours swapped; not the first, or “talking” would be “stalking”.
function isSlip(a, b) {
  if (a[0] !== b[0]) return false;
  let i = 1;
  while (i < a.length && a[i] === b[i]) i += 1;
  const same = (m, n) => a.slice(i + m) === b.slice(i + n);
  return same(1, 1) || same(1, 0) || same(0, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && same(2, 2));
}

// What is open also begins other words; a slip in it leaves its last letter where it was.
function fits(word, { stem, open }, exactly) {
  if (word === stem || (open && word.startsWith(stem))) return true;
  if (exactly || stem.length < LONG) return false;
  if (!open) return Math.abs(word.length - stem.length) < 2 && isSlip(word, stem);
  return [-1, 0, 1].some((more) => word[stem.length + more - 1] === stem.at(-1) && isSlip(word.slice(0, stem.length + more), stem));
}

// The phrases as rows of slots, each a list of words that may stand there; worked out with the first query.
function read() {
  const lines = (name) => (data[name].match(/[^,]+/g) ?? []).map((line) => line.split(" "));
  const same = new Map(lines("same").flatMap((words) => words.map((word) => [word, words])));
  const spelled = (word) => (/^.*æ.*[^*]$/.test(word) && word.length > 4 ? [word, word.replaceAll("æ", "a")] : [word]);
  const slots = [];
  const slot = (text, exactly) => {
    const words = text.split("/").flatMap((word) => same.get(word) ?? [word]).flatMap(spelled);
    return slots[slots.push({ exactly, forms: words.map((word) => ({ stem: wordsOf(word)[0], open: word.endsWith("*") })) }) - 1];
  };
  const phrases = (name, exactly) => lines(name).map((phrase) => phrase.map((text) => slot(text, exactly)));
  const between = new Set(wordsOf(data.between));
  const fitting = new Map();
  const isKnown = (word) => word === "i" || (word[1] && (between.has(word) || slots.some((slot) => slot.forms.some((form) => form.stem === word))));
  // The words that are written as one: »jegvilikkeleve«; from the end, or there are more ways than anybody can wait for.
  const apart = (text) => {
    const left = [];
    left[text.length] = [];
    for (let at = text.length; at--;) for (let to = text.length; to > at && !left[at]; to--) if (left[to] && isKnown(bare(text.slice(at, to)))) left[at] = [text.slice(at, to), ...left[to]];
    return left[0];
  };
  return {
    anywhere: phrases("anywhere"),
    violence: phrases("violence"),
    alone: phrases("alone"),
    ordinary: phrases("ordinary", true),
    isBetween: (word) => between.has(word) || /^(..?|\d+)$/.test(word),
    slotsOf: (word) => {
      if (!fitting.has(word)) fitting.set(word, new Set(slots.filter(({ forms, exactly }) => forms.some((form) => fits(word, form, exactly)))));
      return fitting.get(word);
    },
    cut: (word) => (RUN.test(word) && word.length < 40 && !isKnown(bare(word)) && !tables.some(({ need }) => need.has(bare(word))) && apart(word)) || [word],
  };
}
let rules, coming;
let tables = [];

// What words weigh, by language: comes with the first look at a field, and after a failure with the next.
function fetched() {
  const whole = (list) => new Map(Object.entries(list).flatMap(([weight, words]) => words.split(" ").map((word) => [word, +weight])));
  coming ??= fetch(new URL("../need.gz", import.meta.url), { priority: "low" })
    .then((answer) => new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json())
    .then((made) => (tables = made.map((table) => ({ ...table, need: whole(table.need), violence: whole(table.violence) }))))
    .catch(() => (coming = undefined));
  return coming;
}

// What a query sounds like by its words (knowledge/outputs/search/need.py), in the language that knows most of them: by
// what they weigh, or as an example is said, with a word more at most.
function sound(words) {
  const weight = (of) => words.reduce((sum, word) => sum + (of.get(word) ?? 0), 0);
  const known = ({ need }) => words.filter((word) => need.has(word)).length;
  const [best] = [...tables].sort((a, b) => known(b) - known(a));
  const isSaid = (one) => one[words.length - 2] && one.every((word) => words.includes(word));
  if (!best || (weight(best.need) < best.enough && !best.said.some(isSaid))) return 0;
  return weight(best.violence) > 0 ? 2 : 1;
}

// The places of a phrase: its words stand together, in any order, with nothing but words of `between`, of one or two
// letters, and figures among them.
function places(words, phrase) {
  for (let from = 0; from < words.length; from += 1) {
    const left = [...phrase], found = [];
    for (let at = from; at < words.length && left.length; at += 1) {
      const slots = rules.slotsOf(words[at]);
      const slot = left.findIndex((other) => slots.has(other));
      if (slot >= 0) {
        left.splice(slot, 1);
        found.push(at);
      } else if (!found.length || phrase[0].exactly || !rules.isBetween(words[at])) break;
    }
    if (!left.length) return found;
  }
  return null;
}

// Whether a text sounds as if somebody needs help now; 2 where it is because of violence.
function need(text) {
  rules ??= read();
  const words = split(text.slice(0, MOST_LETTERS)).flatMap(rules.cut).map(bare).filter((word, i, all) => word !== all[i - 1] || /\d/.test(word));
  for (const phrase of rules.ordinary) {
    for (let found; (found = places(words, phrase));) for (const at of found) words[at] = "";
  }
  const covered = new Set(rules.alone.flatMap((phrase) => places(words, phrase) ?? []));
  const isAlone = covered.size && words.every((word, at) => covered.has(at) || rules.isBetween(word));
  if (rules.violence.some((phrase) => places(words, phrase))) return 2;
  if (isAlone || rules.anywhere.some((phrase) => places(words, phrase))) return 1;
  return sound([...new Set(words)]);
}

const asked = (address) => [...new URL(address).searchParams.values()];

// The words of an address that leads nowhere, and of the search from which it was followed.
function followed() {
  const parts = location.pathname.split("/").map((part) => decoded(part).replace(/\.\w+$/, ""));
  return [...parts, ...(document.referrer ? asked(document.referrer) : [])];
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return unescape(part); // Latin-1, as old links are
  }
}

for (const panel of document.querySelectorAll(".crisis")) {
  const field = panel.parentElement.querySelector("input[type=search]");
  const line = panel.querySelector("[data-violence]");
  let texts = [];
  const answer = (...given) => {
    texts = given;
    const most = Math.max(0, ...texts.map(need));
    panel.hidden = !most;
    if (line) line.hidden = most < 2;
  };
  const listen = async () => {
    await fetched();
    const { hidden } = panel;
    answer(...texts);
    if (panel.hidden !== hidden && field.value) field.dispatchEvent(new Event("input")); // what stands below says so, too
  };
  field.addEventListener("input", () => answer(field.value), true); // before those who read whether it is hidden
  field.addEventListener("focus", listen);
  if (!panel.closest("dialog")) answer(...asked(location), ...("followed" in panel.dataset ? followed() : []));
  if (texts.some(Boolean) || document.activeElement === field) listen();
}
