// Words of a query, read as the build reads words of texts (hooks/knowledge/outputs/search/words.py).
const PAIRS = [["ae", "e"], ["oe", "o"], ["aa", "a"]];

export function fold(text) {
  let folded = text.normalize("NFKC").toLowerCase().replace(/['’‘`´ʼ]/g, "").replace(/[æä]/g, "e").replace(/[øö]/g, "o").replaceAll("å", "a").replaceAll("ß", "ss");
  for (const [pair, letter] of PAIRS) folded = folded.replaceAll(pair, letter);
  return folded.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

const DOT = /(?<![\p{L}\p{N}_])([1-5])\.(?=\s?\p{L})/gu; // »4. trin«
const WORD = /[\p{L}\p{N}]+|%/gu;

// `lists` says what the build says: numbers, and words for a step.
export function reader({ numbers, ordinals, cardinals, steps }, stemmer) {
  const isStep = new Set(steps);
  const known = new Map();

  // A step of the ladder as one word: »trin fire«, »4. trin«, but not »fire trin«.
  function step(one, two) {
    const before = isStep.has(two) ? ordinals[one] : 0;
    const place = isStep.has(one) ? (ordinals[two] ?? cardinals[two] ?? 0) : before;
    return place ? `step${place}` : null;
  }

  // Each word as { typed, word }, in order: as it was written, and folded.
  function read(text) {
    const found = (text.normalize("NFKC").toLowerCase().replace(/['’‘`´ʼ]/g, "").replace(DOT, "$1th").match(WORD) ?? [])
      .map((typed) => ({ typed, word: fold(typed) })).map(({ typed, word }) => ({ typed, word: Object.hasOwn(numbers, word) ? numbers[word] : word }));
    const joined = [];
    for (let i = 0; i < found.length; i += 1) {
      const place = found[i + 1] && step(found[i].word, found[i + 1].word);
      joined.push(place ? { typed: `${found[i].typed} ${found[i + 1].typed}`, word: place, apart: [found[i], found[i + 1]] } : found[i]);
      if (place) i += 1;
    }
    return joined;
  }

  function stem(word) {
    if (!known.has(word)) known.set(word, stemmer(word));
    return known.get(word);
  }

  return { read, stem, stems: (text) => read(text).map(({ word }) => stem(word)) };
}
