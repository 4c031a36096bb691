import { defineModule } from 'fascia/mapping';
import { patient } from './customer.ts';
import { medicationDispense } from './dispense.ts';
import { organization, practitioner } from './staff.ts';

export default defineModule({
  id: 'meridian-pharmacy',
  title: 'Corner Pharmacy, customers and dispenses',
  stewardship: {
    owner: 'Corner Pharmacy, information systems',
    clinicalSteward: 'Pharmacist in charge',
    contact: 'it@corner-pharmacy.example',
    serviceLevel: 'Answers within 2 seconds, 07:00 to 22:00; outages reported the same day',
    reviewDate: '2027-05-01',
  },
  branches: [patient, practitioner, organization, medicationDispense],
});
