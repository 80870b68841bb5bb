/**
 * `$(NAME)` in a text as Kubernetes expands it: `$$` stands for `$`, unknown names and what is not closed stay as they are.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function expand(text: string, valueOf: (name: string) => string | undefined): string {
  let expanded = '';
  let at = 0;
  while (at < text.length) {
    const next = text[at + 1];
    const end = text[at] === '$' && next === '(' ? text.indexOf(')', at) : -1;
    if (text[at] === '$' && next === '$') {
      expanded += '$';
      at += 2;
    } else if (end >= 0) {
      const name = text.slice(at + 2, end);
      expanded += valueOf(name) ?? `$(${name})`;
      at = end + 1;
    } else {
      expanded += text[at];
      at += 1;
    }
  }
  return expanded;
}
