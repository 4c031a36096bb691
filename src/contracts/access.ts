import type { Plan } from './search-plan.ts';

/** Who asks, and what the caller may reach. */
export interface Access {
  /** `open`: everything (loopback only, until tokens exist). `patient`: the compartment of one person, by Patient id, and the shared types. */
  readonly reach: { readonly is: 'open' } | { readonly is: 'patient'; readonly patient: string };
  /** The calling client and user as audit names them. */
  readonly agent: string;
}

declare const authorised: unique symbol;

/** A plan after narrowing. Only `security/narrow.ts` makes one: the record layer accepts nothing else. */
export type AuthorisedPlan<P extends Plan = Plan> = P & { readonly [authorised]: true };
