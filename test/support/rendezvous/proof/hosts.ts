/** A host and how many processes it takes. */
export interface Host {
  readonly host: string;
  readonly slots: number;
}

/** A list of hosts in a file: `host slots=N` of Open MPI, Horovod and DeepSpeed, `host:N` of Intel MPI and MPICH. */
export function hostsIn(file: string): Host[] {
  return file.split('\n').map(line => line.replace(/#.*/, '').trim()).filter(line => line !== '').map(line => {
    const [host, ...facts] = line.split(/\s+/);
    const slots = facts.find(fact => fact.startsWith('slots='))?.slice('slots='.length);
    return slots === undefined ? hostIn(host) : { host, slots: Number(slots) };
  });
}

/** `host` or `host:N`. */
export function hostIn(text: string): Host {
  const [host, slots = '1'] = text.split(':');
  return { host, slots: Number(slots) };
}
