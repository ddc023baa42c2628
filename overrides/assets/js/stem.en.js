// English stems, by Snowball <https://snowballstem.org/algorithms/english/stemmer.html> (Porter2), of words in a-z.
// The build has the same in Python (relations/stem.py); tests/test_words.py holds the two together.
const AS_THEY_ARE = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes" };
const V = "[aeiouy]";
const SHORT_SYLLABLE = /(?:^|.*)[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/;
const STEP_2 = [["ational", "ate"], ["fulness", "ful"], ["iveness", "ive"], ["ization", "ize"], ["ousness", "ous"], ["biliti", "ble"], ["lessli", "less"], ["tional", "tion"], ["alism", "al"], ["aliti", "al"], ["ation", "ate"], ["entli", "ent"], ["fulli", "ful"], ["iviti", "ive"], ["ousli", "ous"], ["ogist", "og"], ["abli", "able"], ["alli", "al"], ["anci", "ance"], ["ator", "ate"], ["enci", "ence"], ["izer", "ize"], ["bli", "ble"], ["ogi", "og"], ["li", ""]];
const STEP_3 = [["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"], ["ative", ""], ["ical", "ic"], ["ness", ""], ["ful", ""]];
const STEP_4 = ["ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous", "al", "er", "ic"];

// Where the part behind the first vowel and the consonant after it begins.
function behind(word, from) {
  const found = word.slice(from).search(/[aeiouy][^aeiouy]/);
  return found < 0 ? word.length : from + found + 2;
}

export function stem(given) {
  if (given.length < 3) return given;
  if (Object.hasOwn(AS_THEY_ARE, given)) return AS_THEY_ARE[given];
  let word = given.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const start = word.match(/^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/)?.[0].length;
  const r1 = start ?? behind(word, 0);
  const r2 = behind(word, r1);
  const has = (ending) => word.endsWith(ending);
  const cut = (ending, instead = "") => { word = word.slice(0, word.length - ending.length) + instead; };
  const inside = (ending, from) => word.length - ending.length >= from;

  // 1a: plurals
  if (has("sses")) cut("sses", "ss");
  else if (has("ied") || has("ies")) cut(word.slice(-3), word.length > 4 ? "i" : "ie");
  else if (!has("us") && !has("ss") && has("s") && new RegExp(`${V}.+s$`).test(word)) cut("s");

  // 1b: past and -ing
  const eed = ["eedly", "eed"].find(has);
  const ed = ["ingly", "edly", "ing", "ed"].find(has);
  if (eed) {
    if (inside(eed, r1) && !/^(?:proc|exc|succ)eed/.test(word)) cut(eed, "ee");
  } else if (ed) {
    const left = word.slice(0, -ed.length);
    if (ed === "ing" && /^[^aeiouy]y$/.test(left)) word = `${left[0]}ie`;
    else if (ed === "ing" && /^(?:inn|out|cann|herr|earr|even)$/.test(left)) return word;
    else if (new RegExp(V).test(left)) {
      word = left;
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) {
        if (!/^[aeo](bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = word.slice(0, -1);
      } else if (r1 >= word.length && SHORT_SYLLABLE.test(word)) word += "e";
    }
  }

  // 1c
  if (/.[^aeiouy][yY]$/.test(word)) word = `${word.slice(0, -1)}i`;

  // 2 and 3: suffixes in a row
  const two = STEP_2.find(([ending]) => has(ending));
  if (two && inside(two[0], r1)) {
    const before = word.at(-two[0].length - 1) ?? "";
    if (two[0] === "ogi" ? before === "l" : two[0] === "li" ? /[cdeghkmnrt]/.test(before) : true) cut(...two);
  }
  const three = STEP_3.find(([ending]) => has(ending));
  if (three && inside(three[0], three[0] === "ative" ? r2 : r1)) cut(...three);

  // 4 and 5: what is left
  const four = STEP_4.find(has);
  if (four && inside(four, r2) && (four !== "ion" || /[st]ion$/.test(word))) cut(four);
  if (has("e") && (inside("e", r2) || (inside("e", r1) && !SHORT_SYLLABLE.test(word.slice(0, -1))))) cut("e");
  else if (has("ll") && inside("l", r2)) cut("l");
  return word.replaceAll("Y", "y");
}
