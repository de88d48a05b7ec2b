// Texts as they compare. A text is an object with `folded`, as it compares, and `written`; a list of texts has
// arrays under the same names.

import { compareNumbers } from "./integers.mjs";

const LONGEST_REMEMBERED = 64;
const MOST_REMEMBERED = 65536;

const OTHER_SPACES = [0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000];

const ASCII = /^[\x00-\x7f]*$/u;

// Where full case folding is not the small letter, for all characters that NFKC leaves alone: each followed by what
// it folds to. A character keeps its folding in all versions of Unicode.
const FOLDED =
  "\u00df ss \u01f0 j\u030c \u0345 \u03b9 \u0390 \u03b9\u0308\u0301 \u03b0 \u03c5\u0308\u0301 \u03c2 \u03c3 " +
  "\u1c80 \u0432 \u1c81 \u0434 \u1c82 \u043e \u1c83 \u0441 \u1c84 \u0442 \u1c85 \u0442 \u1c86 \u044a " +
  "\u1c87 \u0463 \u1c88 \ua64b \u1e96 h\u0331 \u1e97 t\u0308 \u1e98 w\u030a \u1e99 y\u030a \u1e9e ss " +
  "\u1f50 \u03c5\u0313 \u1f52 \u03c5\u0313\u0300 \u1f54 \u03c5\u0313\u0301 \u1f56 \u03c5\u0313\u0342 " +
  "\u1f80 \u1f00\u03b9 \u1f81 \u1f01\u03b9 \u1f82 \u1f02\u03b9 \u1f83 \u1f03\u03b9 \u1f84 \u1f04\u03b9 " +
  "\u1f85 \u1f05\u03b9 \u1f86 \u1f06\u03b9 \u1f87 \u1f07\u03b9 \u1f88 \u1f00\u03b9 \u1f89 \u1f01\u03b9 " +
  "\u1f8a \u1f02\u03b9 \u1f8b \u1f03\u03b9 \u1f8c \u1f04\u03b9 \u1f8d \u1f05\u03b9 \u1f8e \u1f06\u03b9 " +
  "\u1f8f \u1f07\u03b9 \u1f90 \u1f20\u03b9 \u1f91 \u1f21\u03b9 \u1f92 \u1f22\u03b9 \u1f93 \u1f23\u03b9 " +
  "\u1f94 \u1f24\u03b9 \u1f95 \u1f25\u03b9 \u1f96 \u1f26\u03b9 \u1f97 \u1f27\u03b9 \u1f98 \u1f20\u03b9 " +
  "\u1f99 \u1f21\u03b9 \u1f9a \u1f22\u03b9 \u1f9b \u1f23\u03b9 \u1f9c \u1f24\u03b9 \u1f9d \u1f25\u03b9 " +
  "\u1f9e \u1f26\u03b9 \u1f9f \u1f27\u03b9 \u1fa0 \u1f60\u03b9 \u1fa1 \u1f61\u03b9 \u1fa2 \u1f62\u03b9 " +
  "\u1fa3 \u1f63\u03b9 \u1fa4 \u1f64\u03b9 \u1fa5 \u1f65\u03b9 \u1fa6 \u1f66\u03b9 \u1fa7 \u1f67\u03b9 " +
  "\u1fa8 \u1f60\u03b9 \u1fa9 \u1f61\u03b9 \u1faa \u1f62\u03b9 \u1fab \u1f63\u03b9 \u1fac \u1f64\u03b9 " +
  "\u1fad \u1f65\u03b9 \u1fae \u1f66\u03b9 \u1faf \u1f67\u03b9 \u1fb2 \u1f70\u03b9 \u1fb3 \u03b1\u03b9 " +
  "\u1fb4 \u03ac\u03b9 \u1fb6 \u03b1\u0342 \u1fb7 \u03b1\u0342\u03b9 \u1fbc \u03b1\u03b9 \u1fc2 \u1f74\u03b9 " +
  "\u1fc3 \u03b7\u03b9 \u1fc4 \u03ae\u03b9 \u1fc6 \u03b7\u0342 \u1fc7 \u03b7\u0342\u03b9 \u1fcc \u03b7\u03b9 " +
  "\u1fd2 \u03b9\u0308\u0300 \u1fd6 \u03b9\u0342 \u1fd7 \u03b9\u0308\u0342 \u1fe2 \u03c5\u0308\u0300 " +
  "\u1fe4 \u03c1\u0313 \u1fe6 \u03c5\u0342 \u1fe7 \u03c5\u0308\u0342 \u1ff2 \u1f7c\u03b9 \u1ff3 \u03c9\u03b9 " +
  "\u1ff4 \u03ce\u03b9 \u1ff6 \u03c9\u0342 \u1ff7 \u03c9\u0342\u03b9 \u1ffc \u03c9\u03b9";

