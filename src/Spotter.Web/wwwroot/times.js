// Times in the reader's own zone and words.
const locale = document.documentElement.dataset.locale || undefined;
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/** Writes the times within a part of the page. */
export function localise(part) {
  for (const element of part.querySelectorAll("time[datetime]")) {
    const when = new Date(element.dateTime);
    if (!Number.isNaN(when.valueOf())) {
      element.textContent = whole.format(when);
    }
  }
}

localise(document);
