/** One goal: what was measured, and what it may be at most. */
export interface Goal {
  readonly name: string;
  readonly measured: number;
  readonly most: number;
}

export function isMet({ measured, most }: Goal): boolean {
  return measured <= most;
}

/** `name measured goal ok|short` */
export function goalLine(goal: Goal): string {
  return `${goal.name} ${goal.measured.toFixed(2)} ${goal.most.toFixed(2)} ${isMet(goal) ? 'ok' : 'short'}`;
}
