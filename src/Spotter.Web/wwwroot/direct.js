// Sends a clip straight to Firebase Storage, as a person whom Firebase knows by an id only.
import { initializeApp } from "./firebase/app.js";
import { indexedDBLocalPersistence, inMemoryPersistence, initializeAuth, signInAnonymously } from "./firebase/auth.js";
import { connectStorageEmulator, getStorage, ref, uploadBytesResumable } from "./firebase/storage.js";

const Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => Letters[byte & 63]).join("");

let opened = null;

function open(settings) {
  const app = initializeApp(settings);
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, inMemoryPersistence] });
  const storage = getStorage(app);
  if (settings.storageEmulator) {
    const [host, port] = settings.storageEmulator.split(":");
    connectStorageEmulator(storage, host, Number(port));
  }

  return { auth, storage };
}

// The rules take nothing but clips; what it is the server finds out by looking at it.
const clipType = (file) => `video/${/^[a-z]+\/([a-z0-9.+-]+)/.exec(file.type.toLowerCase())?.[1] ?? "unknown"}`;

// Clips that lie there already: whoever tries again, because the server's answer was lost, names the same one.
const sent = new WeakMap();

/** Resolves to the id under which the clip lies there. */
export async function sendToStorage(settings, file, progress, started) {
  if (sent.has(file)) {
    return sent.get(file);
  }

  opened ??= open(settings);
  const { auth, storage } = opened;
  await auth.authStateReady();
  const user = auth.currentUser ?? (await signInAnonymously(auth)).user;
  const id = newId();
  const task = uploadBytesResumable(ref(storage, `clips/${id}/clip`), file, { contentType: clipType(file), customMetadata: { owner: user.uid } });
  started(task);
  task.on("state_changed", (state) => progress(state.bytesTransferred, state.totalBytes));
  await task;
  sent.set(file, id);
  return id;
}
