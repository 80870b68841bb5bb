/** How reports name the standard input. */
export const STANDARD_INPUT_NAME = '<stdin>';

/** Whether a finding is about a file that a viewer of the report can open. */
export function isOpenable(file: string | undefined): file is string {
  return file !== undefined && file !== STANDARD_INPUT_NAME;
}
