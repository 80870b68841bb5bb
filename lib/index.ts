export * from './app';
export type { Finding } from './findings/finding';
export { Severity } from './findings/finding';
export { ValidationError } from './findings/validation-error';
export * from './kubernetes-version';
export * from './operations';
export * from './storage';
export * from './training';
