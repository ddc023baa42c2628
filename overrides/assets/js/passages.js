// What a result shows: the question or heading that answers, whole sentences that hold the words, and why it stands there.
import { marks, saidIn, stemOf, telling } from "./finder.js";

const none = new Set();
const LONGEST = 240; // letters of an excerpt
const SHORT = 90; // an excerpt below this takes the next sentence along
const ROWS = 2; // more places of the same page
const CLOSE = 0.6; // of the page's likeness, from which on a place stands beside it
const HEADING = 2; // worth of a word in a heading, beside 1 in the text below it
const END = /(?<=[.!?…][»”’)]?)\s+(?=[«»“‘(]?\p{Lu})/u;
const BETWEEN = /([\p{L}\p{N}’']+)/u;

// { path, title, isQuestion, page, topic, excerpt, rows, reason } of a result of `find`; excerpts as [[text, isMarked]].
// Where a page is the answer `toNeed`, it shows only what holds a word as it was typed, or else says what it's for: “leve”
// would show “Lev Uden Vold”.
export async function shown({ text, best, likeness, toNeed }, slots) {
  const wanted = marks(slots);
  const typed = new Set(slots.map((slot) => slot.typed.toLowerCase()));
  const isSaid = (pieces) => !toNeed || pieces.some(([text, isMarked]) => isMarked && typed.has(text.toLowerCase()));
  const parts = partsOf(text, await saidIn(text)).map((part) => ({ ...part, worth: worth(part, slots) + (likeness.get(part.id) ?? 0) * 2 }));
  const lead = parts.find(({ id, isQuestion }) => isQuestion && id === best.section);
  const place = ({ id }) => `${text.path.split("#")[0]}${id ? `#${id}` : ""}`;
  const rows = parts.filter((part) => part.id && part.id !== "faq" && part !== lead && part.title && part.worth > 0)
    .filter(({ id, worth }) => (likeness.get(id) ?? 0) >= best.found * CLOSE || worth >= telling(slots) * 0.75)
    .sort((a, b) => b.worth - a.worth).slice(0, ROWS);
  const from = lead ?? parts.filter((part) => !rows.includes(part)).sort((a, b) => b.worth - a.worth || parts.indexOf(a) - parts.indexOf(b))[0];
  const result = {
    path: lead ? place(lead) : text.path,
    title: lead ? lead.title : text.title,
    kind: lead ? "question" : text.kind,
    page: lead ? { path: text.path, title: text.title } : null,
    topic: text.topic,
    excerpt: lead || from?.worth > 0 ? excerpt(from.said, slots, wanted) : [],
    rows: rows.map((part) => ({ path: place(part), marked: mark(part.title, wanted), isQuestion: part.isQuestion, excerpt: excerpt(part.said, slots, wanted) }))
      .filter((row) => isSaid([...row.marked, ...row.excerpt])),
    marked: mark(lead ? lead.title : text.title, wanted),
  };
  if (!result.excerpt.length || !isSaid(result.excerpt)) result.excerpt = mark(text.description, wanted);
  const isSeen = [result.marked, result.excerpt, ...result.rows.flatMap((row) => [row.marked, row.excerpt])].flat().some(([, isMarked]) => isMarked);
  result.reason = isSeen || !["search", "term", "other"].includes(best.kind) ? null : { kind: best.kind, said: mark(best.said, wanted) };
  return result;
}

// A page's sections with their stems, which take longest: once.
const read = new WeakMap();
function partsOf(text, texts) {
  if (!read.has(text)) read.set(text, text.sections.map(([id, title, isQuestion], i) => ({ id, title, isQuestion: Boolean(isQuestion), said: texts[i], inTitle: stemsIn(title), inText: stemsIn(texts[i]) })));
  return read.get(text);
}
const stemsIn = (text) => new Set(wordsIn(text).map(stemOf));

function worth({ inTitle, inText }, slots) {
  return slots.reduce((sum, { forms, weight }) => sum + weight * Math.max(0, ...[...forms].map(([stem, form]) => (inTitle.has(stem) ? HEADING * form : inText.has(stem) ? form : 0))), 0);
}

const wordsIn = (text) => text.split(BETWEEN).filter((_, i) => i % 2);

// A text as [[text, isMarked]], by words; a step of the ladder is two.
function mark(text, wanted) {
  const pieces = text.split(BETWEEN);
  const isWanted = pieces.map((piece, i) => i % 2 === 1 && wanted.has(stemOf(piece)));
  if ([...wanted].some((stem) => /^step\d$/.test(stem))) {
    for (let i = 1; i + 2 < pieces.length; i += 2) {
      if (wanted.has(stemOf(pieces.slice(i, i + 3).join("")))) isWanted.fill(true, i, i + 3);
    }
  }
  return pieces.map((piece, i) => [piece, isWanted[i]]).filter(([piece]) => piece);
}

// The sentence that holds most of the words, and the next where that is short.
function excerpt(said, slots, wanted) {
  const sentences = said.split("\n").flatMap((block) => block.split(END)).filter((sentence) => /\p{L}/u.test(sentence));
  let best = 0, most = -1;
  sentences.forEach((sentence, i) => {
    const found = worth({ inTitle: none, inText: stemsIn(sentence) }, slots);
    if (found > most) [best, most] = [i, found];
  });
  let text = sentences[best] ?? "";
  if (text.length < SHORT && sentences[best + 1] && text.length + sentences[best + 1].length < LONGEST) text += ` ${sentences[best + 1]}`;
  if (text.length > LONGEST) text = `${around(text, wanted)}`;
  return mark(text, wanted);
}

// Of a long sentence the part around the first marked word, cut between words.
function around(text, wanted) {
  const first = Math.max(0, mark(text, wanted).reduce(({ at, found }, [piece, isMarked]) => ({ at: at + piece.length, found: found < 0 && isMarked ? at : found }), { at: 0, found: -1 }).found);
  const from = first < LONGEST * 0.7 ? 0 : text.indexOf(" ", first - LONGEST / 2) + 1;
  const until = text.length - from <= LONGEST ? text.length : text.lastIndexOf(" ", from + LONGEST);
  return `${from ? "… " : ""}${text.slice(from, until)}${until < text.length ? " …" : ""}`;
}
