export { createAudit, type Auditing, type AuditOptions } from './audit.ts';
