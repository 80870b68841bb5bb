export { ManifestValidation } from './manifest-validation';
