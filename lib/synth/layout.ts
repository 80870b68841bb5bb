import { join } from 'node:path';
import { Names, YamlOutputType, type ApiObject, type Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problems } from './problems';
import type { RenderedChart, RenderedDocument } from './render';

/** A file below the output directory. */
export interface OutputFile {
  readonly path: string;
  /** What the file is named after. */
  readonly construct: IConstruct;
  readonly documents: readonly RenderedDocument[];
}

export interface Layout {
  /** Below the output directory; one for each chart, even an empty one. */
  readonly directories: readonly string[];
  readonly files: readonly OutputFile[];
}

/** Options of the app that decide on file names. */
export interface LayoutOptions {
  readonly outputType: YamlOutputType;
  readonly extension: string;
  readonly numbered: boolean;
}

/** Which file each document goes to: the names that cdk8s gives. */
export function layOut(app: IConstruct, charts: readonly RenderedChart[], options: LayoutOptions, problems: Problems): Layout {
  const { outputType, extension } = options;
  const chartName = (chart: Chart, index: number): string =>
    (options.numbered ? `${String(index).padStart(4, '0')}-` : '') + Names.toDnsLabel(chart);

  switch (outputType) {
    case YamlOutputType.FILE_PER_APP: {
      const documents = charts.flatMap(chart => chart.documents);
      return { directories: [], files: charts.length > 0 ? [{ path: `app${extension}`, construct: app, documents }] : [] };
    }
    case YamlOutputType.FILE_PER_CHART: {
      const files = charts.map(({ chart, documents }, i) => ({ path: chartName(chart, i) + extension, construct: chart, documents }));
      return { directories: [], files };
    }
    case YamlOutputType.FILE_PER_RESOURCE: {
      const documents = charts.flatMap(chart => chart.documents).filter(({ json }) => json !== undefined);
      const named = documents.filter(document => hasName(document, problems));
      return { directories: [], files: named.map(document => fileOf(document, document.json, '', extension)) };
    }
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE: {
      const directories = charts.map(({ chart }, i) => chartName(chart, i));
      const files = charts.flatMap(({ documents }, i) =>
        documents.map(document => fileOf(document, document.construct as ApiObject, directories[i], extension)));
      return { directories, files };
    }
    default:
      return { directories: [], files: [] };
  }
}

function fileOf(document: RenderedDocument, named: any, directory: string, extension: string): OutputFile {
  const name = `${named.kind}.${named.metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
  return { path: join(directory, name + extension), construct: document.construct, documents: [document] };
}

function hasName({ json, construct }: RenderedDocument, problems: Problems): boolean {
  if ((json as any)?.metadata != null) return true;
  problems.add(construct, {
    ruleId: 'out/no-file-name',
    path: 'metadata',
    expected: 'a name, which the file is named after',
    found: 'no metadata',
    fix: 'leave the metadata in the manifest or choose another yamlOutputType than FILE_PER_RESOURCE',
  });
  return false;
}

/**
 * Refuses two files of the same name; cdk8s writes the second over the first.
 *
 * @param reported documents whose clash has a better reason already
 * @see https://github.com/cdk8s-team/cdk8s/issues/2821
 */
export function refuseCollisions(files: readonly OutputFile[], reported: ReadonlySet<RenderedDocument>, problems: Problems): void {
  const firsts = new Map<string, OutputFile>();
  for (const file of files) {
    const first = firsts.get(file.path);
    if (!first) {
      firsts.set(file.path, file);
    } else if (!file.documents.some(document => reported.has(document))) {
      problems.add(file.construct, {
        ruleId: 'out/file-collision',
        path: 'yamlOutputType',
        expected: 'a file of its own',
        found: `${file.path}, which is the file of ${first.construct.node.path || 'the app'} too`,
        fix: 'choose a yamlOutputType with fewer files (FILE_PER_APP has one), or give one of the two another name',
        link: 'https://github.com/cdk8s-team/cdk8s/issues/2821',
      });
    }
  }
}
