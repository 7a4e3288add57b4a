import { describe, expect, it } from "vitest";
import { capitalise, countChars, erase, insert, moveCaret } from "../src/design/keyboard/edit";
import { LAYERS, nextShift, written, type KeyDef } from "../src/design/keyboard/layers";

const keys = (layer: keyof typeof LAYERS): KeyDef[] => LAYERS[layer].flatMap((block) => block.keys);
const TEXTS = [...new Set(Object.values(LAYERS).flatMap((blocks) => blocks.flatMap((block) => block.keys.map((key) => key.text))))].filter(
  (text): text is string => text !== undefined,
);
const WORD = "vil·la Ç";

describe("every character at every place of the caret", () => {
  it.each(TEXTS)("%s", (text) => {
    for (let caret = 0; caret <= WORD.length; caret += 1) {
      const typed = insert(WORD, caret, caret, text, 100);
      expect(typed.value).toBe(WORD.slice(0, caret) + text + WORD.slice(caret));
      expect(typed.caret).toBe(caret + text.length);

      // Erasing as many characters as were typed gives the text back.
      let back = typed;
      for (let n = countChars(text); n > 0; n -= 1) back = erase(back.value, back.caret, back.caret);
      expect(back).toEqual({ value: WORD, caret });
    }
  });
});

describe("ela geminada", () => {
  const key = keys("letters").find((def) => def.text === "l·l");

  it("is one key that gives three characters", () => {
    expect(Array.from(key?.text ?? "", (char) => char.codePointAt(0))).toEqual([0x6c, 0xb7, 0x6c]);
  });

  it("has capitals", () => {
    expect(written(key as KeyDef, true)).toBe("L·L");
  });

  it("is erased one character at a time", () => {
    const once = erase("col·l", 5, 5);
    expect(once).toEqual({ value: "col·", caret: 4 });
    expect(erase(once.value, once.caret, once.caret)).toEqual({ value: "col", caret: 3 });
  });

  it("is never the single old character", () => {
    expect(TEXTS.join("")).not.toMatch(/[ŀĿ]/);
  });
});

describe("layers", () => {
  it("let every character of a password be typed", () => {
    const typed = new Set([...keys("password"), ...keys("password-symbols")].flatMap((def) => [written(def, false), written(def, true)]));
    for (let code = 0x20; code < 0x7f; code += 1) expect(typed).toContain(String.fromCharCode(code));
    for (const letter of [..."çñàáèéíïòóúü·ÇÑÀÁÈÉÍÏÒÓÚÜ€"]) expect(typed).toContain(letter);
    // One touch, one character: each goes out by itself.
    expect([...typed].filter((text) => Array.from(text).length > 1)).toEqual([]);
  });

  it("ask a card's number with digits alone", () => {
    expect(keys("can").flatMap((def) => def.text ?? []).sort()).toEqual([..."0123456789"]);
  });

  it("have all Valencian letters at one touch", () => {
    const letters = keys("letters").map((def) => def.text);
    for (const letter of [..."çñàèéíïòóúü·'"]) expect(letters).toContain(letter);
  });

  it.each(Object.keys(LAYERS))("%s names no key twice", (layer) => {
    const ids = keys(layer as keyof typeof LAYERS).map((def) => def.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(["letters", "email", "symbols", "pin", "pin-symbols", "password", "password-symbols"] as const)("%s fills its rows", (layer) => {
    for (const block of LAYERS[layer]) {
      const cells = block.keys.reduce((sum, def) => sum + (def.span ?? 1), 0);
      expect(cells % block.columns).toBe(0);
    }
  });

  it("offer letters and digits for a PIN, no space and nothing to close", () => {
    const texts = keys("pin").map((def) => def.text);
    for (const char of [..."abcdefghijklmnopqrstuvwxyz0123456789"]) expect(texts).toContain(char);
    expect(texts).not.toContain(" ");
    expect(keys("pin").some((def) => def.act === "close")).toBe(false);
    for (const text of texts) expect(text === undefined || countChars(text) === 1).toBe(true);
  });
});

describe("editing", () => {
  it("writes over a selection", () => {
    expect(insert("abcd", 1, 3, "x", 10)).toEqual({ value: "axd", caret: 2 });
    expect(erase("abcd", 1, 3)).toEqual({ value: "ad", caret: 1 });
  });

  it("leaves out what would not fit", () => {
    expect(insert("46920", 2, 2, "1", 5)).toEqual({ value: "46920", caret: 2 });
    expect(insert("abc", 3, 3, "l·l", 5).value).toBe("abc");
  });

  it("erases nothing at the start", () => {
    expect(erase("ab", 0, 0)).toEqual({ value: "ab", caret: 0 });
  });

  it("takes a character of two units whole", () => {
    expect(erase("a😀", 3, 3)).toEqual({ value: "a", caret: 1 });
    expect(moveCaret("a😀b", 1, 1).caret).toBe(3);
  });

  it("moves the caret within the text", () => {
    expect(moveCaret("ab", 0, -1).caret).toBe(0);
    expect(moveCaret("ab", 2, 1).caret).toBe(2);
  });

  it("writes at the end when the caret is unknown", () => {
    expect(insert("ab", null, null, "c", 9)).toEqual({ value: "abc", caret: 3 });
  });

  it("knows capitals for codes", () => {
    expect(capitalise("12345678z", true)).toBe("12345678Z");
    expect(capitalise("ç", false)).toBe("ç");
  });

  it("locks capitals at the second press", () => {
    expect([nextShift("off"), nextShift("once"), nextShift("locked")]).toEqual(["once", "locked", "off"]);
  });
});
