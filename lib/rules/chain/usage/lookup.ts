import type { Severity } from '../../../findings/finding';
import type { BundleView } from '../../bundle/bundle-view';
import type { Path } from '../../engine/path';
import type { Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { keysOf } from './keys';
import { isMade } from './makers';
import { Suggestions } from './suggestions';

/** A name in an object that another object should have. */
export interface Reference {
  /** Where the name stands. */
  readonly subject: Subject;
  readonly path: Path;
  /** `Secret`, `node.k8s.io/RuntimeClass`. */
  readonly type: string;
  /** '' for what has none, or where none is written. */
  readonly namespace: string;
  readonly name: string;
  /** The pods run in a namespace that is not known here: the object may be in any. */
  readonly anyNamespace?: boolean;
  /** The rule's own where it is left out. */
  readonly severity?: Severity;
}


/** Finds what references lead to, and says why one leads nowhere. */
export class Lookup {
  private readonly namesByType = new Map<string, Map<string, Subject[]>>();
  private readonly suggestions = new Suggestions();

  constructor(public readonly view: BundleView) {}

  /** The object that is meant; undefined where there is none, or where it only comes to be in the cluster. */
  public find({ type, namespace, name, anyNamespace }: Reference): Subject | undefined {
    return this.view.find(type, namespace, name) ?? (anyNamespace ? this.named(type, name)[0] : undefined);
  }

  /** Reports a reference to what does not exist. Something in the bundle may still make it in the cluster. */
  public reportMissing(rule: Rule, reference: Reference): void {
    const { subject, path, type, namespace, name, severity } = reference;
    if (isMade(this.view, type, namespace, name)) return;
    const kind = type.slice(type.indexOf('/') + 1);
    const others = this.named(type, name);
    const place = namespace === '' ? '' : ` in namespace ${quoted(namespace)}`;
    const expected = `${article(kind)} ${kind} ${quoted(name)}${place}`;
    const other = others.length === 0 ? undefined : others[0].manifest.namespace;
    const meant = other === undefined ? this.similar(type, namespace, name) : undefined;
    const detail = {
      expected, severity,
      found: other === undefined ? 'none of this name' : `one ${other === '' ? 'without a namespace' : `in namespace ${quoted(other)}`}`,
      fix: meant === undefined ? undefined : `did you mean ${quoted(meant)}?`,
    };
    const isElsewhere = others.length > 0 && namespace !== '' && others.every(one => one.manifest.namespace !== '');
    if (isElsewhere) subject.report(rule, path, detail);
    else subject.unresolved(rule, path, detail);
  }

  /** The key of a ConfigMap or Secret that may be meant. */
  public similarKey(key: string, holder: Subject): string | undefined {
    const { type, namespace, name } = holder.manifest;
    return this.suggestions.for(`${type} ${namespace}/${name}`, key, () => keysOf(holder));
  }

  /** Objects of a name in any namespace. */
  private named(type: string, name: string): readonly Subject[] {
    let names = this.namesByType.get(type);
    if (!names) {
      names = new Map();
      for (const subject of this.view.all(type)) {
        const known = names.get(subject.manifest.name);
        if (known) known.push(subject); else names.set(subject.manifest.name, [subject]);
      }
      this.namesByType.set(type, names);
    }
    return names.get(name) ?? [];
  }

  private similar(type: string, namespace: string, name: string): string | undefined {
    return this.suggestions.for(`${type} ${namespace}`, name, () => {
      const names: string[] = [];
      for (const { manifest } of this.view.all(type)) if (manifest.namespace === namespace) names.push(manifest.name);
      return names;
    });
  }
}

function article(kind: string): string {
  return /^[AEIOU]/.test(kind) ? 'an' : 'a';
}
