/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module "*.ftl" {
  /** The messages of the file, as Fluent's parser gives them. */
  const body: import("@fluent/bundle").FluentResource["body"];
  export default body;
}

declare module "*.ftl?first" {
  /** Of the messages of the file, those that the first screen is made of. */
  const body: import("@fluent/bundle").FluentResource["body"];
  export default body;
}

declare module "*.svg?drawing" {
  /** The picture as a component: as large as what is around it, in its colour, unheard. */
  const drawing: import("svelte").Component;
  export default drawing;
}

interface Window {
  /** Set by the application before the page runs; all optional. */
  __FINESTRETA__?: {
    /** CSS pixels per millimetre of this very screen, confirmed with a ruler (S70). */
    pxPerMm?: number;
    /** Height of the lower edge of the picture above this very floor. */
    bottomAboveFloorMm?: number;
    /** The view that a kiosk begins with, so that nobody waits for it to be asked for. */
    firstView?: import("./bindings").SessionView | null;
  };
}
