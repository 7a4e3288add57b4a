/** Millimetres of this very screen. One number for style and script. */

let pixels = 4.03;

/** Sets the size of a millimetre, in CSS pixels, for the whole page. */
export function setMillimetre(px: number): void {
  pixels = px;
  document.documentElement.style.setProperty("--mm", `${px}px`);
}

/** So many millimetres, in CSS pixels. */
export function mm(count: number): number {
  return count * pixels;
}

/** What a 21.5-inch screen would have: its short side is 268 mm. */
export function defaultMillimetre(width: number, height: number): number {
  return Math.min(width, height) / 268;
}
