// Where on a found page the words stand: its sections, best first, each with a few marked words around the match.
const AROUND = 24; // words of an excerpt
const BEFORE = 6; // of them before the first match
const HEADING = 3; // worth of a word in a heading, beside 1 in the text below it

const fold = (text) => text.toLowerCase().replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa").normalize("NFD").replace(/\p{M}/gu, "");
const loose = (text) => fold(text).replace(/ae/g, "e").replace(/oe/g, "o").replace(/aa/g, "a").replace(/[^\p{L}\p{N}]/gu, "");

// Two forms of a word share all but their endings; a compound holds its part.
function matches(word, term) {
  if (term.length < 4) return word === term;
  const stem = term.slice(0, Math.max(4, term.length - 3));
  return word.startsWith(stem) ? word.length <= term.length + 4 || word.startsWith(term) : word.length > 7 && word.includes(term.slice(0, -1));
}

// A page taken apart once: its words, their folded forms and its headings. Folding thousands of words takes longer than finding them.
const pages = new Map();
function read(data) {
  if (pages.has(data.url)) return pages.get(data.url);
  const end = data.anchors.find((anchor) => anchor.id === "search-words")?.location ?? Infinity;
  const tokens = data.content.split(/\s+/).slice(0, end);
  const heads = data.anchors.filter(({ element, location }) => /^h[23]$/.test(element) && location < end);
  const page = { tokens, folded: tokens.map(loose), heads };
  pages.set(data.url, page);
  return page;
}

// A page's data of Pagefind and the terms looked for, as sections { id, title, question, score, excerpt: [[text, marked]] }.
export function sections(data, terms) {
  const wanted = terms.map(loose);
  const { tokens, folded, heads } = read(data);
  const faq = heads.findIndex(({ id }) => id === "faq");
  const after = heads.findIndex(({ element }, i) => i > faq && element === "h2");
  const starts = [{ id: "", text: "", location: 0 }, ...heads];
  return starts.map(({ id, text, location }, i) => {
    const title = text.trim();
    const part = tokens.slice(location, starts[i + 1]?.location);
    const inTitle = title ? title.split(/\s+/).length : 0;
    const hits = part.map((_, j) => wanted.filter((term) => matches(folded[location + j], term)));
    const seen = new Map();
    hits.forEach((terms, j) => terms.forEach((term) => seen.set(term, Math.max(seen.get(term) ?? 0, j < inTitle ? HEADING : 1))));
    return {
      id,
      title,
      question: faq >= 0 && i - 1 > faq && (after < 0 || i - 1 < after),
      score: [...seen.values()].reduce((sum, worth) => sum + worth, 0) + Math.min(hits.flat().length, 9) / 10,
      excerpt: excerpt(part.slice(inTitle), hits.slice(inTitle)),
    };
  }).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

function excerpt(tokens, hits) {
  let best = 0, most = -1;
  for (let i = 0; i < tokens.length; i += 1) {
    if (!hits[i].length && i) continue;
    const count = new Set(hits.slice(i, i + AROUND - BEFORE).flat()).size;
    if (count > most) [best, most] = [i, count];
  }
  const from = best > BEFORE ? best - BEFORE : 0;
  const shown = tokens.slice(from, from + AROUND).map((token, i) => [token, hits[from + i].length > 0]);
  if (from) shown.unshift(["…", false]);
  if (from + AROUND < tokens.length) shown.push(["…", false]);
  return shown;
}
