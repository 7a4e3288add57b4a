/** One polite live region for what changes without a new screen. */

class Announcer {
  #text = $state("");

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#text = text;
  }
}

export const announcer = new Announcer();
