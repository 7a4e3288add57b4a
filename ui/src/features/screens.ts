/**
 * Which component shows which screen. One line each: a screen without a component does not compile. The page has them
 * with what covers a screen and the keyboard, as one part of its own (parts.ts).
 */
import type { Component } from "svelte";
import type { Screen } from "../bindings";
import Procedures from "./catalogue/Procedures.svelte";
import Search from "./catalogue/Search.svelte";
import Sheet from "./catalogue/Sheet.svelte";
import BeforeStart from "./catalogue/BeforeStart.svelte";
import Home from "./catalogue/Home.svelte";
import Topics from "./catalogue/Topics.svelte";
import Leaving from "./done/Leaving.svelte";
import Output from "./done/Output.svelte";
import OutOfService from "./done/OutOfService.svelte";
import Provisional from "./done/Provisional.svelte";
import Receipt from "./done/Receipt.svelte";
import CheckFile from "./documents/CheckFile.svelte";
import Documents from "./documents/Documents.svelte";
import Form from "./form/Form.svelte";
import Items from "./form/Items.svelte";
import Card from "./identify/Card.svelte";
import CertificateFiles from "./identify/CertificateFiles.svelte";
import Certificates from "./identify/Certificates.svelte";
import Means from "./identify/Means.svelte";
import NoMeans from "./identify/NoMeans.svelte";
import Pin from "./pin/Pin.svelte";
import Review from "./review/Review.svelte";
import Fee from "./sign/Fee.svelte";
import Sending from "./sign/Sending.svelte";
import Sign from "./sign/Sign.svelte";
import Welcome from "./welcome/Welcome.svelte";

export { default as Overlays } from "./overlays/Overlays.svelte";
export { default as TextKeyboard } from "../shell/TextKeyboard.svelte";

type Of<Is extends Screen["is"]> = Extract<Screen, { is: Is }>;

// Some screens show nothing but what the header says.
export const SCREENS: { [Is in Screen["is"]]: Component<{ screen: Of<Is> }> | Component } = {
  welcome: Welcome,
  home: Home,
  card: Card,
  means: Means,
  "no-means": NoMeans,
  "certificate-files": CertificateFiles,
  certificates: Certificates,
  topics: Topics,
  search: Search,
  procedures: Procedures,
  sheet: Sheet,
  "before-start": BeforeStart,
  form: Form,
  items: Items,
  documents: Documents,
  "check-file": CheckFile,
  review: Review,
  fee: Fee,
  sign: Sign,
  pin: Pin,
  sending: Sending,
  receipt: Receipt,
  provisional: Provisional,
  output: Output,
  leaving: Leaving,
  "out-of-service": OutOfService,
};
