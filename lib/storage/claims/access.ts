import type { AccessMode, ClaimSource, ConditionalModeFacts, DriverFacts, VolumeMode } from '../drivers/driver-facts';

/** What decides on the modes that a driver gives a claim. */
export interface ModeQuestion {
  readonly volumeMode: VolumeMode;
  /** Parameters of the claim's class. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the claim is filled from; undefined for an empty one. */
  readonly source?: ClaimSource;
}

/** Modes that a driver gives a claim of this kind. */
export function modesFor(driver: DriverFacts, question: ModeQuestion): AccessMode[] {
  const always = question.volumeMode === 'Filesystem' ? driver.filesystemModes : driver.blockModes;
  const sometimes = (driver.conditionalModes ?? []).filter(facts => holds(facts, question)).map(({ mode }) => mode);
  return [...new Set([...always, ...sometimes])];
}

/** The conditions under which a driver gives `mode`, for people. */
export function conditionsFor(driver: DriverFacts, mode: AccessMode, volumeMode: VolumeMode): string[] {
  return (driver.conditionalModes ?? []).filter(facts => facts.mode === mode && facts.volumeMode === volumeMode).map(({ when }) => when);
}

function holds({ volumeMode, parameter, source }: ConditionalModeFacts, question: ModeQuestion): boolean {
  if (volumeMode !== question.volumeMode) return false;
  if (source && (question.source === undefined || !source.includes(question.source))) return false;
  if (!parameter) return true;
  const value = question.parameters[parameter.name];
  if (parameter.in) return value !== undefined && parameter.in.includes(value);
  if (parameter.notIn) return value === undefined || !parameter.notIn.includes(value);
  return parameter.min === undefined || Number(value ?? Number.NaN) >= parameter.min;
}
