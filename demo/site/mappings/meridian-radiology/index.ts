import { defineModule } from 'fascia/mapping';
import { appointment } from './appointment.ts';
import { patient } from './patient.ts';
import { appointments, patients, ZONE } from './tables.ts';

export default defineModule({
  id: 'meridian-radiology',
  title: 'Radiology of Meridian General, appointments by nightly files',
  stewardship: {
    owner: 'Department of radiology, scheduling',
    clinicalSteward: 'Lead radiographer',
    contact: 'scheduling@radiology.meridian.example',
    serviceLevel: 'Delivers both files by 03:00 every night; a missing night is reported by 08:00',
    reviewDate: '2027-04-01',
  },
  branches: [patient, appointment],
  files: { zone: ZONE, ageHoursMax: 72, rejectedShareMax: 0.05, tables: [patients, appointments] },
});
