// Known words: what a word may mean that no page holds. One that is begun is ended; one that is misspelt is corrected, towards
// words that readers could mean, the nearest and most frequent first; a compound is split into two that are known.
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]; // æ, ø and å are e, o and a here, and stand for themselves
const SHORTEST = 4; // letters of a word that is corrected
const SURE = 10; // and of one with letters in another order, though it seems to be right
const BEGUN = 3; // letters from which on a beginning is ended
const HEAD = 3, TAIL = 4; // shortest parts of a compound
const LONG_HEAD = 5; // of a first part that stands for the whole

const place = new Map(KEYS.flatMap((row, y) => [...row].map((key, x) => [key, [x + y / 2, y]])));
function areNeighbours(a, b) {
  const [one, two] = [place.get(a), place.get(b)];
  return Boolean(one && two) && Math.hypot(one[0] - two[0], one[1] - two[1]) < 1.5;
}

// `words`: known words, the most frequent first; `right`: the filter of words that are right although no page holds them.
// `links`: what joins the parts of compounds; where a language does not write them as one word, both parts are longer.
export function vocabularyOf({ words, right: filter }, links, fold, stem) {
  const right = bloom(filter);
  const [head, tail, joints] = links.length ? [HEAD, TAIL, links] : [TAIL, TAIL, [""]];
  const all = words.map((word) => ({ word, folded: fold(word) })).map((one) => ({ ...one, stem: stem(one.folded) }));
  const rank = new Map(all.map((one, i) => [one.stem, i]).reverse());

  const begun = (word) => (word.length < BEGUN ? [] : all.filter(({ folded }) => folded.startsWith(word)));

  // One that stands for a misspelt word: of the nearest the most frequent.
  const mostOf = ({ length }) => (length < 7 ? 1 : length < 12 ? 2 : 3);
  function corrected(word, limit = mostOf(word)) {
    const isRight = right(word);
    if (word.length < (isRight ? SURE : SHORTEST)) return [];
    if (isRight) limit = 1;
    const root = stem(word);
    let best = null;
    let least = limit;
    for (const one of all) {
      if (one.folded.length < SHORTEST || Math.abs(one.folded.length - word.length) > limit + 3 || !mayBe(word, one.folded)) continue;
      const most = Math.max(0, Math.min(Math.floor(least), mostOf(root) - 1)); // of their stems, one less
      const apart = root.length < SHORTEST || one.stem.length < SHORTEST ? 9 : edits(root, one.stem, most);
      const distance = Math.min(edits(word, one.folded, least), apart > most ? 9 : apart + 0.5);
      if (distance > least) continue;
      const likely = slip(word, one.folded);
      if (isRight && likely !== 1) continue; // the filter takes one in three hundred misspelt words for right
      if (distance < least || !best || likely < best.likely) best = { ...one, likely };
      least = distance;
    }
    return best ? [best] : [];
  }

  // Words begin alike, but for two keys that lie side by side or were struck in the wrong order, or a first letter that is not
  // heard (»sykolog«). Of a short word no letter is another, or it would be another word.
  function mayBe(word, meant) {
    if (word[0] !== meant[0]) {
      const isSwapped = word[0] === meant[1] && word[1] === meant[0];
      const isDumb = word.length > 5 && meant.startsWith(word.slice(0, 4), 1);
      const isBeside = word.length > 5 && word[1] === meant[1] && word[2] === meant[2] && areNeighbours(word[0], meant[0]);
      if (!isSwapped && !isDumb && !isBeside) return false;
    }
    return word.length > SHORTEST || word.length !== meant.length || [...word].sort().join() === [...meant].sort().join();
  }

  function split(word) {
    let best = [];
    let least = Infinity;
    for (let i = head; i <= word.length - tail; i += 1) {
      for (const link of joints) {
        const rest = word.slice(i);
        if (!rest.startsWith(link) || rest.length - link.length < tail) continue;
        const parts = [word.slice(0, i), rest.slice(link.length)];
        const worst = Math.max(...parts.map((part) => rank.get(stem(part)) ?? Infinity));
        if (worst < least) [best, least] = [parts, worst];
      }
    }
    return best;
  }

  // What may be the last part of a compound: what is left behind a word that is known.
  function rests(word) {
    const found = [];
    for (let i = head; i <= word.length - tail; i += 1) {
      if (rank.has(stem(word.slice(0, i)))) for (const link of joints) if (word.startsWith(link, i) && word.length - i - link.length >= tail) found.push(word.slice(i + link.length));
    }
    return found;
  }

  // Of a compound whose last part no page holds, the first: a long one, or one before a right word.
  function headed(word) {
    if (!links.length) return [];
    for (let i = word.length - tail; i >= tail; i -= 1) {
      const isLong = i >= Math.max(LONG_HEAD, word.length * 0.4);
      const found = (isLong || right(word.slice(i))) && all.find(({ folded }) => folded === word.slice(0, i));
      if (found) return [found];
    }
    return [];
  }

  const meant = (word, isLast) => {
    const ends = isLast && !right(word) ? begun(word).slice(0, 1).map((one) => [one, "begun"]) : [];
    if (ends.length) return ends;
    const near = corrected(word, 1);
    const found = near.length || split(word).length ? near : corrected(word);
    return (found.length || split(word).length ? found : headed(word)).map((one) => [one, "corrected"]);
  };
  return { meant, begun, split, rests };
}

// How unlikely a slip is: a letter doubled or not, letters in another order, one too many or few, another.
function slip(word, meant) {
  const once = (text) => text.replace(/(.)\1/g, "$1");
  if (once(word) === once(meant)) return 0;
  if ([...word].sort().join() === [...meant].sort().join()) return 1;
  return word.length === meant.length ? 3 : 2;
}

// A Bloom filter, as hooks/knowledge/outputs/search/right.py makes it.
export function bloom(filter) {
  const bytes = Uint8Array.from(atob(filter), (char) => char.charCodeAt(0));
  const size = bytes.length * 8;
  return (word) => {
    const [first, step] = [fnv(word), fnv([...word].reverse().join("")) | 1].map((value) => value >>> 0);
    for (let i = 0; i < 7; i += 1) {
      const place = (first + i * step) % size;
      if (!(bytes[place >> 3] & (1 << place % 8))) return false;
    }
    return true;
  };
}

function fnv(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

// Optimal string alignment distance (insert, delete, change, swap neighbours), or more than `most`.
export function edits(a, b, most) {
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
