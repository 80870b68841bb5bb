/** What reports say of the program that made them. */
export const TOOL = {
  name: 'cdk8s-ml',
  version: '0.1.0',
  url: 'https://github.com/cdk8s-ml/cdk8s-ml',
} as const;
