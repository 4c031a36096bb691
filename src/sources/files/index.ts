export { createFileFeed, type FileFeed, type FileFeedOptions } from './feed.ts';
export { serveLoaded } from './serve-loaded.ts';
export { readDataLines, type FileClaims } from './read/data-lines.ts';
export { fieldReader } from './read/fields.ts';
