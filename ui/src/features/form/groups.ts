/** Codes in groups while they are shown: `ES91 2100 0418`. The answer has no gaps, and nothing is judged here. */

const GAP = " ";

/** Without the gaps. */
export function ungrouped(shown: string): string {
  return shown.replace(/\s/g, "");
}

/** In groups of these sizes, the last of them going on. What has marks of its own is left as it is. */
export function grouped(text: string, sizes: readonly number[]): string {
  if (!sizes.length || !/^\+?[\p{L}\p{N}]*$/u.test(text)) return text;
  const characters = Array.from(text);
  const groups: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const size = sizes[Math.min(groups.length, sizes.length - 1)] ?? characters.length;
    groups.push(characters.slice(at, at + size).join(""));
    at += size;
  }
  return groups.join(GAP);
}

export interface Regrouped {
  /** The answer. */
  text: string;
  /** What the box shows. */
  shown: string;
  /** Caret in it. */
  caret: number;
}

/**
 * What follows from a change in a box: the gaps move, the caret stays at its character. Who erases a gap means the
 * character before it, or after it with `forward`.
 */
export function regrouped(before: string, now: string, caret: number, sizes: readonly number[], forward = false): Regrouped {
  let text = ungrouped(now);
  let at = ungrouped(now.slice(0, caret)).length;
  if (now.length < before.length && text === ungrouped(before)) {
    if (!forward) at = Math.max(at - 1, 0);
    text = text.slice(0, at) + text.slice(at + 1);
  }
  const shown = grouped(text, sizes);
  return { text, shown, caret: caretAfter(shown, at) };
}

/** The place right after so many characters, before any gap that follows. */
function caretAfter(shown: string, characters: number): number {
  let caret = 0;
  for (let seen = 0; seen < characters && caret < shown.length; caret += 1) {
    if (shown[caret] !== GAP) seen += 1;
  }
  return caret;
}
