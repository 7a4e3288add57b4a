import { describe, expect, it } from "vitest";
import { joinDate, splitDate } from "../src/features/form/date";
import { matches } from "../src/features/form/search";

describe("a date", () => {
  it.each(["", "5/3/2026", "27/12/1984", "5//"])("%s survives its three boxes", (value) => {
    expect(joinDate(splitDate(value))).toBe(value);
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
