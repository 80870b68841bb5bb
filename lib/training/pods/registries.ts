import type { PodConcern } from './pod-part';

/** Secrets that the node shows to the registries of the images. */
export const registries: PodConcern = ({ imagePullSecrets }) => imagePullSecrets != null && imagePullSecrets.length > 0 ? {
  spec: { imagePullSecrets: [...new Set(imagePullSecrets.map(({ name }) => name))].map(name => ({ name })) },
} : {};
