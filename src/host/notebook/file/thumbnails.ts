import { isObject, isText, without, type Fields } from '../fields';

/** Base64 of small pictures by the SHA-256 of the picture's file. */
export type Thumbnails = Map<string, string>;

/** Moves the small picture of a record into the table, unless another one stands there. */
export function collectThumbnails(record: Fields, table: Thumbnails): Fields {
  const { thumbnail } = record;
  const hash = pictureHash(record);
  if (!isText(thumbnail) || hash === undefined) return record;
  if (!table.has(hash)) table.set(hash, thumbnail);
  return table.get(hash) === thumbnail ? without(record, 'thumbnail')! : record;
}

/** The record with the small picture of the table, unless it has its own. */
export function withThumbnail(record: Fields, table: Fields): Fields {
  const hash = pictureHash(record);
  if (record['thumbnail'] !== undefined || hash === undefined || !Object.hasOwn(table, hash)) return record;
  return isText(table[hash]) ? { ...record, thumbnail: table[hash] } : record;
}

/** Records come from files: nothing is certain in them. */
function pictureHash({ explanations }: Fields): string | undefined {
  const [first] = Array.isArray(explanations) ? (explanations as unknown[]) : [];
  const image = isObject(first) ? first['image'] : undefined;
  const hash = isObject(image) ? image['sha256'] : undefined;
  return isText(hash) && /^[\da-f]{64}$/.test(hash) ? hash : undefined;
}
