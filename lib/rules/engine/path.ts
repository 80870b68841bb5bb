/**
 * Where in an object something stands, written as the API server writes it: `spec.containers[0].resources.limits[cpu]`.
 * Made step by step, and text only when something is reported.
 */
export class Path {
  /** The object itself. */
  public static readonly ROOT = new Path(undefined, '', false);

  private constructor(private readonly parent: Path | undefined, private readonly step: string | number, private readonly isKey: boolean) {}

  /** A field: `.image`. */
  public field(name: string): Path {
    return new Path(this, name, false);
  }

  /** Two or more fields, one below the other. */
  public fields(...names: readonly string[]): Path {
    return names.reduce<Path>((path, name) => path.field(name), this);
  }

  /** An element of a list: `[0]`. */
  public index(i: number): Path {
    return new Path(this, i, true);
  }

  /** A key of a map: `[nvidia.com/gpu]`. */
  public key(key: string): Path {
    return new Path(this, key, true);
  }

  public toString(): string {
    if (!this.parent) return '';
    const before = this.parent.toString();
    if (this.isKey) return `${before}[${this.step}]`;
    return before === '' ? String(this.step) : `${before}.${this.step}`;
  }
}
