/** What data is for, as far as names tell. */
export type Purpose = 'checkpoints' | 'registry' | 'database' | 'dataset';

/** Most names say nothing: one look at them has to do. */
const HINT = /checkpoint|ckpt|registry|store|artifacts|postgres|pgdata|mysql|mariadb|mongodb|data|imagenet|cifar|coco|laion|corpus/i;
const CHECKPOINTS = /(^|[^a-z])(checkpoint|ckpt)/i;
const REGISTRY = /(^|[^a-z])registry([^a-z]|$)/i;
const MODELS = /(^|[^a-z])models?([^a-z]|$)/i;
const STORE = /(^|[^a-z])(store|artifacts)([^a-z]|$)/i;
const DATABASE = /(^|[^a-z])(postgres(ql)?|pgdata|mysql|mariadb|mongodb|database)([^a-z]|$)/i;
const DATASET = /(^|[^a-z])(datasets?|imagenet|cifar|coco|laion|corpus)([^a-z]|$)/i;
const TRAINING = /(^|[^a-z])train(ing)?([^a-z]|$)/i;
const DATA = /(^|[^a-z])data([^a-z]|$)/i;

/** What a name, or the path of a mount, says of the data behind it: `resnet-checkpoints`, `/registry`. */
export function purposeOf(name: string): Purpose | undefined {
  if (!HINT.test(name)) return undefined;
  if (CHECKPOINTS.test(name)) return 'checkpoints';
  if (REGISTRY.test(name) || (STORE.test(name) && MODELS.test(name))) return 'registry';
  if (DATABASE.test(name)) return 'database';
  if (DATASET.test(name) || (DATA.test(name) && TRAINING.test(name))) return 'dataset';
  return undefined;
}
