export function idsOf(source: string): string[];
export function keysFile(page: string, faults: string): string;
export function readWording(language: string, name: string): string;
