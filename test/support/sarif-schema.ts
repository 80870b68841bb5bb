/**
 * The part of SARIF 2.1.0 that reports use, as a JSON schema: nothing else may be in them.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const SARIF_SCHEMA = {
  $id: 'https://example.com/sarif-part.json',
  ...object(['version', 'runs'], {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: list({ $ref: '#/$defs/run' }, 1),
  }),
  $defs: {
    run: object(['tool', 'results'], {
      tool: object(['driver'], {
        driver: object(['name'], {
          name: { type: 'string' },
          semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
          informationUri: { type: 'string', format: 'uri' },
          rules: { ...list({ $ref: '#/$defs/rule' }), uniqueItems: true },
        }),
      }),
      invocations: list(object(['executionSuccessful'], { executionSuccessful: { type: 'boolean' } }), 1),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: list({ $ref: '#/$defs/result' }),
      properties: { type: 'object' },
    }),
    rule: object(['id'], {
      id: { type: 'string' },
      name: { type: 'string' },
      shortDescription: { $ref: '#/$defs/multiformat' },
      fullDescription: { $ref: '#/$defs/multiformat' },
      help: { $ref: '#/$defs/multiformat' },
      helpUri: { type: 'string', format: 'uri' },
      defaultConfiguration: object([], { level: { $ref: '#/$defs/level' } }),
      properties: object([], { tags: { ...list({ type: 'string' }), uniqueItems: true } }),
    }),
    result: object(['message'], {
      ruleId: { type: 'string' },
      ruleIndex: { type: 'integer', minimum: -1 },
      level: { $ref: '#/$defs/level' },
      message: object(['text'], { text: { type: 'string' } }),
      locations: list({ $ref: '#/$defs/location' }),
      partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
      suppressions: {
        ...list(object(['kind'], {
          kind: { enum: ['inSource', 'external'] },
          status: { enum: ['accepted', 'underReview', 'rejected'] },
          justification: { type: 'string' },
        })),
        uniqueItems: true,
      },
      properties: { type: 'object' },
    }),
    location: object([], {
      physicalLocation: object(['artifactLocation'], {
        artifactLocation: object([], { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: { type: 'string' } }),
        region: object([], { startLine: { type: 'integer', minimum: 1 } }),
      }),
      logicalLocations: {
        ...list(object([], { name: { type: 'string' }, fullyQualifiedName: { type: 'string' }, kind: { type: 'string' } })),
        uniqueItems: true,
      },
    }),
    multiformat: object(['text'], { text: { type: 'string' }, markdown: { type: 'string' } }),
    level: { enum: ['none', 'note', 'warning', 'error'] },
  },
} as const;

function object(required: readonly string[], properties: object): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

function list(items: object, minItems = 0): object {
  return { type: 'array', items, minItems };
}
