/** How a report is written. */
export enum ReportFormat {
  /** For people. */
  TEXT = 'text',
  /** All data of the findings. */
  JSON = 'json',
  /** SARIF 2.1.0, for code scanning. */
  SARIF = 'sarif',
  /** JUnit XML, for CI systems. */
  JUNIT = 'junit',
  /** Annotations of GitHub Actions. */
  GITHUB = 'github',
}
