/** Keeps the field that is written in, with its label and its fault, in sight above the keyboard (K1, A3). */

/** Moves the content as little as needed; if not everything fits, the box itself and what stands just above it. */
export function reveal(box: HTMLElement): void {
  const view = scrollerOf(box);
  if (!view) return;
  const seen = view.getBoundingClientRect();
  const field = (box.closest("[data-field]") ?? box).getBoundingClientRect();
  const lowest = field.height + 2 * AIR <= seen.height ? field.bottom : box.getBoundingClientRect().bottom;
  const wanted = { top: field.top - AIR, bottom: lowest + AIR };
  if (wanted.bottom > seen.bottom) view.scrollTop += wanted.bottom - seen.bottom;
  else if (wanted.top < seen.top) view.scrollTop -= Math.min(seen.top - wanted.top, Math.max(seen.bottom - wanted.bottom, 0));
}

/** Room for the focus ring, CSS pixels. */
const AIR = 12;

function scrollerOf(node: HTMLElement): HTMLElement | null {
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
