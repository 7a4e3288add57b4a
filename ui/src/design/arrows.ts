/** Arrow keys inside a group that is one tab stop (A8). */

/** The item that an arrow leads to, in order; `columns` 1 for lists. */
export function arrowTarget(event: KeyboardEvent, items: HTMLElement[], columns = 1): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const by = steps[event.key];
  if (at < 0 || by === undefined) return undefined;
  event.preventDefault();
  return items[(at + by + items.length) % items.length];
}

/** The item above or below by where it is drawn, for keys of different widths. */
export function neighbourInSight(event: KeyboardEvent, items: HTMLElement[]): HTMLElement | undefined {
  const from = document.activeElement as HTMLElement;
  if (!items.includes(from)) return undefined;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") return arrowTarget(event, items);
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return undefined;
  event.preventDefault();
  const here = centre(from);
  const way = event.key === "ArrowDown" ? 1 : -1;
  let best: HTMLElement | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const there = centre(item);
    const ahead = (there.y - here.y) * way;
    if (ahead <= 1) continue;
    const cost = ahead * 3 + Math.abs(there.x - here.x);
    if (cost < bestCost) [best, bestCost] = [item, cost];
  }
  return best;
}

function centre(node: HTMLElement): { x: number; y: number } {
  const box = node.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}
