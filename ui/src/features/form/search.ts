/** Finding an option of a long list: accents, case, apostrophes and the forms of `l·l` do not matter. */

export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’·.-]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

export function matches(label: string, query: string): boolean {
  const where = folded(label);
  return folded(query)
    .split(" ")
    .every((word) => where.includes(word));
}

/** Longer lists get a box to search them. */
export const FEW = 6;
