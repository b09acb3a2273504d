// Gives everything that is kept back as one zip, without WebAssembly: for the page that stopped. The
// zip is a backup as the app makes it (`src/library/backup.rs` tells its form; nothing is compressed),
// so the app restores it.

const request = (asked) =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

// Opens what is there and makes nothing: an empty database of an unknown form would be in the way.
function open(name) {
  const asked = indexedDB.open(name);
  asked.onupgradeneeded = () => asked.transaction.abort();
  return request(asked);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

// The content of a file, given to the browser at once: it need not stay in memory.
function stored(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { crc: crc32(bytes), size: bytes.length, blob: new Blob([bytes]) };
}

// A zip of stored entries: APPNOTE 4.3.7 (local headers), 4.3.12 (central directory), 4.3.16 (its end).
class Zip {
  parts = [];
  directory = [];
  length = 0;
  count = 0;

  add(path, { crc, size, blob }) {
    const name = new TextEncoder().encode(path);
    const fields = new DataView(new ArrayBuffer(26));
    // Version 2.0, names in UTF-8, stored, no time but a valid day.
    fields.setUint16(0, 20, true);
    fields.setUint16(2, 0x800, true);
    fields.setUint16(8, 0x21, true);
    fields.setUint32(10, crc, true);
    fields.setUint32(14, size, true);
    fields.setUint32(18, size, true);
    fields.setUint16(22, name.length, true);
    const rest = new DataView(new ArrayBuffer(14));
    rest.setUint32(10, this.length, true);
    this.directory.push(Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), fields.buffer, rest.buffer, name);
    this.parts.push(Uint8Array.of(0x50, 0x4b, 3, 4), fields.buffer, name, blob);
    this.length += 30 + name.length + size;
    this.count += 1;
  }

  blob() {
    const size = this.directory.reduce((sum, part) => sum + part.byteLength, 0);
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.count, true);
    end.setUint16(10, this.count, true);
    end.setUint32(12, size, true);
    end.setUint32(16, this.length, true);
    return new Blob([...this.parts, ...this.directory, end.buffer], { type: "application/zip" });
  }
}

// A path for each, made safe, and none twice for a file system that tells no case apart.
function names() {
  const taken = new Set();
  return (path) => {
    const parts = String(path).replaceAll(/[\\\0:]/g, "_").split("/");
    const safe = parts.filter((part) => part && part !== "." && part !== "..").join("/") || "clip.md";
    const [, folder, stem, end] = safe.match(/^(.*\/)?(.*?)(\.[^./]*)?$/);
    let name = safe;
    for (let n = 2; taken.has(name.normalize("NFC").toLowerCase()); n++) {
      name = `${folder ?? ""}${stem}-${n}${end ?? ""}`;
    }
    taken.add(name.normalize("NFC").toLowerCase());
    return name;
  };
}

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

// What localStorage has under a key. A browser that keeps the page from it throws at the mere mention.
function mirrored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Everything that is kept, as a zip, and how many clips it has.
export async function rescue() {
  const database = await open("clip-viewer");
  const all = async (store, each) => {
    if (!database.objectStoreNames.contains(store)) return;
    const keys = await request(database.transaction(store).objectStore(store).getAllKeys());
    for (const key of keys) await each(key, await request(database.transaction(store).objectStore(store).get(key)));
  };
  const get = async (store, key) => request(database.transaction(store).objectStore(store).get(key));
  const files = [];
  const [clipName, pictureName] = [names(), names()];
  let clips = 0;
  await all("entries", async (id, record) => {
    const entry = parsed(record);
    const { path = "", hash = id, import: number = 0, added_ms = 0, removed_ms = 0 } = entry?.data ?? {};
    const bytes = await get("texts", id);
    if (removed_ms || !bytes) return;
    const state = parsed(await get("states", id));
    const highlights = database.objectStoreNames.contains("highlights") ? parsed(await get("highlights", id)) : null;
    const file = clipName(path || `${id}.md`);
    const times = { import: number, added_ms, text_ms: number, changed_ms: state?.data?.changed_ms ?? 0 };
    files.push([`state/${id}.json`, stored(JSON.stringify({ id, hash, file, path, ...times, entry, state, ...(highlights && { highlights }) }))]);
    files.push([`clips/${file}`, stored(bytes)]);
    clips += 1;
  });
  const pictures = new Map();
  let number = 0;
  await all("places", async (_, { hash, record }) => {
    const asset = parsed(record);
    const bytes = pictures.has(hash) ? undefined : await get("pictures", hash);
    if (!asset || (!bytes && !pictures.has(hash))) return;
    if (bytes) pictures.set(hash, pictureName(asset.path));
    const file = pictures.get(hash);
    files.push([`state/assets/${number}.json`, stored(JSON.stringify({ asset, file }))]);
    if (bytes) files.push([`assets/${file}`, stored(bytes)]);
    number += 1;
  });
  const session = parsed(mirrored("clip-viewer/session") ?? (await get("rest", "session").catch(() => null)));
  database.close();
  const manifest = { version: 1, app: "Clip Viewer", made_ms: Date.now(), parts: files.map(([path]) => path) };
  const zip = new Zip();
  zip.add("clip-viewer.json", stored(JSON.stringify({ ...manifest, session, views: session?.data?.views ?? [] })));
  for (const [path, content] of files) zip.add(path, content);
  return { zip: zip.blob(), clips };
}
