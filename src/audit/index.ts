export { createAudit, type AuditOptions } from './audit.ts';
