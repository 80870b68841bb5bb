export { decode } from './decode';
export { readSource, readValues } from './read-source';
export { Texts } from './texts';
