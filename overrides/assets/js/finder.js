// Finds pages. A query is read word by word (`slots`); Pagefind says which records hold each stem; of the most promising
// the texts are fetched, and what readers would look for in them (titles, questions, headings, `data/search.LANG.yml`) is held against
// the whole query. How all this is weighed stands in RANKING alone; `make search-report` says how well it does.
import { vocabularyOf } from "./known.js";
import { stem } from "./stem.da.js"; // or stem.en.js: `outputs/assets.py` puts these files together, by language
import { fold, reader } from "./words.js";

const HELP = "qhelp"; // the word of the help page, which stands in every index
const NAMES = new Set(["title", "term", "other"]); // what says what a page is about
const MOST_LETTERS = 300;
const MOST_WORDS = 12;
const MOST_MEANT = 8; // of them, each in a file of its own: the longest, but for those that say little
export const RANKING = {
  place: { "0za": 1, "0z9": 0.999, "0z8": 0.998, "0z5": 0.75, "0z3": 0.5, "": 0.3 }, // of a word: alone in a title or what readers type; in a title; in what they type, which many pages of a large site say; a question, heading or concept; a term or source; the text
  form: { typed: 1, joined: 0.9, same: 0.65, begun: 0.8, corrected: 0.75, part: 0.45, whole: 0.85 }, // of what stands in for a word
  asked: { title: 1, search: 1, question: 0.95, heading: 0.7, term: 0.85, other: 0.85 }, // of a text against the query
  kind: { article: 1, topic: 0.85, page: 0.85, help: 0.95, selfcheck: 0.95, glossary: 0.7, sources: 0.7, articles: 0.7, faq: 0.7, booklet: 0.7, term: 0.72, source: 0.6 },
  after: 0.95, // of an article's second concept beside its first, of its third beside its second …
  whole: 0.6, // of a text that says what the query says and nothing else, beside one that says more
  wholly: 0.4, // the same of what readers type, of which a single word may be about anything
  often: 20, // records in which such a word stands, or it counts as if
  light: 0.4, // weight of a word that says little of what is looked for, beside that of others
  aside: 0.5, // weight of a word that stands in no title, question or the like, where two others do
  function: 0.35, // weight of a function word beside that of others
  exact: 0.95, // of what readers type, from which on a page of any kind is worth as much as an article
  phrase: 0.2, // of a text of function words alone that the query says: »hvad skal jeg have med«
  held: 0.7, // worth of where the words stand in the record, beside the best text
  enough: 0.35, // what is worth less than this is no answer;
  apart: 0.4, // or than this, where two words say what it is about, which may stand in no text together;
  sure: 0.55, // and less than this, where a word of the query stands nowhere,
  partly: 0.4, // or than this, where two others say what it is about, or the word stands in running text;
  loose: 0.7, // or than this, where it is something readers type of which no more than `half` is said;
  half: 0.34,
  little: 0.33, // or than `sure`, where its best text says less than this of the query;
  said: 0.55, // of the query: what a text says at least, or is no answer, in a page that is about none of its words
  page: 0.7, // and holds less than this of it;
  nearly: 0.75, // or less than this, where a word that it lacks was guessed or stands nowhere,
  full: 0.8, // or where it is not said itself but for a rest, and is worth less than
  firm: 0.6, // this;
  carried: 0.6, // or whatever it says, where no more than this of it is said, in words that hardly any page has;
  plain: 0.3, // or than this, where a page is about a word of the query, and a text says no more than the query does;
  broad: 0.55, // or than this, where no word says what it is about, and it is not one that is known;
  rest: 0.8, // unless, but for words that stand nowhere or in running text alone, a text says so much of it and nothing else,
  alone: 0.6, // and would be worth this if the others were not typed
  words: 6, // of a query that is a sentence: if nothing answers it, the likeliest page is shown
  sentence: 0.65, // of which a text is so much said, in two words or more
  rare: 4, // records that hold the one word of a query, and are answers wherever it stands
  near: 0.4, // what is worth less than this part of the best is left out
  more: 0.01, // for the order alone: of each further text of a page, up to five, that is at least half as much like the query
  literal: 0.02, // the same of words that the best text writes as the query does: of those about »satire« and about »Satir«
  together: 1, // for the order in which records are looked at alone: of the words of a query that stand in one text
  paired: 5, // of them, the weightiest,
  crowd: 0.5, // if more records are worth this part of the best than are looked at
  looked: 10, // records that are looked at,
  most: 12, // and more that promise as much as the last of them
};

