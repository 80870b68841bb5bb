import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test, vi } from 'vitest';
import { MlApp } from '../../lib/app';
import type { Finding } from '../../lib/findings/finding';
import type { ValidationError } from '../../lib/findings/validation-error';
import { contentsOf, OUTPUT_TYPES, withOutdir } from './random-app';

function objectIn(chart: Chart, id: string, kind = 'ConfigMap'): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind });
}

function findingsOf(app: MlApp): readonly Finding[] {
  try {
    app.synthYaml();
    return [];
  } catch (error) {
    return (error as ValidationError).findings;
  }
}

describe('a toJson() of a chart itself', () => {
  class OwnChart extends Chart {
    public override toJson(): any[] {
      return super.toJson().filter((json: { kind: string }) => json.kind !== 'Secret');
    }
  }
  class LateChart extends Chart {
    public override toJson(): any[] {
      const late = objectIn(this, 'late');
      late.node.addValidation({ validate: () => this.complaints });
      if (this.node.tryFindChild('early')) this.node.findChild('early').node.addDependency(late);
      return super.toJson();
    }
    public complaints: string[] = [];
  }
  class BrokenChart extends Chart {
    public override toJson(): any[] {
      throw new Error('broken');
    }
  }
  class EmptyChart extends Chart {
    public override toJson(): any {
      return undefined;
    }
  }

  test('decides what is written, and its app is validated once all the same', () => {
    const app = new MlApp();
    const validations = Array.from({ length: 5 }, (_, i) => {
      const chart = new OwnChart(app, `c${i}`);
      objectIn(chart, 'x');
      objectIn(chart, 'y', 'Secret');
      const validate = vi.fn(() => []);
      chart.node.addValidation({ validate });
      return validate;
    });
    expect(app.synthYaml().match(/kind: .*/g)).toEqual(Array(5).fill('kind: ConfigMap'));
    for (const validation of validations) expect(validation).toHaveBeenCalledTimes(1);
  });

  test.each(OUTPUT_TYPES)('may complete the chart first, as in cdk8s, output type %i', yamlOutputType => {
    const files = (type: typeof App): Record<string, string> => withOutdir(outdir => {
      const app = new type({ outdir, yamlOutputType, recordConstructMetadata: true });
      objectIn(new LateChart(app, 'chart'), 'early');
      new LateChart(app, 'other');
      app.synth();
      return contentsOf(outdir);
    });
    expect(files(MlApp)).toEqual(files(App));
  });

  test('may add what objects to itself', () => {
    const app = new MlApp();
    new LateChart(app, 'chart').complaints.push('too late');
    expect(findingsOf(app)).toMatchObject([{ constructPath: 'chart/late', found: 'too late' }]);
  });

  test('is named when it throws or returns nothing, and leaves no trace', () => {
    const app = new MlApp();
    new BrokenChart(app, 'broken');
    new EmptyChart(app, 'empty');
    const { toJson } = Chart.prototype as { toJson: unknown };
    expect(findingsOf(app)).toMatchObject([
      { ruleId: 'construct/serialization', constructPath: 'broken', found: 'broken' },
      { ruleId: 'construct/serialization', constructPath: 'empty', found: 'Cannot convert undefined or null to object' },
    ]);
    expect((Chart.prototype as { toJson: unknown }).toJson).toBe(toJson);
  });

  test('may return more documents than a call takes arguments, as cdk8s cannot', () => {
    class LargeChart extends Chart {
      public override toJson(): any[] {
        return Array.from({ length: 130_000 }, (_, i) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `n${i}` } }));
      }
    }
    const app = new MlApp();
    new LargeChart(app, 'chart');
    expect(app.synthYaml().split('---\n')).toHaveLength(130_000);
  });
});
