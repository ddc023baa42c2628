// Finds pages with Pagefind's index: each word on its own, so that a whole sentence may be typed; the sums decide.
const MOST_LETTERS = 300;
const MOST_WORDS = 12;
const RANKING = { termSimilarity: 3, pageLength: 0.6, termSaturation: 1.6, metaWeights: { title: 4, description: 0.7, kind: 0, topic: 0 } };
const CORRECTED = 0.7; // worth of a match with a corrected word
const JOINED = 0.5; // worth of a match with two neighbours written as one word
const COVERAGE = 1.5; // how much pages that hold all words stand before those that hold some
const FLOOR = 0.1; // what is worth less than this part of the best page is left out
const TITLE = 1; // how much pages stand before others that hold all words in their title

let index, vocabulary, folder, lang;

export async function open(at, tries) {
  folder = new URL(at, location.href);
  lang = document.documentElement.lang;
  index = await import(new URL(`pagefind.js#${tries}`, folder));
  await index.options({ ranking: RANKING });
  await index.init();
}

// Words worth looking for. Function words count only where there is nothing else.
function words(all, skip) {
  const long = [...new Set(all.filter((word) => word.length > 1))];
  const telling = long.filter((word) => !skip.has(word));
  return (telling.length ? telling : long).slice(0, MOST_WORDS);
}

// Pages, best first: { id, score, load }, the words looked for, and those that stood in for unknown ones.
export async function find(query, skip, topic) {
  const all = query.slice(0, MOST_LETTERS).normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const meant = (await Promise.all(words(all, skip).map(meanings))).flat();
  const terms = meant.some(({ known }) => known) ? meant.filter(({ known }) => known) : meant;
  const looked = await Promise.all([...terms, ...await joined(all)].map((term) => matches(term)));
  const within = topic && new Set((await index.search(`"qx${topic.toLowerCase().replace(/[^a-z]/g, "")}"`)).results.map(({ id }) => id));
  const results = merge(looked, within);
  const instead = terms.filter(({ worth }) => worth === CORRECTED).flatMap(({ forms }) => forms);
  return { results, terms: [...new Set(terms.flatMap(({ forms }) => forms))], instead };
}

// The best match of each page with any form of a term.
async function matches({ forms, worth }) {
  const best = new Map();
  for (const { results } of await Promise.all(forms.map((form) => index.search(form)))) {
    for (const result of results) {
      if (result.score > (best.get(result.id)?.score ?? 0)) best.set(result.id, result);
    }
  }
  return { best, worth, rarity: best.size && worth !== JOINED ? worth / Math.log(2 + best.size) : 0 };
}

function merge(looked, within) {
  const pages = new Map();
  for (const { best, worth, rarity } of looked) {
    for (const [id, result] of best) {
      if (within && !within.has(id)) continue;
      const page = pages.get(id) ?? { id, score: 0, covered: 0, titled: 0, load: () => result.data() };
      page.score += result.score * worth;
      page.covered += rarity;
      if (result.matchedMetaFields?.includes("title")) page.titled += rarity;
      pages.set(id, page);
    }
  }
  const whole = looked.reduce((sum, { rarity }) => sum + rarity, 0);
  for (const page of pages.values()) page.score *= (page.covered / whole) ** COVERAGE * (1 + TITLE * (page.titled / whole) ** 2);
  const sorted = [...pages.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return sorted.filter(({ score }) => score > sorted[0].score * FLOOR);
}

const exists = async (word) => (await index.search(`"${word}"`)).results.length > 0;

// What a word may mean, as terms { forms, worth, known }: itself; or, where the index does not know it, its beginning
// or the nearest words of titles, questions and concepts; or the two words of which it is made.
async function meanings(word) {
  const own = lang === "da" && /.{3}ede$/.test(word) ? [word, word.slice(0, -2)] : [word]; // Snowball leaves »skiftede«
  if (word.length < 4 || /\d/.test(word) || await exists(word)) return [{ forms: own, worth: 1, known: true }];
  vocabulary ??= await fetch(new URL(`words.${lang}.json`, folder)).then((answer) => answer.json());
  if (vocabulary.some((other) => other.startsWith(word))) return [{ forms: own, worth: 1, known: true }];
  const near = nearest(word);
  if (near.length) return [{ forms: near, worth: CORRECTED, known: true }];
  const parts = halves(word);
  if (parts.length) return [word, ...parts].map((part) => ({ forms: [part], worth: CORRECTED, known: true }));
  return [{ forms: own, worth: 1, known: false }];
}

// Neighbours that the index knows as one word: »over heated«.
async function joined(all) {
  const pairs = all.slice(0, MOST_WORDS).map((word, i) => word + (all[i + 1] ?? "")).slice(0, -1).filter((pair) => pair.length > 5);
  const known = await Promise.all(pairs.map(exists));
  return pairs.filter((_, i) => known[i]).map((pair) => ({ forms: [pair], worth: JOINED }));
}

function nearest(word) {
  let near = [];
  let least = word.length < 8 ? 1 : 2;
  for (const other of vocabulary) {
    const distance = edits(word, other, least);
    if (distance > least) continue;
    if (distance < least) near = [];
    least = distance;
    near.push(other);
  }
  return near.slice(0, 4);
}

// Two known words in one: »parterapi«.
function halves(word) {
  const gap = (part) => Math.min(...vocabulary.map((other) => (other.startsWith(part) || part.startsWith(other) ? Math.abs(other.length - part.length) : 3)));
  let best = [];
  let least = 3;
  for (let i = word.length - 4; i >= 4; i -= 1) {
    const parts = [word.slice(0, i), word.slice(i)];
    const gaps = Math.max(...parts.map(gap));
    if (gaps < least) [best, least] = [parts, gaps];
  }
  return best;
}

// Optimal string alignment distance (insert, delete, change, swap neighbours), or more than `most`.
function edits(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}
