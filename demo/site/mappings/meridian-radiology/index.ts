import { defineModule } from 'fascia/mapping';
import { appointment } from './appointment.ts';
import { patient } from './patient.ts';
import { study } from './study.ts';
import { seriesLines, studies } from './tables-studies.ts';
import { appointments, patients, ZONE } from './tables.ts';

export default defineModule({
  id: 'meridian-radiology',
  title: 'Radiology of Meridian General, by nightly files',
  stewardship: {
    owner: 'Department of radiology, scheduling',
    clinicalSteward: 'Lead radiographer',
    contact: 'scheduling@radiology.meridian.example',
    serviceLevel: 'Delivers its files by 03:00 every night; a missing night is reported by 08:00',
    reviewDate: '2027-04-01',
  },
  branches: [patient, appointment, study],
  files: {
    zone: ZONE,
    ageHoursMax: 72,
    rejectedShareMax: 0.05,
    tables: [patients, appointments, studies, seriesLines],
  },
});
