export { createAudit, type Auditing, type AuditOptions } from './audit.ts';
export type { AuditHealth } from './group-commit.ts';
