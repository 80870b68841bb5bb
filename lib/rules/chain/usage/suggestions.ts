import { nearest } from '../../../private/nearest';

/** Names that are compared with a misspelled one, and how many of those there are: comparing takes time, and a few hints do. */
const CANDIDATES = 100;
const HINTS = 200;
const NAME_MAX = 63;

/** What somebody may have meant by names that do not exist. */
export class Suggestions {
  private readonly candidates = new Map<string, readonly string[]>();
  private left = HINTS;

  /**
   * @param kind what the name is of, for which `names` are the same each time
   */
  public for(kind: string, name: string, names: () => readonly string[]): string | undefined {
    if (name.length > NAME_MAX || this.left === 0) return undefined;
    this.left--;
    let known = this.candidates.get(kind);
    if (!known) {
      known = names().filter(one => one !== '' && one.length <= NAME_MAX).slice(0, CANDIDATES);
      this.candidates.set(kind, known);
    }
    return nearest(name, known);
  }
}
