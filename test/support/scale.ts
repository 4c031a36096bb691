/** Whether suites ask everything, however long it takes (`npm run prove`), or what fits into `npm test`. */
export const isFull = process.env['FASCIA_TEST_SCALE'] === 'full';
