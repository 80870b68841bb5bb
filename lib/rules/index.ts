export { CheckReport } from './check-report';
export { ManifestChecker } from './manifest-checker';
export type { ManifestCheckerProps } from './manifest-checker';
export { ReportFormat } from './report/format';
export type { SuppressedFinding, Suppression } from './suppression';
