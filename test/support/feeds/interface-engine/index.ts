import { defineFeed } from '../../../../src/mappings/kit/index.ts';

/** A feed of tests: admissions, results, orders and appointments of one interface engine. */
export default defineFeed({
  id: 'interface-engine',
  title: 'Interface engine',
  stewardship: {
    owner: 'Interfaces team',
    clinicalSteward: 'Dr Test',
    contact: 'interfaces@example.org',
    serviceLevel: 'around the clock',
    reviewDate: '2030-01-31',
    decisionServed: 'whom a discharge summary is written for, and when',
  },
  timeZone: 'America/New_York',
  authorities: { MERIDIAN: 'https://meridian.example/mrn' },
  authorityBase: 'https://meridian.example/authority/',
  patientSystem: 'https://meridian.example/mrn',
  events: ['ADT^A01', 'ADT^A03', 'ADT^A08', 'ADT^A13', 'ADT^A40', 'ORU^R01', 'RDE^O11', 'SIU^S12'],
  silentAfterMinutes: 60,
});
