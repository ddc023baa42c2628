// Danish stems, by Snowball <https://snowballstem.org/algorithms/danish/stemmer.html>, of words in a-z: æ is e, ø is o, å is a.
// The build has the same in Python (relations/stem.py); tests/test_words.py holds the two together.
const ENDINGS = ["erendes", "erende", "hedens", "erede", "ethed", "erets", "heden", "heder", "endes", "ernes", "erens", "enes", "eren", "erne", "ende", "heds", "eres", "erer", "ered", "eret", "hed", "ene", "ere", "ens", "ers", "ets", "en", "er", "es", "et", "e"];
const BEFORE_S = /[abcdfghjklmnoprtvyz]s$/;

function without(word, from, endings) {
  const found = endings.find((ending) => word.endsWith(ending) && word.length - ending.length >= from);
  return found ? word.slice(0, -found.length) : word;
}

// `gd`, `dt`, `gt` and `kt` lose their last letter.
const single = (word, from) => (/[gd]t$|gd$|kt$/.test(word) && word.length - 2 >= from ? word.slice(0, -1) : word);

// Snowball's stem, but for words that it leaves as they are, as »skiftede« and »behandling«, or cuts too short, as »billig«.
export function stem(word) {
  const found = snowball(word.replace(/(...e)des?$/, "$1")).replace(/(?<=....)n?ing$/, "");
  if (found.length > 3 || word.length - found.length < 2) return found;
  return word.replace(/(?:ernes|erne|enes|ene|ens|ers|ets|en|er|et|es|e|s)$|(?<=g)t$/, "");
}

export function snowball(word) {
  const vowel = word.search(/[aeiouy]/);
  const after = vowel < 0 ? -1 : word.slice(vowel).search(/[^aeiouy]/);
  if (after < 0) return word;
  const from = Math.max(3, vowel + after + 1);
  let rest = without(word, from, ENDINGS);
  if (rest === word && word.length > from && BEFORE_S.test(word)) rest = word.slice(0, -1);
  rest = single(rest, from);
  if (rest.endsWith("igst")) rest = rest.slice(0, -2);
  const shorter = without(rest, from, ["elig", "lig", "els", "ig"]);
  if (shorter !== rest) rest = single(shorter, from);
  return /([bdfghklmnpqrstwx])\1$/.test(rest) && rest.length > from ? rest.slice(0, -1) : rest;
}
