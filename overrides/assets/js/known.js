// Known words: what a word may mean that no page holds. One that is begun is ended; one that is misspelt is corrected, towards
// words that readers could mean, the nearest and most frequent first; a compound is split into two that are known.
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]; // æ, ø and å are e, o and a here, and stand for themselves
const SHORTEST = 4; // letters of a word that is corrected
const BEGUN = 3; // letters from which on a beginning is ended
const HEAD = 3, TAIL = 4; // shortest parts of a compound
const LINKS = ["", "s", "e"];

const place = new Map(KEYS.flatMap((row, y) => [...row].map((key, x) => [key, [x + y / 2, y]])));
function areNeighbours(a, b) {
  const [one, two] = [place.get(a), place.get(b)];
  return Boolean(one && two) && Math.hypot(one[0] - two[0], one[1] - two[1]) < 1.5;
}

// `words`: known words, the most frequent first; `right`: whether a word is right although no page holds it.
export function vocabulary(words, fold, stem, right) {
  const all = words.map((word) => ({ word, folded: fold(word) })).map((one) => ({ ...one, stem: stem(one.folded) }));
  const rank = new Map(all.map((one, i) => [one.stem, i]).reverse());

  const begun = (word) => (word.length < BEGUN ? [] : all.filter(({ folded }) => folded.startsWith(word)));

  // One that stands for a misspelt word: of the nearest the most frequent.
  function corrected(word) {
    if (word.length < SHORTEST || right(word)) return [];
    const root = stem(word);
    const most = word.length < 7 ? 1 : word.length < 12 ? 2 : 3;
    let best = null;
    let least = most;
    for (const one of all) {
      if (one.folded.length < SHORTEST || Math.abs(one.folded.length - word.length) > most + 3) continue;
      const distance = Math.min(edits(word, one.folded, least), root.length < SHORTEST || one.stem.length < SHORTEST ? 9 : edits(root, one.stem, least) + 0.5);
      if (distance < least || (distance === least && !best)) {
        if (!mayBe(word, one.folded)) continue;
        [best, least] = [one, distance];
      }
    }
    return best ? [best] : [];
  }

  // Words begin alike, but for two keys that lie side by side or were struck in the wrong order. Of a short word no letter is
  // another, or it would be another word.
  function mayBe(word, meant) {
    const swapped = word[0] === meant[1] && word[1] === meant[0];
    if (word[0] !== meant[0] && !swapped && !(word.length > 5 && areNeighbours(word[0], meant[0]) && word.slice(1, 3) === meant.slice(1, 3))) return false;
    return word.length > SHORTEST || word.length !== meant.length || [...word].sort().join() === [...meant].sort().join();
  }

  function split(word) {
    let best = [];
    let least = Infinity;
    for (let i = HEAD; i <= word.length - TAIL; i += 1) {
      for (const link of LINKS) {
        const rest = word.slice(i);
        if (!rest.startsWith(link) || rest.length - link.length < TAIL) continue;
        const parts = [word.slice(0, i), rest.slice(link.length)];
        const worst = Math.max(...parts.map((part) => rank.get(stem(part)) ?? Infinity));
        if (worst < least) [best, least] = [parts, worst];
      }
    }
    return best;
  }

  const meant = (word, isLast) => {
    const ends = isLast && !right(word) ? begun(word).slice(0, 1).map((one) => [one, "begun"]) : [];
    return ends.length ? ends : split(word).length ? [] : corrected(word).map((one) => [one, "corrected"]);
  };
  return { meant, begun, split };
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
