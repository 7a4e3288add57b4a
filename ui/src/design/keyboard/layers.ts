/** The layers of the keyboard (K2, K3): which keys, in which order, and what each is called. */

/** What a key does. */
export type Act = "erase" | "shift" | "close" | "symbols" | "letters" | "left" | "right" | "enter";

/** Keys whose spoken name is not what is written on them. */
export type KeyName =
  | Act
  | "space"
  | "a-grave" | "e-grave" | "e-acute" | "i-acute" | "i-diaeresis" | "o-grave" | "o-acute" | "u-acute" | "u-diaeresis" | "a-acute"
  | "c-cedilla" | "n-tilde" | "double-l" | "middle-dot"
  | "apostrophe" | "comma" | "dot" | "hyphen" | "at" | "underscore" | "plus"
  | "exclamation" | "question" | "exclamation-open" | "question-open"
  | "euro" | "percent" | "ampersand" | "paren-open" | "paren-close" | "slash" | "backslash" | "colon" | "semicolon" | "quote"
  | "equals" | "star" | "hash" | "dollar" | "ordinal-m" | "ordinal-f"
  | "less" | "greater" | "bracket-open" | "bracket-close" | "brace-open" | "brace-close" | "bar" | "tilde" | "caret" | "backtick";

export interface KeyDef {
  /** Stable name, also the test hook. */
  id: string;
  /** What it writes. */
  text?: string;
  /** What it does, when it does not write. */
  act?: Act;
  /** What is written on it, when not its text: a word the layout knows, or nothing for drawn keys. */
  face?: string;
  name?: KeyName;
  /** Columns it takes. */
  span?: number;
}

/** A block of keys on a grid of its own. */
export interface Block {
  id: "main" | "side" | "bottom";
  columns: number;
  /** In landscape, when other. */
  wideColumns?: number;
  keys: KeyDef[];
}

export type Layer = "letters" | "email" | "digits" | "symbols" | "pin" | "pin-symbols" | "password" | "password-symbols" | "can";

const NAMES: Record<string, KeyName> = {
  à: "a-grave", è: "e-grave", é: "e-acute", í: "i-acute", ï: "i-diaeresis", ò: "o-grave", ó: "o-acute", ú: "u-acute", ü: "u-diaeresis", á: "a-acute",
  ç: "c-cedilla", ñ: "n-tilde", "l·l": "double-l", "·": "middle-dot",
  "'": "apostrophe", ",": "comma", ".": "dot", "-": "hyphen", "@": "at", _: "underscore", "+": "plus",
  "!": "exclamation", "?": "question", "¡": "exclamation-open", "¿": "question-open",
  "€": "euro", "%": "percent", "&": "ampersand", "(": "paren-open", ")": "paren-close", "/": "slash", "\\": "backslash", ":": "colon", ";": "semicolon", '"': "quote",
  "=": "equals", "*": "star", "#": "hash", $: "dollar", º: "ordinal-m", ª: "ordinal-f",
  "<": "less", ">": "greater", "[": "bracket-open", "]": "bracket-close", "{": "brace-open", "}": "brace-close", "|": "bar", "~": "tilde", "^": "caret", "`": "backtick",
};

const key = (text: string, span?: number): KeyDef => ({ id: text, text, name: NAMES[text], span });
const row = (texts: string): KeyDef[] => texts.split(" ").map((text) => key(text));
const ERASE: KeyDef = { id: "erase", act: "erase", name: "erase" };
const SHIFT: KeyDef = { id: "shift", act: "shift", name: "shift" };
const CLOSE: KeyDef = { id: "close", act: "close", name: "close", span: 2 };
const SPACE: KeyDef = { id: "space", text: " ", face: "space", name: "space", span: 5 };
const TO_SYMBOLS: KeyDef = { id: "symbols", act: "symbols", face: "!?€", name: "symbols", span: 2 };
const TO_LETTERS: KeyDef = { id: "letters", act: "letters", face: "abc", name: "letters", span: 2 };

const letterRows = (endOfTop: string, endOfHome: [string, string], endOfLow: [string, string, string]): KeyDef[] => [
  ...row("1 2 3 4 5 6 7 8 9 0"), ERASE,
  ...row(`q w e r t y u i o p ${endOfTop}`),
  ...row(`a s d f g h j k l ${endOfHome.join(" ")}`),
  SHIFT, ...row(`z x c v b n m ${endOfLow.join(" ")}`),
];

const ACCENTS: Block = { id: "side", columns: 11, wideColumns: 3, keys: row("à è é í ï ò ó ú ü l·l ·") };

