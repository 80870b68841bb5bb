import { styleText } from 'node:util';
import type { FindingText, Part } from '../../findings/text';

type Style = Parameters<typeof styleText>[0];
/** Later releases of Node.js look at the stream by themselves, the first ones cannot; here the caller has looked. */
type Painter = (style: Style, text: string, options: { validateStream: boolean }) => string;

const STYLES: Readonly<Record<Part, Style>> = {
  title: 'bold',
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  unresolved: 'cyan',
  mark: 'bold',
  faint: 'dim',
};

/** Colours a part of a text for a terminal. */
export const paint: FindingText['paint'] = (part, text) => (styleText as Painter)(STYLES[part], text, { validateStream: false });
