/* The game inside a learning platform, by SCORM 1.2: that a reading was finished, and nothing else, unless the teacher
   asked for the choices too. MIT licence, as the program: see LICENSE.txt. */

const DEPTH = 20; // frames up which the platform is looked for

export class Platform {
  constructor(reportsChoices) {
    this.reportsChoices = reportsChoices;
    this.api = found(window) || (window.opener && found(window.opener)) || null;
    this.open = Boolean(this.api) && this.api.LMSInitialize("") !== "false";
    if (!this.open) return;
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    if (status === "not attempted" || status === "") this.set("cmi.core.lesson_status", "incomplete");
    window.addEventListener("pagehide", () => this.close());
  }

  set(name, value) {
    if (this.open) this.api.LMSSetValue(name, value);
  }

  finished() {
    if (!this.open || this.done) return;
    this.done = true;
    this.set("cmi.core.lesson_status", "completed");
    this.api.LMSCommit("");
  }

  chose(page, choice) {
    if (!this.open || !this.reportsChoices) return;
    const at = `cmi.interactions.${this.api.LMSGetValue("cmi.interactions._count") || 0}`;
    this.set(`${at}.id`, page.replace(/\W/g, "_"));
    this.set(`${at}.type`, "fill-in");
    this.set(`${at}.student_response`, choice);
    this.api.LMSCommit("");
  }

  close() {
    if (!this.open) return;
    this.api.LMSCommit("");
    this.api.LMSFinish("");
    this.open = false;
  }
}

/* The platform's own object, in this window or in one around it. */
function found(start) {
  for (let here = start, depth = 0; depth < DEPTH; depth++) {
    try {
      if (here.API) return here.API;
    } catch {
      return null; // another site's window
    }
    if (here.parent === here) return null;
    here = here.parent;
  }
  return null;
}
