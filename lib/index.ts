export * from './app';
export type { Finding } from './findings/finding';
export { Outcome, Severity } from './findings/finding';
export { ValidationError } from './findings/validation-error';
export * from './kubernetes-version';
export * from './operations';
export * from './rules';
export * from './storage';
export * from './training';
