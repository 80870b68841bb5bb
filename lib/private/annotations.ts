/** Annotation of an object or of its pod template that suppresses findings: `<rule>: <reason>`, a line for each. */
export const IGNORE_ANNOTATION = 'cdk8s-ml/ignore';