let index, lists, places, words, folder, lang;
const signs = new Map(); // of stems that stand in the index beside others of their group
const stemmed = new Map();
export function stemOf(word) {
  if (!stemmed.has(word)) stemmed.set(word, words.stem(words.read(word)[0]?.word ?? ""));
  return stemmed.get(word);
}

const texts = new Map();

export async function open(at, tries = 0) {
  folder = new URL(at, location.href);
  lang = import.meta.url.match(/finder\.([^/]+)\.js/)[1]; // a browser that translates the page changes what that says
  ahead("wasm.unknown.pagefind");
  const [pagefind] = await Promise.all([import(new URL(`pagefind.js#${tries}`, folder)), learn()]);
  index = pagefind;
  await index.options({ noWorker: true }); // it would be as much to fetch again
  await index.init();
}

// Pagefind's program and its list of files, for which it asks one after the other, once it has come itself.
function ahead(name) {
  const { href } = new URL(name, folder);
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));
}

// Pagefind says nothing of an index that is not there; where it is, it holds the help page.
async function check() {
  if (!(await holders(HELP)).size) throw new Error("the index is not there, or of another version");
}

// How queries are read: all that is needed to compare them with a text that is there already.
async function learn() {
  const read = await packed(`lists.${lang}.gz`);
  ahead(read.meta);
  lists = { ...read, skip: new Set(read.skip.map((word) => word.replace(/['’]/g, ""))) };
  words = reader(lists, stem);
  lists.same = lists.same.map((group) => group.split(" ").map((one) => words.stems(one)));
  for (const name of ["light", "broad"]) lists[name] = new Set(lists[name].map(words.stem));
  lists.common = new Set(lists.common.split(" "));
  places = new Map(lists.first.map((id, place) => [id, place]));
  lists.same.forEach((group, place) => {
    const sign = lists.alike + [676, 26, 1].map((power) => String.fromCharCode(97 + (Math.floor(place / power) % 26))).join("");
    for (const stems of group) if (stems.length === 1 && !signs.has(stems[0])) signs.set(stems[0], sign);
  });
}

async function packed(name, priority = "auto") {
  const answer = await fetch(new URL(name, folder), { priority });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

// What `make` gives for a key, made once; after a failure once more.
function once(made, key, make) {
  if (!made.has(key)) made.set(key, make(key).catch((error) => { made.delete(key); throw error; }));
  return made.get(key);
}

// Ids of the records that hold a stem, with the best place in which it stands there.
const asked = new Map(), held = new Map();
async function holders(stem) {
  held.set(stem, await once(asked, stem, look));
  return held.get(stem);
}

async function look(stem) {
  const found = new Map(), places = Object.entries(RANKING.place);
  const written = (place) => `"${signs.get(stem) ?? ""}${stem}${place}"`;
  await Promise.all([places[0], places.at(-1)].map(([place]) => index.preload(written(place)))); // They may stand in two files.
  for (const [place, worth] of places) for (const { id } of (await index.search(written(place))).results) found.set(id, worth);
  return found;
}

// Pages, best first, as { score, text, best, likeness }, and the slots of the query. To a query that sounds like need
// the page with the numbers is the first answer, and of the others those alone that are surely one.
// Of a query that `isOver`, because more has been typed, no text and no known words are fetched: they would stand in the
// way of what is.
export async function find(query, topic = "", { exactly = false, isNeed = false, isOver = () => false } = {}) {
  const found = await answers(query, topic, exactly, isOver);
  if (!isNeed) return found;
  const [id] = (await holders(HELP)).keys();
  const others = found.results.filter(({ score, text }) => score >= RANKING.sure && text.kind !== "help");
  return { ...found, results: id ? [await helping(id, found), ...others] : others };
}

// Of records that are worth the same: first the page to which most others lead.
const order = (one, other) => (places.get(one) ?? places.size) - (places.get(other) ?? places.size) || (one < other ? -1 : 1);

async function helping(id, { results, slots }) {
  const text = await textOf(id);
  const found = results.find((one) => one.text === text) ?? judged(text, 0, slots, slots.reduce((sum, { weight }) => sum + weight, 0) || 1, new Set());
  return { ...found, toNeed: true };
}

async function answers(query, topic, exactly, isOver) {
  const text = query.slice(0, MOST_LETTERS);
  const slots = await slotsOf(text, exactly, isOver);
  const known = slots.filter(({ forms }) => forms.size);
  const within = topic && (await holders(`qx${words.read(topic).map(({ word }) => word).join("").replace(/[^a-z]/g, "")}`));
  if (!known.length) await check();
  if (!known.length) return { results: [], slots };
  const own = slots.filter(isOwn).length;
  if (own > 1) for (const slot of slots) if (!isStrong(slot)) slot.weight *= RANKING.aside;
  const whole = slots.reduce((sum, { weight }) => sum + weight, 0);
  const promising = new Map();
  for (const { weight, best } of known) {
    for (const [id, worth] of best) {
      if (!within || within.has(id)) promising.set(id, (promising.get(id) ?? 0) + (weight * worth) / whole);
    }
  }
  const functions = new Set(words.read(text).filter(({ typed }) => lists.skip.has(typed)).map(({ word }) => words.stem(word)));
  const byPromise = (one, other) => other[2] - one[2] || order(one[0], other[0]);
  let sorted = [...promising].map(([id, worth]) => [id, worth, worth]).sort(byPromise);
  if (!isOver() && sorted.length > RANKING.most && sorted[RANKING.most][1] >= sorted[0][1] * RANKING.crowd) {
    const together = await saidTogether(known, functions);
    sorted = sorted.map(([id, worth]) => [id, worth, worth + (RANKING.together * (together.get(id) ?? 0)) / whole]).sort(byPromise);
  }
  const last = sorted[RANKING.looked - 1]?.[2] ?? 0;
  const looked = sorted.filter(([, , promise], i) => i < RANKING.looked || (i < RANKING.most && promise === last));
  if (isOver()) return { results: [], slots };
  const results = await Promise.all(looked.map(async ([id, worth]) => judged(await textOf(id), worth, slots, whole, functions)));
  results.sort((a, b) => b.score + b.more - a.score - a.more || order(a.text.id, b.text.id));
  const near = Math.max(0, ...results.map(({ score }) => score)) * RANKING.near;
  const rest = whole / strong(slots);
  const isOnly = slots.length === 1 && slots[0].how === "typed" && slots[0].best.size <= RANKING.rare && !lists.broad.has(slots[0].stem);
  const vague = slots.filter((slot) => !isTold(slot) && !lists.light.has(slot.stem));
  const unsure = own > 1 || vague.every(({ forms }) => forms.size) ? RANKING.partly : RANKING.sure;
  const isKnown = slots.every((slot) => isTold(slot) && !slot.parts?.length);
  const least = own || (isKnown && slots.length === 1) ? (vague.length ? unsure : own > 1 ? RANKING.apart : RANKING.enough) : RANKING.broad;
  const isMostlyTold = own && own >= vague.length; // »knee surgery recovery« is not about recovery
  const isAnswer = ({ score, isRest, isLoose, isLittle, isBeside, isPlain }) => !isBeside && (isOnly || score >= Math.max(isPlain ? Math.min(least, RANKING.plain) : least, isLoose ? RANKING.loose : 0, isLittle ? RANKING.sure : 0) || (isRest && isMostlyTold && score * rest >= RANKING.alone));
  const sure = results.filter((one) => one.score >= near && isAnswer(one));
  // Of a whole sentence the likeliest page, whatever else it tells: »kassedame glemmer koder og sover ikke«.
  const isLikely = ({ best }) => best.only >= RANKING.sentence && [...best.met.keys()].some(isOwn) && [...best.met.values()].filter((worth) => worth >= RANKING.form.begun).length > 1;
  const likely = sure.length || words.read(text).length < RANKING.words ? [] : results.filter(isLikely).slice(0, 1);
  return { results: [...sure, ...likely], slots, all: results };
}

// How much of the query stands together in one text of a record, as a weight by id; of a single word, beside which function words.
async function saidTogether(known, functions) {
  const found = new Map();
  const heaviest = [...known].sort((a, b) => b.weight - a.weight).slice(0, RANKING.paired)
    .map(({ forms, weight }) => ({ weight, keys: [...new Set([...forms.keys()].map((stem) => signs.get(stem) ?? stem))].slice(0, 2) }));
  if (heaviest.length === 1) heaviest.push(...[...functions].slice(0, RANKING.paired).map((stem) => ({ weight: 0, keys: [stem] })));
  await Promise.all(heaviest.flatMap((one, i) => heaviest.slice(0, i).map(async (other) => {
    const weight = (one.weight + other.weight) / (heaviest.length - 1);
    const pairs = weight ? one.keys.flatMap((a) => other.keys.filter((b) => b !== a).map((b) => [a, b].sort().join("0y"))) : [];
    const held = await Promise.all(pairs.map((pair) => index.search(`"${pair}"`)));
    for (const id of new Set(held.flatMap(({ results }) => results.map(({ id }) => id)))) found.set(id, (found.get(id) ?? 0) + weight);
  })));
  return found;
}

// The stems that are marked in what is found, and the weight of all words that are known.
export const marks = (slots) => new Set(slots.flatMap(({ forms }) => [...forms.keys()]));
const isAbove = (least) => ({ forms }) => [...forms.keys()].some((stem) => [...held.get(stem).values()].some((place) => place > least));
const isStrong = isAbove(RANKING.place["0z3"]);
const isTold = isAbove(RANKING.place[""]);
const strong = (slots) => telling(slots.filter(isStrong)) || telling(slots);
const isOwn = (slot) => isStrong(slot) && !lists.light.has(slot.stem) && !(slot.parts?.length ? slot.parts : [slot.stem]).every((stem) => lists.broad.has(stem));
export const telling = (slots) => slots.reduce((sum, { weight, forms }) => sum + (forms.size ? weight : 0), 0);

// --- The query ---------------------------------------------------------------------------

// The words worth looking for, as slots: { typed, forms: stem → worth, weight, best: record → worth, how, instead }.
async function slotsOf(text, exactly, isOver) {
  const all = words.read(text);
  const telling = all.filter(({ typed, word }) => !lists.skip.has(typed) && (word.length > 1 || /\d/.test(word)));
  const meant = (telling.length ? telling : all.filter(({ word }) => word.length > 1)).slice(0, MOST_WORDS);
  const seen = new Set();
  const different = meant.filter(({ word }) => !seen.has(word) && seen.add(word));
  const isLight = ({ word }) => lists.light.has(words.stem(word));
  const first = new Set([...different].sort((a, b) => isLight(a) - isLight(b) || b.word.length - a.word.length).slice(0, MOST_MEANT));
  const once = different.filter((word) => first.has(word));
  const slots = (await Promise.all(once.map((one) => slot(one, !exactly && one === all.at(-1) && (all.length < 2 || one.word.length > 3) && !/\s$/.test(text), exactly, isOver)))).flat();
  await join(all, slots);
  await phrase(all, slots);
  for (const one of slots) weigh(one);
  return slots;
}

async function slot({ typed, word, apart }, isLast, exactly, isOver) {
  const stem = words.stem(word);
  const forms = new Map();
  const add = async (other, how) => {
    const found = await holders(other);
    if (found.size && !forms.has(other)) forms.set(other, RANKING.form[how]);
    return found.size > 0;
  };
  let how = (await add(stem, "typed")) ? "typed" : "";
  for (const other of alike([stem])) if (other !== stem && (await add(other, "same"))) how ||= "same";
  if (how) return one({ typed, stem, forms, how });
  if (apart) return (await Promise.all(apart.map((part) => slot(part, false, exactly, isOver)))).flat();
  if (exactly || /\d/.test(word) || word.length < 3 || isOver()) return one({ typed, stem, forms, how });
  const vocabulary = await vocabularyFor(word, isLast);
  for (const [instead, way] of vocabulary.meant(word, isLast)) if (await add(instead.stem, way)) return one({ typed, stem, forms, how: way, instead: await endings(instead, way, word, forms, vocabulary) });
  const parts = vocabulary.split(word).map(words.stem);
  for (const part of parts) if (await add(part, "part")) how = "part";
  return one({ typed, stem, forms, how, parts });
}
const one = (slot) => [slot];

// The words that mean the same as these, which stand together.
const isLike = (some, others) => some.length === others.length && some.every((stem, i) => stem === others[i]);
const alike = (stems) => new Set(lists.same.filter((group) => group.some((one) => isLike(one, stems))).flat().filter((one) => one.length === 1).flat());

// Words that mean something else together: »sige op«. What they say one by one weighs less then.
async function phrase(all, slots) {
  for (let i = 0; i + 1 < all.length && i < MOST_WORDS; i += 1) {
    const [one, two, three] = all.slice(i, i + 3);
    const apart = three && lists.skip.has(two.typed) ? [[one, three]] : []; // »klappede jeg sammen«
    for (const some of [...(three ? [[one, two, three]] : []), [one, two], ...apart]) {
      const others = [...alike(some.map(({ word }) => words.stem(word)))];
      const found = await Promise.all(others.map(holders));
      const forms = new Map(others.filter((_, i) => found[i].size).map((stem) => [stem, RANKING.form.joined]));
      if (!forms.size) continue;
      for (const slot of slots) if (some.some(({ typed }) => typed === slot.typed)) slot.isPart = true;
      slots.push({ typed: some.map(({ typed }) => typed).join(" "), stem: "", said: some.map(({ word }) => words.stem(word)), forms, how: "same" });
      break;
    }
  }
}

// Of a word that is begun: more ways to end it. What stands instead is told as it is written.
async function endings(instead, way, word, forms, vocabulary) {
  if (way === "begun") for (const more of vocabulary.begun(word).slice(1, 5)) if ((await holders(words.stem(more.folded))).size) forms.set(words.stem(more.folded), RANKING.form.begun);
  return instead.word;
}

// Neighbours that are one word: »over heated«; in a sentence only where both say something, or it would fetch much for little.
async function join(all, slots) {
  for (let i = 0; i + 1 < all.length && i < MOST_WORDS; i += 1) {
    const isSaying = [all[i], all[i + 1]].filter(({ typed }) => !lists.skip.has(typed)).length;
    if (all[i].word.length + all[i + 1].word.length < 6 || isSaying < (all.length < RANKING.words ? 1 : 2)) continue;
    const stems = ["", ...lists.links].map((link) => words.stem(all[i].word + link + all[i + 1].word));
    const found = await Promise.all(stems.map(holders));
    const stem = stems.find((_, i) => found[i].size);
    if (!stem) continue;
    const parts = slots.filter(({ typed }) => typed === all[i].typed || typed === all[i + 1].typed);
    for (const part of parts) part.forms.set(stem, Math.max(part.forms.get(stem) ?? 0, RANKING.form.joined));
    for (const part of parts) part.how ||= "joined";
    if (!parts.length) slots.push({ typed: `${all[i].typed} ${all[i + 1].typed}`, stem, forms: new Map([[stem, RANKING.form.joined]]), how: "joined" });
  }
}

// How much a word tells: the fewer records hold it, the more; one that none holds, most; one that says little anywhere, less.
function weigh(slot) {
  slot.best = new Map();
  for (const [stem, worth] of slot.forms) {
    for (const [id, place] of held.get(stem)) slot.best.set(id, Math.max(slot.best.get(id) ?? 0, worth * place));
  }
  for (const [id] of slot.parts?.length ? slot.best : []) { // all parts of a compound in one record
    const places = slot.parts.map((part) => held.get(part)?.get(id) ?? 0);
    slot.best.set(id, Math.max(slot.best.get(id), Math.min(...places) * RANKING.form.whole));
  }
  const isLight = slot.isPart || lists.light.has(slot.stem) || /^\d+$/.test(slot.stem);
  const isOften = isLight || lists.common.has(slot.stem);
  slot.weight = Math.log(1 + lists.entries / (1 + (isOften ? Math.max(slot.best.size, RANKING.often) : slot.best.size))) * (isLight ? RANKING.light : 1);
}

// Known words for one that is not: the most frequent; unless one of them ends it, those that begin like it too, and like
// what may be its last part.
const vocabularies = new Map(), letters = new Map();
async function vocabularyFor(word, isLast) {
  let known = await vocabularyWith(isLast ? "" : word[0]);
  for (const more of [() => "", () => known.rests(word).map((rest) => rest[0]).join("")]) {
    if (isLast && known.begun(word).length) break;
    known = await vocabularyWith(word[0] + more());
  }
  return known;
}

function vocabularyWith(firsts) {
  const rare = [...new Set(firsts)].filter((letter) => lists.rare.includes(letter)).sort();
  return once(vocabularies, rare.join(""), async () => {
    const [known, ...more] = await Promise.all(["", ...rare].map((letter) => once(letters, letter, learnWords)));
    return vocabularyOf({ ...known, words: [known, ...more].flatMap(({ words }) => words) }, lists.links, fold, words.stem);
  });
}

async function learnWords(letter) {
  const known = await packed(`words.${[lang, ...letter].join(".")}.gz`);
  let before = ""; // a word is written without what it begins with like the one before it
  const all = ((known.words ?? known).match(/\d\D*/g) ?? []).map((one) => (before = before.slice(0, one[0]) + one.slice(1)));
  return { right: known.right, words: all };
}

// --- The texts ---------------------------------------------------------------------------

// Behind all that tells which records these are: of a query to which more is typed some may be on their way.
const textOf = (id) => once(texts, id, async () => ({ id, ...prepared(await packed(`asked/${id}.gz`, "low")) }));

// The texts of a page's sections, which only what is shown needs.
const said = new Map();
export const saidIn = ({ id, sections }) => (sections.length ? once(said, id, () => packed(`text/${id}.gz`)) : []);

// What readers would look for in a page, as { stems, all, worth, kind, section, said }.
function prepared(data) {
  const asked = [];
  const add = (said, kind, section = "", worth = RANKING.asked[kind]) => {
    const read = words.read(said);
    const all = new Set(read.map(({ word }) => words.stem(word)));
    const telling = new Set(read.filter(({ typed }) => !lists.skip.has(typed)).map(({ word }) => words.stem(word)));
    const stems = telling.size ? telling : all;
    const written = new Set(read.map(({ typed }) => typed));
    if (all.size) asked.push({ stems, size: sizeOf(stems), all, written, worth, kind, section, said });
  };
  add(data.title, "title");
  add(data.title.split(/[:?,]\s/)[0], "title");
  for (const [said, kind, section, place] of data.asked) {
    if (kind === "other" && /[:?,]\s/.test(said)) add(said.split(/[:?,]\s/)[0], "other", "", RANKING.asked.title * RANKING.after);
    add(said, kind, section, RANKING.asked[section ? "question" : kind] * RANKING.after ** place);
  }
  for (const [id, title, isQuestion] of data.sections) if (title) add(title, isQuestion ? "question" : "heading", id);
  return { ...data, asked };
}

const sizeOf = (stems) => [...stems].reduce((size, stem) => size + (lists.light.has(stem) ? RANKING.light : 1), 0);

// How well a page answers: the text in it that is most like the query, and how much of the query it holds at all.
function judged(text, held, slots, whole, functions) {
  let best = null;
  let isRest = false;
  const likeness = new Map();
  const all = [];
  const rest = strong(slots) * RANKING.rest;
  const isMore = slots.filter(isOwn).length > 1;
  for (const one of text.asked) {
    const { likely, said, only, met } = like(one, slots, whole, functions, one.kind === "search" ? RANKING.wholly : RANKING.whole);
    const found = likely * one.worth;
    isRest ||= only === 1 && said >= rest && (one.kind !== "search" || isMore);
    all.push(found);
    if (found > (likeness.get(one.section) ?? 0)) likeness.set(one.section, found);
    const literal = found ? RANKING.literal * (telling(slots.filter(({ typed }) => one.written.has(typed))) / whole) : 0;
    if (!best || found + literal > best.found + best.literal) best = { ...one, found, literal, only, met, part: said / whole };
  }
  const phrase = Math.max(0, ...text.asked.map(({ stems, all }) => (stems === all && all.size > 3 && [...all].every((stem) => functions.has(stem)) ? all.size / functions.size : 0)));
  const isSaid = best.kind === "search" && best.found >= RANKING.exact;
  const kind = isSaid ? 1 : (RANKING.kind[text.kind] ?? 0.85);
  const more = kind * RANKING.more * Math.min(5, all.filter((found) => found && found >= best.found / 2).length - 1) + best.literal;
  const score = ((best.found + RANKING.held * Math.max(held, isSaid ? best.found : 0)) / (1 + RANKING.held) + RANKING.phrase * phrase) * kind;
  const isLoose = best.kind === "search" && best.only <= RANKING.half;
  const isAbout = slots.some((slot) => isOwn(slot) && text.asked.some(({ kind, stems }) => NAMES.has(kind) && [...slot.forms.keys()].some((stem) => stems.has(stem))));
  const unsaid = slots.filter((slot) => !best.met.has(slot) && !slot.isPart && !lists.light.has(slot.stem));
  const lacking = unsaid.filter((slot) => isOwn(slot) || !isTold(slot));
  const isGuessed = best.met.size && lacking.some(({ how, parts }) => parts?.length || how === "corrected");
  const own = [...best.met.keys()].filter(isOwn);
  const isGone = lacking.some((slot) => !slot.forms.size || (!slot.best.has(text.id) && own.length < 2));
  const isVague = text.kind !== "help" && unsaid.length && best.only < RANKING.full && score < RANKING.firm;
  const isCarried = unsaid.length && best.only < RANKING.carried && own.every((slot) => slot.best.size <= RANKING.rare);
  const isElsewhere = best.part < RANKING.said && telling(slots.filter((slot) => slot.best?.has(text.id))) < RANKING.page * whole;
  const isBeside = !isAbout && (isElsewhere || isCarried || (best.part < RANKING.nearly && (isGuessed || isGone || isVague)));
  const isLittle = best.part < RANKING.little;
  return { score, isBeside, isPlain: isAbout && best.only === 1 && !isLittle, more: Math.max(0, more), held, text, best, likeness, isRest, isLoose, isLittle };
}

// How much of the query a text says, and how little else.
function like({ stems, size, all }, slots, whole, functions, least) {
  let said = 0;
  const hit = new Set(), met = new Map();
  for (const slot of slots) {
    const { forms, weight, parts, said: together } = slot;
    let worth = parts?.length && parts.every((part) => stems.has(part)) ? RANKING.form.whole : 0;
    if (together?.every((stem) => all.has(stem))) worth = 1;
    for (const [stem, form] of forms) {
      if (!stems.has(stem)) continue;
      worth = Math.max(worth, form);
      hit.add(stem);
    }
    if (worth > RANKING.form.part) met.set(slot, worth);
    said += weight * worth;
  }
  if (!said) return { likely: 0, said, only: 0, met };
  const only = sizeOf(hit) / size;
  let common = 0;
  let others = 0;
  for (const stem of all) {
    if (stems.has(stem)) continue;
    if (functions.has(stem)) common += 1;
    else others += 1;
  }
  const extra = functions.size ? common / functions.size : 1;
  const { function: weight } = RANKING;
  return { likely: ((said / whole) * (least + (1 - least) * only + weight * (extra - others / all.size))) / (1 + weight), said, only, met };
}
