// Which records hold a stem: read from the files that Pagefind writes, <https://pagefind.app>. Its own script and its program in
// WebAssembly could do more, and be half of all that a first search fetches.
//
// A file is packed, begins with MARK, and holds CBOR (RFC 8949). `*.pf_meta` is [version, records, files, …]: each record as
// [id, words], each file of the index as [first word, last word, name]. That file is [words], each word as [word, records, …],
// and its records as [number since the one before, …].
const MARK = "pagefind_dcd";

// What a packed file holds.
export async function unpacked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
}

// What `make` gives for a key, made once; after a failure once more.
export function once(made, key, make) {
  if (!made.has(key)) made.set(key, make(key).catch((error) => { made.delete(key); throw error; }));
  return made.get(key);
}

const valueIn = async (address) => cbor(await (await unpacked(address)).arrayBuffer());

// `at`: the index's folder. Gives a function: of a word the ids of the records that hold it.
export async function holdersIn(at, lang) {
  const about = await (await fetch(new URL("pagefind-entry.json", at))).json();
  const [, records, files] = await valueIn(new URL(`pagefind.${about.languages[lang].hash}.pf_meta`, at));
  const read = new Map();

  async function wordsOf(name) {
    const [words] = await valueIn(new URL(`index/${name}.pf_index`, at));
    return new Map(words);
  }

  return async (word) => {
    const name = files.find(([first, last]) => first <= word && word <= last)?.[2];
    if (!name) return [];
    let number = 0;
    return ((await once(read, name, wordsOf)).get(word) ?? []).map(([since]) => records[(number += since)][0]);
  };
}

// Of CBOR what Pagefind writes: numbers, texts and lists.
function cbor(buffer) {
  const bytes = new Uint8Array(buffer);
  const text = (from, until) => new TextDecoder().decode(bytes.subarray(from, until));
  if (text(0, MARK.length) !== MARK) throw new Error(`the search index does not begin with ${MARK}`);
  let at = MARK.length;
  const value = () => {
    const kind = bytes[at] >> 5;
    let size = bytes[at++] & 31;
    if (size > 23) {
      const end = at + 2 ** (size - 24);
      for (size = 0; at < end; at += 1) size = size * 256 + bytes[at];
    }
    if (kind === 1) return -1 - size;
    if (kind === 3) return text(at, (at += size));
    return kind === 4 ? Array.from({ length: size }, value) : size;
  };
  return value();
}
