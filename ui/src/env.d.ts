/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module "*.ftl" {
  const text: string;
  export default text;
}

interface Window {
  /** Set by the application before the page runs; all optional. */
  __FINESTRETA__?: {
    /** CSS pixels per millimetre of this very screen, confirmed with a ruler (S70). */
    pxPerMm?: number;
    /** Height of the lower edge of the picture above this very floor. */
    bottomAboveFloorMm?: number;
  };
}
