import { Severity } from '../../findings/finding';

/** From which severity on findings make a check fail. */
export type FailOn = Severity | 'never';

/** What a report may show beyond its data. */
export interface RenderOptions {
  /** Whether the text is for a terminal that shows colours; without them where it is left out. */
  readonly colours?: boolean;
  /** The text of a file that was checked; lines around findings are shown where there is one. */
  readonly textOf?: (file: string) => string | undefined;
  /** The least severity that counts as a failed test; error where it is left out. */
  readonly failOn?: FailOn;
}
