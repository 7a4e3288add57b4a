/** Which field the on-screen keyboard writes into. The text itself lives in the field and in the core. */
import { tick } from "svelte";
import { reveal } from "../a11y/reveal";
import type { Capitals, Keys } from "../bindings";
import { capitalise, erase, insert, moveCaret, type Edit } from "../design/keyboard/edit";

export type TextBox = HTMLInputElement | HTMLTextAreaElement;

export interface Target {
  box: TextBox;
  layer: Keys;
  capitals: Capitals;
  maxChars: number;
}

class KeyboardState {
  #target = $state.raw<Target | null>(null);
  #physical = $state(false);
  /** Grows with each change of text or caret, so that automatic capitals are decided anew. */
  #turn = $state(0);

  get target(): Target | null {
    return this.#target;
  }

  /** Shown while a field is written in, unless real keys are used. */
  get shown(): boolean {
    return this.#target !== null && !this.#physical;
  }

  /** Whether the next letter is a capital by itself: a code, or the first letter of an answer. */
  get startsCapital(): boolean {
    void this.#turn;
    const target = this.#target;
    return target?.capitals === "first" && (target.box.selectionStart ?? 0) === 0;
  }

  get allCapitals(): boolean {
    return this.#target?.capitals === "all";
  }

  async open(target: Target): Promise<void> {
    this.#target = target;
    this.#turn += 1;
    await tick();
    reveal(target.box);
    // The buttons that move the content appear one frame later and take some of the room.
    requestAnimationFrame(() => requestAnimationFrame(() => this.isTarget(target.box) && reveal(target.box)));
  }

  close(): void {
    this.#target = null;
  }

  /** Real keys hide the keyboard until a box is touched. */
  usedPhysical(): void {
    if (this.#target) this.#physical = true;
  }

  touched(): void {
    this.#physical = false;
  }

  /** The caret was put elsewhere by hand. */
  moved(): void {
    this.#turn += 1;
  }

  isTarget(box: TextBox | undefined): boolean {
    return box !== undefined && this.#target?.box === box;
  }

  type(text: string): void {
    const target = this.#target;
    if (!target) return;
    const { box, maxChars } = target;
    const typed = capitalise(text, this.allCapitals);
    this.#apply(insert(box.value, box.selectionStart, box.selectionEnd, typed, maxChars), true);
  }

  erase(): void {
    const box = this.#target?.box;
    if (box) this.#apply(erase(box.value, box.selectionStart, box.selectionEnd), true);
  }

  move(by: -1 | 1): void {
    const box = this.#target?.box;
    if (box) this.#apply(moveCaret(box.value, box.selectionStart, by), false);
  }

  #apply(edit: Edit, changed: boolean): void {
    const box = this.#target?.box;
    if (!box) return;
    if (changed) box.value = edit.value;
    box.setSelectionRange(edit.caret, edit.caret);
    if (changed) box.dispatchEvent(new Event("input", { bubbles: true }));
    this.#turn += 1;
  }
}

export const keyboard = new KeyboardState();
