/** Runs in the window: whether all of these texts stand together in one entry of the editor's storage. */
export async function isStored(texts: readonly string[]): Promise<boolean> {
  const { indexedDB } = globalThis as unknown as { indexedDB: PageDatabases };
  const answer = <T>(request: PageRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await answer(indexedDB.open(name));
    const entries = await answer(database.transaction('ItemTable').objectStore('ItemTable').getAll());
    database.close();
    // States within states are quoted again and again.
    const plain = entries.map((entry) => String(entry).replaceAll('\\', ''));
    if (plain.some((entry) => texts.every((text) => entry.includes(text)))) return true;
  }
  return texts.length === 0;
}

interface PageRequest<T> {
  readonly result: T;
  onsuccess: () => void;
  onerror: (reason: unknown) => void;
}
interface PageDatabases {
  databases(): Promise<{ readonly name: string }[]>;
  open(name: string): PageRequest<{
    transaction(store: string): { objectStore(store: string): { getAll(): PageRequest<unknown[]> } };
    close(): void;
  }>;
}
