import { defineModule } from 'fascia/mapping';
import { patient } from './patient.ts';

export default defineModule({
  id: 'new-mapping',
  title: 'TODO what the system is',
  stewardship: {
    owner: 'TODO the department that owns the system',
    clinicalSteward: 'TODO who decides what its data mean',
    contact: 'TODO whom to call when it fails',
    serviceLevel: 'TODO how fast it answers, and when it may be down',
    reviewDate: '2026-01-01',
  },
  branches: [patient],
});
