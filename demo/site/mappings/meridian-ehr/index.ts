import { defineModule } from 'fascia/mapping';
import { administrations } from './administrations.ts';
import { answers } from './answers.ts';
import { labResult, pointOfCareResult } from './laboratory.ts';
import { coverage, insurer, providerRole, relative } from './affiliations.ts';
import { documentPdf } from './binaries.ts';
import { document } from './documents.ts';
import { labReport } from './lab-reports.ts';
import { consent, partner } from './consents.ts';
import { medication } from './formulary.ts';
import { homeLine } from './home-lists.ts';
import { location } from './location.ts';
import { medicationOrder } from './medication-orders.ts';
import { patient } from './patient.ts';
import { carePlan, goal } from './care-plans.ts';
import { careTeam } from './care-teams.ts';
import { implant } from './implants.ts';
import { referral } from './referrals.ts';
import { healthcareService } from './services.ts';
import { alert } from './alerts.ts';
import { allergy, condition, noKnownAllergy } from './problems.ts';
import { panel, sharedRoster } from './rosters.ts';
import { departmentReport, genomicsReport } from './reports.ts';
import { specimen } from './specimens.ts';
import { organization, practitioner } from './staff.ts';
import { stay } from './stays.ts';
import { treatment, vaccination } from './treatments.ts';
import { bloodPressure, vitals } from './vitals.ts';

export default defineModule({
  id: 'meridian-ehr',
  title: 'Meridian Hospital, patient administration and laboratory',
  stewardship: {
    owner: 'Clinical Applications, Meridian Hospital',
    clinicalSteward: 'Head of the Clinical Laboratory',
    contact: 'interfaces@meridian.example',
    serviceLevel: 'Answers within 2 seconds; outages reported within 15 minutes, around the clock',
    reviewDate: '2027-05-01',
  },
  branches: [
    patient,
    practitioner,
    organization,
    location,
    stay,
    labResult,
    pointOfCareResult,
    labReport,
    departmentReport,
    genomicsReport,
    document,
    documentPdf,
    ...vitals,
    bloodPressure,
    condition,
    allergy,
    noKnownAllergy,
    alert,
    ...answers,
    vaccination,
    treatment,
    relative,
    insurer,
    coverage,
    providerRole,
    partner,
    consent,
    healthcareService,
    referral,
    medicationOrder,
    panel,
    sharedRoster,
    medication,
    ...administrations,
    careTeam,
    carePlan,
    goal,
    homeLine,
    implant,
    specimen,
  ],
});
