// Times in the reader's own zone and words.
const locale = document.documentElement.dataset.locale || undefined;
const day = new Intl.DateTimeFormat(locale, { year: "numeric", month: "numeric", day: "numeric" });
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/** Writes the times within a part of the page. */
export function localise(part) {
  for (const element of part.querySelectorAll("time[datetime]")) {
    const when = new Date(element.dateTime);
    if (!Number.isNaN(when.valueOf())) {
      element.textContent = whole.format(when);
    }
  }
  for (const element of part.querySelectorAll("[data-day]")) {
    const { day: stamp, value } = element.dataset;
    const text = day.format(new Date(stamp)) + (value ? `: ${value}` : "");
    if (element.hasAttribute("aria-label")) {
      element.setAttribute("aria-label", text);
    } else {
      element.textContent = text;
    }
  }
}

localise(document);
