/** An answer that is typed in several boxes, as `dd/mm/yyyy` or `hh:mm`. Nothing is judged here: the core validates. */

/** What each box holds. */
export function split(value: string, mark: string, boxes: number): string[] {
  const parts = value.split(mark);
  return Array.from({ length: boxes }, (_, at) => parts[at] ?? "");
}

/** Empty when nothing is typed, so that an optional answer may be left alone. */
export function join(parts: readonly string[], mark: string): string {
  return parts.some((part) => part) ? parts.join(mark) : "";
}
