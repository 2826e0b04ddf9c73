// Sends one file with XMLHttpRequest, which tells how far it is; a connection that breaks is tried again under the same key, so that nothing is handed in twice.
const Tries = 3;
const Pause = 1500;

/** A name of our own for an upload. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** What becomes of sending when somebody stops it. */
export class Stopped extends Error {}

/** What the server says of a file that it does not take; sending it again would change nothing. */
export class Refused extends Error {}

/**
 * Sends a file. The upload can be stopped at any moment, in the pause between two tries too.
 * @returns a promise of the server's answer, and a function that stops.
 */
export function send(address, file, key, progress, failed) {
  let request = null;
  let pause = 0;
  let stopped = false;
  let reject = () => {};
  const promise = new Promise((resolve, refuse) => {
    reject = refuse;
    attempt(Tries);
    function attempt(left) {
      request = new XMLHttpRequest();
      request.open("POST", address);
      request.responseType = "json";
      request.setRequestHeader("Idempotency-Key", key);
      request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
      request.addEventListener("load", () => {
        if (request.status === 200 || request.status === 201) {
          resolve(request.response);
        } else if (request.status >= 500 && request.status !== 507) {
          again(left);
        } else {
          refuse(new Refused(request.response?.detail ?? failed));
        }
      });
      request.addEventListener("error", () => again(left));
      progress(0, file.size);
      request.send(file);
    }

    function again(left) {
      if (stopped) {
        return;
      }
      if (left > 1) {
        pause = setTimeout(() => attempt(left - 1), Pause);
      } else {
        refuse(new Error(request.response?.detail ?? failed));
      }
    }
  });
  const stop = () => {
    stopped = true;
    clearTimeout(pause);
    request.abort();
    reject(new Stopped());
  };
  return { promise, stop };
}

/**
 * Says why a file was not sent, and offers what can still be done with it: a recording exists nowhere else. A line that offers something stays until that is
 * done or the file is discarded.
 * @param again sends the file again, and tells whether it does.
 */
export function showFailure(place, { message, file, words, isRecording, again }) {
  const line = document.createElement(place.tagName === "UL" ? "li" : "div");
  line.className = "failure";
  const text = document.createElement("span");
  text.className = "error";
  text.textContent = message;
  line.append(text);
  if (again) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button second";
    button.textContent = words.again;
    button.addEventListener("click", () => {
      if (again()) {
        line.remove();
      }
    });
    line.append(button);
  }
  if (isRecording) {
    line.dataset.unsaved = "";
    const link = document.createElement("a");
    link.className = "button second";
    link.href = URL.createObjectURL(file);
    link.download = `spotter.${file.type.includes("mp4") ? "mp4" : "webm"}`;
    link.textContent = words.save;
    link.addEventListener("click", () => delete line.dataset.unsaved);
    line.append(link);
  }
  if (again || isRecording) {
    line.dataset.offers = "";
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "link";
    discard.textContent = words.discard;
    discard.addEventListener("click", () => line.remove());
    line.append(discard);
  }
  place.append(line);
}

/** Removes what was said, save where something is still offered. */
export function clear(place) {
  place.querySelectorAll(".failure:not([data-offers])").forEach((line) => line.remove());
}

/** Whether a recording waits that was neither sent nor saved. */
export const holdsRecording = (place) => place.querySelector("[data-unsaved]") !== null;

/** Asks before a page is left while something on it exists nowhere else. */
export function guard(isPrecious) {
  addEventListener("beforeunload", (event) => {
    if (isPrecious()) {
      event.preventDefault();
    }
  });
}
