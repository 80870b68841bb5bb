/**
 * Takes what to publish, the registry, model and version. What is half copied lies under a name that no server looks for; the
 * directory gets its own by a rename within one file system, which is one step. `mv -T` fails where somebody else was faster.
 */
export const PUBLISH_SCRIPT = [
  'set -eu',
  'umask 022',
  'source=$1; registry=$2; target=$2/$3/$4',
  'if [ ! -e "$source" ]; then echo "there is no $source" >&2; exit 1; fi',
  'temporary=$(mktemp -d "$registry/.publishing.XXXXXX")',
  'trap \'rm -rf "$temporary"\' EXIT',
  'trap "exit 143" TERM INT',
  'mkdir "$temporary/version"',
  'if [ -d "$source" ]; then cp -R "$source/." "$temporary/version/"; else cp "$source" "$temporary/version/"; fi',
  'mkdir -p "$registry/$3"',
  'if [ ! -e "$target" ] && mv -T "$temporary/version" "$target"; then echo "published $target"; exit 0; fi',
  'if [ ! -e "$target" ]; then exit 1; fi',
  'if diff -r "$temporary/version" "$target" > /dev/null; then echo "$target was published before"; exit 0; fi',
  'echo "$target holds another model: publish under a new version" >&2',
  'exit 1',
].join('\n');
