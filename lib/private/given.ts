/** Props without those that say nothing: plain JavaScript passes null for them, or no props at all where some must be. */
export function given<P extends object>(props: P | null | undefined): P {
  return Object.fromEntries(Object.entries(props ?? {}).filter(([, value]) => value != null)) as P;
}
