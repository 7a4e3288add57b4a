import { describe, expect, it } from "vitest";
import { grouped, regrouped, ungrouped } from "../src/features/form/groups";
import { join, split } from "../src/features/form/parts";
import { matches } from "../src/features/form/search";

describe("a date", () => {
  it.each(["", "5/3/2026", "27/12/1984", "5//"])("%s survives its three boxes", (value) => {
    expect(join(split(value, "/", 3), "/")).toBe(value);
  });

  it.each(["", "9:30", "17:", ":5"])("%s survives the two boxes of a time", (value) => {
    expect(join(split(value, ":", 2), ":")).toBe(value);
  });
});

describe("a code in groups", () => {
  it.each([
    [[4], "ES9121000418450200051332", "ES91 2100 0418 4502 0005 1332"],
    [[7, 7, 4, 2], "9872023VH5797S0001WX", "9872023 VH5797S 0001 WX"],
    [[3], "+34600123456", "+34 600 123 456"],
    [[8, 1], "12345678Z", "12345678 Z"],
    [[8, 1], "12.345.678-Z", "12.345.678-Z"],
    [[], "1234BCD", "1234BCD"],
  ])("by %j", (sizes, text, shown) => {
    expect(grouped(text, sizes)).toBe(shown);
    expect(ungrouped(shown)).toBe(text);
  });

  it("is typed, and mended in the middle, with the caret at its character", () => {
    const sizes = [4];
    let box = { text: "", shown: "", caret: 0 };
    const type = (character: string) => {
      const now = box.shown.slice(0, box.caret) + character + box.shown.slice(box.caret);
      box = regrouped(box.shown, now, box.caret + 1, sizes);
    };
    for (const character of "ES9121") type(character);
    expect(box).toEqual({ text: "ES9121", shown: "ES91 21", caret: 7 });
    box.caret = 2;
    type("0");
    expect(box).toEqual({ text: "ES09121", shown: "ES09 121", caret: 3 });
  });

  it("loses the character before a gap that is erased, or the one after it", () => {
    expect(regrouped("ES91 21", "ES9121", 4, [4])).toEqual({ text: "ES921", shown: "ES92 1", caret: 3 });
    expect(regrouped("ES91 21", "ES9121", 4, [4], true)).toEqual({ text: "ES911", shown: "ES91 1", caret: 4 });
  });
});

describe("searching a list", () => {
  it.each([
    ["València", "valencia"],
    ["L'Eliana", "leliana"],
    ["Vil·la-real", "villareal"],
    ["Quart de Poblet", "poblet quart"],
  ])("%s is found by %s", (label, query) => {
    expect(matches(label, query)).toBe(true);
  });

  it("leaves out what does not match", () => {
    expect(matches("Torrent", "paterna")).toBe(false);
  });
});
