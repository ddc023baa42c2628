// Finds pages with Pagefind's index: each word on its own, so that a whole sentence may be typed; the sums decide.
const MOST_LETTERS = 300;
const MOST_WORDS = 12;
const RANKING = { pageLength: 0.6, termSaturation: 1.6, metaWeights: { title: 4, description: 0.7, kind: 0 } };
const CORRECTED = 0.7; // worth of a match with a corrected word
const COVERAGE = 1.5; // how much pages that hold all words stand before those that hold some

let index, known, folder, lang;

export async function open(at) {
  folder = new URL(at, location.href);
  lang = document.documentElement.lang;
  index = await import(new URL("pagefind.js", folder));
  await index.options({ ranking: RANKING });
  await index.init();
}

// Words worth looking for. Function words count only where there is nothing else.
export function words(query, skip) {
  const all = query.slice(0, MOST_LETTERS).normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = [...new Set(all.filter((word) => word.length > 1))];
  const telling = long.filter((word) => !skip.has(word));
  return (telling.length ? telling : long).slice(0, MOST_WORDS);
}

// Pages, best first: { id, score, data } and the words that stood in for unknown ones.
export async function find(query, skip, topic) {
  const typed = words(query, skip);
  const filters = topic ? { topic } : {};
  const pages = new Map();
  const instead = [];
  const looked = await Promise.all(typed.map(async (word) => {
    const others = await corrections(word);
    instead.push(...others);
    const [own, ...rest] = await Promise.all([word, ...others].map((w) => index.search(w, { filters })));
    const best = new Map();
    const gather = (found, worth) => found.results.forEach((result) => {
      const score = result.score * worth;
      if (score > (best.get(result.id)?.score ?? 0)) best.set(result.id, { result, score });
    });
    if (!others.length) gather(own, 1);
    for (const found of rest) gather(found, CORRECTED);
    return best;
  }));
  const rarity = looked.map((best) => 1 / Math.log(2 + best.size));
  const whole = rarity.reduce((sum, value, i) => sum + (looked[i].size ? value : 0), 0);
  looked.forEach((best, i) => {
    for (const [id, { result, score }] of best) {
      const page = pages.get(id) ?? { id, score: 0, covered: 0, load: () => result.data() };
      page.score += score;
      page.covered += rarity[i];
      pages.set(id, page);
    }
  });
  const results = [...pages.values()];
  for (const page of results) page.score *= (page.covered / whole) ** COVERAGE;
  results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return { results, terms: [...typed, ...instead], instead };
}

// What a word that the index does not know may have meant: the nearest words of titles, questions and concepts.
async function corrections(word) {
  if (word.length < 4 || /\d/.test(word) || (await index.search(`"${word}"`)).results.length) return [];
  known ??= await fetch(new URL(`words.${lang}.json`, folder)).then((answer) => answer.json());
  if (known.some((other) => other.startsWith(word))) return [];
  let nearest = [];
  let least = word.length < 8 ? 1 : 2;
  for (const other of known) {
    const distance = edits(word, other, least);
    if (distance > least) continue;
    if (distance < least) nearest = [];
    least = distance;
    nearest.push(other);
  }
  return nearest.length ? nearest.slice(0, 4) : halves(word);
}

// Two known words in one: »parterapi«.
function halves(word) {
  const starts = (part) => known.some((other) => other.startsWith(part) || part.startsWith(other));
  for (let i = word.length - 4; i >= 4; i -= 1) {
    const parts = [word.slice(0, i), word.slice(i)];
    if (parts.every(starts)) return parts;
  }
  return [];
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
