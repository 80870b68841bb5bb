/**
 * Copies at once and then from time to time, until it is told to end; then it copies a last time and ends well. What fails
 * is tried again by the next copy. Arguments: the directory, where it goes, seconds between copies, the index of the worker
 * that copies and of this one, options.
 *
 * The shell is process 1: without a trap it would never hear SIGTERM. Sleeping by the second leaves no moment in which the
 * signal could be missed for a whole interval.
 */
export const UPLOAD_SCRIPT = [
  'source=$1; target=$2; every=$3; turn=$4; rank=$5; shift 5',
  'last=',
  "trap 'last=1' TERM",
  'copy() { [ "$rank" != "$turn" ] || aws s3 sync "$source" "$target" "$@" || echo "the copy to $target failed and is tried again with the next" >&2; }',
  'while [ -z "$last" ]; do',
  '  copy "$@"',
  '  slept=0',
  '  while [ -z "$last" ] && [ "$slept" -lt "$every" ]; do',
  '    sleep 1 & wait $!',
  '    slept=$((slept + 1))',
  '  done',
  'done',
  'copy "$@"',
  'exit 0',
].join('\n');
