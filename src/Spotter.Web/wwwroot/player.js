// The clip, its timeline and everything that jumps to a moment.
const clip = document.getElementById("clip");
const timeline = document.getElementById("timeline");
const playhead = document.getElementById("playhead");

function seek(seconds) {
  clip.currentTime = Math.max(0, seconds);
  move();
}

function move() {
  if (timeline) {
    const share = Math.min(1, clip.currentTime / Number(timeline.dataset.seconds));
    playhead.style.left = `${100 * share}%`;
    for (const button of document.querySelectorAll(".rep")) {
      const next = button.closest("li").nextElementSibling?.querySelector(".rep");
      const current = clip.currentTime >= Number(button.dataset.seek) - 0.01 && (!next || clip.currentTime < Number(next.dataset.seek) - 0.01);
      button.toggleAttribute("data-current", current && clip.currentTime > 0);
    }
  }
}

function follow() {
  move();
  if (!clip.paused) {
    requestAnimationFrame(follow);
  }
}

clip.addEventListener("play", follow);
clip.addEventListener("timeupdate", move);
clip.addEventListener("seeked", move);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-seek]");
  if (button) {
    clip.pause();
    seek(Number(button.dataset.seek));
    if (!isVisible(clip)) {
      clip.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }
});

function isVisible(element) {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}

if (timeline) {
  const at = (event) => {
    const box = timeline.getBoundingClientRect();
    seek(Number(timeline.dataset.seconds) * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  timeline.addEventListener("pointerdown", (event) => {
    timeline.setPointerCapture(event.pointerId);
    clip.pause();
    at(event);
  });
  timeline.addEventListener("pointermove", (event) => {
    if (timeline.hasPointerCapture(event.pointerId)) {
      at(event);
    }
  });
}

const share = document.getElementById("share");
if (navigator.share || navigator.clipboard) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    const address = location.origin + location.pathname;
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches) {
        await navigator.share({ title: document.title, url: address });
      } else {
        await navigator.clipboard.writeText(address);
        share.textContent = share.dataset.done;
      }
    } catch {
      // The person changed their mind, or the browser forbids it: the address bar has the same link.
    }
  });
}

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());
