/** Editing at the caret, as pure functions: the text box is only read before and written after. */

export interface Edit {
  value: string;
  /** Caret, in UTF-16 units as text boxes count. */
  caret: number;
}

type Place = number | null;

/** Writes at the caret, over the selection if there is one. What would not fit is left out whole. */
export function insert(value: string, start: Place, end: Place, text: string, maxChars: number): Edit {
  const [from, to] = range(value, start, end);
  const next = value.slice(0, from) + text + value.slice(to);
  return countChars(next) > maxChars ? { value, caret: to } : { value: next, caret: from + text.length };
}

/** Erases the selection, or one character before the caret: of `l·l` only its last `l` (K3). */
export function erase(value: string, start: Place, end: Place): Edit {
  const [from, to] = range(value, start, end);
  if (from !== to) return { value: value.slice(0, from) + value.slice(to), caret: from };
  const before = previous(value, from);
  return { value: value.slice(0, before) + value.slice(from), caret: before };
}

/** One character to the left or to the right. */
export function moveCaret(value: string, start: Place, by: -1 | 1): Edit {
  const [from] = range(value, start, start);
  return { value, caret: by < 0 ? previous(value, from) : from + (charAt(value, from)?.length ?? 0) };
}

/** Capitals as Catalan writes them. */
export function capitalise(text: string, all: boolean): string {
  return all ? text.toLocaleUpperCase("ca") : text;
}

/** Characters as people count them: code points, not UTF-16 units. */
export function countChars(text: string): number {
  return Array.from(text).length;
}

function range(value: string, start: Place, end: Place): [number, number] {
  const from = Math.min(start ?? value.length, value.length);
  return [from, Math.min(Math.max(end ?? from, from), value.length)];
}

function previous(value: string, caret: number): number {
  return caret - (Array.from(value.slice(0, caret)).at(-1)?.length ?? 0);
}

function charAt(value: string, index: number): string | undefined {
  const point = value.codePointAt(index);
  return point === undefined ? undefined : String.fromCodePoint(point);
}