// Cherokee folds to its capitals: first, last, and how far away they fold.
const FOLDED_RUNS = [
  [0x13a0, 0x13f5, 0],
  [0x13f8, 0x13fd, -8],
  [0xab70, 0xabbf, -0x97d0],
];

const FOLDS = unpackFolds();

/** A function that remembers what it made of short texts. */
export function remembering(make) {
  const memory = new Map();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return make(text);
    let made = memory.get(text);
    if (made === undefined) {
      if (memory.size >= MOST_REMEMBERED) memory.clear();
      made = make(text);
      memory.set(text, made);
    }
    return made;
  };
}

/** The text without white space at its edges. `trim` would also take a byte order mark, and leave some controls. */
export function trimmed(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (start < end && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

export function isSpace(code) {
  if (code <= 0x20) return code >= 0x1c || (code >= 0x09 && code <= 0x0d);
  return code >= 0x85 && (OTHER_SPACES.includes(code) || (code >= 0x2000 && code <= 0x200a));
}

/** NFKC and trimmed. */
export function normalised(text) {
  return trimmed(ASCII.test(text) ? text : text.normalize("NFKC"));
}

/** NFKC, full case folding, NFKC again, trimmed. */
export function fold(text) {
  if (ASCII.test(text)) return trimmed(text.toLowerCase());
  let folded = "";
  for (const character of text.normalize("NFKC")) folded += FOLDS.get(character) ?? character.toLowerCase();
  return trimmed(folded.normalize("NFKC"));
}

export function unpackFolds() {
  const folds = new Map();
  const listed = FOLDED.split(" ");
  for (let index = 0; index < listed.length; index += 2) folds.set(listed[index], listed[index + 1]);
  for (const [first, last, moved] of FOLDED_RUNS) {
    for (let code = first; code <= last; code += 1) folds.set(String.fromCharCode(code), String.fromCharCode(code + moved));
  }
  return folds;
}

/** The text, null where it is blank. */
export const makeText = remembering((raw) => {
  const written = trimmed(raw);
  const folded = fold(written);
  return folded === "" ? null : { folded, written };
});

/** What follows the last `@`. */
export function domainOf(text) {
  const at = text === null ? -1 : text.folded.lastIndexOf("@");
  return at < 0 ? null : makeText(text.folded.slice(at + 1));
}

/** The letter of a grade as a text that can be compared. */
export function letterText(letter) {
  return letter === null ? null : { folded: fold(letter), written: letter };
}

export function isText(text, wanted) {
  return text !== null && wanted.includes(text.folded);
}

export function isInList(text, entries) {
  return text !== null && entries.has(text.folded);
}

export function containsAny(text, wanted) {
  return text !== null && wanted.some((one) => text.folded.includes(one));
}

export function startsAny(text, wanted) {
  return text !== null && wanted.some((one) => text.folded.startsWith(one));
}

export function endsAny(text, wanted) {
  return text !== null && wanted.some((one) => text.folded.endsWith(one));
}

export function includesAny(texts, wanted) {
  return texts !== null && wanted.some((one) => texts.folded.includes(one));
}

export function includesAll(texts, wanted) {
  return texts !== null && wanted.every((one) => texts.folded.includes(one));
}

/** Whether the pattern is found anywhere in the trimmed NFKC text. */
export function matches(text, pattern) {
  return text !== null && pattern.test(normalised(text.written));
}

/** An order of texts by their code points, which is not that of JavaScript. */
export function compareTexts(left, right) {
  const [one, other] = [Array.from(left, codePoint), Array.from(right, codePoint)];
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index += 1) {
    if (one[index] !== other[index]) return one[index] - other[index];
  }
  return compareNumbers(one.length, other.length);
}

export function codePoint(character) {
  return character.codePointAt(0);
}