const LETTERS: Block[] = [
  { id: "main", columns: 11, keys: letterRows("'", ["ñ", "ç"], [",", ".", "-"]) },
  ACCENTS,
  { id: "bottom", columns: 11, keys: [TO_SYMBOLS, key("@", 2), SPACE, CLOSE] },
];

const EMAIL: Block[] = [
  { id: "main", columns: 11, keys: letterRows("_", ["-", "+"], [".", ",", "'"]) },
  { id: "side", columns: 10, wideColumns: 2, keys: [".es", ".com", ".cat", "gmail", "hotmail"].map((ending) => key(ending, 2)) },
  { id: "bottom", columns: 11, keys: [TO_SYMBOLS, key("@", 2), SPACE, CLOSE] },
];

const DIGITS: Block[] = [
  {
    id: "main",
    columns: 4,
    keys: [...row("1 2 3"), ERASE, ...row("4 5 6 +"), ...row("7 8 9 ,"), ...row("- 0 /"), { ...CLOSE, span: 1 }],
  },
];

const symbolKeys = (): KeyDef[] => [
  ...row("1 2 3 4 5 6 7 8 9 0"), ERASE,
  ...row("! ? ¡ ¿ € % & ( ) / \\"),
  ...row(`: ; " ' = + * # $ _ á`),
  ...row(". , - º ª"),
];

const SYMBOLS: Block[] = [
  {
    id: "main",
    columns: 11,
    keys: [
      ...symbolKeys(),
      { id: "left", act: "left", name: "left", span: 2 },
      { id: "right", act: "right", name: "right", span: 2 },
      { id: "enter", act: "enter", name: "enter", span: 2 },
    ],
  },
  ACCENTS,
  { id: "bottom", columns: 11, keys: [TO_LETTERS, key("@", 2), SPACE, CLOSE] },
];

// A PIN has no spaces, no caret to move and nothing to close (N1).
const PIN: Block[] = [
  { id: "main", columns: 11, keys: letterRows("'", ["ñ", "ç"], [",", ".", "-"]) },
  { id: "bottom", columns: 11, keys: [{ ...TO_SYMBOLS, span: 11 }] },
];

const PIN_SYMBOLS: Block[] = [
  { id: "main", columns: 11, keys: [...symbolKeys(), ...row("à è é í ò ú")] },
  { id: "bottom", columns: 11, keys: [{ ...TO_LETTERS, span: 11 }] },
];

// A password may hold any printable character, spaces among them. Here `l·l` would be three at a touch: its dot is a key.
const PASSWORD_ACCENTS: Block = { id: "side", columns: 11, wideColumns: 3, keys: row("à á è é í ï ò ó ú ü ·") };

const PASSWORD: Block[] = [
  { id: "main", columns: 11, keys: letterRows("'", ["ñ", "ç"], [",", ".", "-"]) },
  PASSWORD_ACCENTS,
  { id: "bottom", columns: 11, keys: [{ ...TO_SYMBOLS, span: 3 }, { ...SPACE, span: 5 }, key("@", 3)] },
];

const PASSWORD_SYMBOLS: Block[] = [
  {
    id: "main",
    columns: 11,
    keys: [
      ...row("1 2 3 4 5 6 7 8 9 0"), ERASE,
      ...row("! ? ¡ ¿ € % & ( ) / \\"),
      ...row(`: ; " ' = + * # $ _ @`),
      ...row("< > [ ] { } | ~ ^ ` -"),
    ],
  },
  { id: "bottom", columns: 11, keys: [{ ...TO_LETTERS, span: 3 }, ...row(". ,"), { ...SPACE, span: 4 }, ...row("º ª")] },
];

// The number printed on a card: digits, and nothing else that could be pressed by mistake.
const CAN: Block[] = [{ id: "main", columns: 3, keys: [...row("1 2 3 4 5 6 7 8 9 0"), ERASE] }];

export const LAYERS: Record<Layer, Block[]> = {
  letters: LETTERS,
  email: EMAIL,
  digits: DIGITS,
  symbols: SYMBOLS,
  pin: PIN,
  "pin-symbols": PIN_SYMBOLS,
  password: PASSWORD,
  "password-symbols": PASSWORD_SYMBOLS,
  can: CAN,
};

/** Capitals of one press or until pressed again. */
export type Shift = "off" | "once" | "locked";

/** One press more of the capitals key. */
export function nextShift(shift: Shift): Shift {
  return shift === "off" ? "once" : shift === "once" ? "locked" : "off";
}

/** What a key writes now: one press of `l·l` gives three characters, in capitals `L·L`. */
export function written(def: KeyDef, capital: boolean): string {
  const text = def.text ?? "";
  return capital ? text.toLocaleUpperCase("ca") : text;
}
