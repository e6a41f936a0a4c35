/* The sounds of the game in a browser, for the site and the wall of a class: loops of the place, and effects once.
   MIT licence, as the program: see LICENSE.txt. Browsers let a page sound only after a press: until then it is silent. */

const FADE = 1.2; // seconds in which a loop comes or goes
const FIRST = 1.5; // seconds at a place before its first occasional sound
const NEAREST = [0.6, 1]; // shares of its level between which an occasional sound is heard

const PAD = 0.25; // seconds before and behind an encoded loop, see sounds.py

export class Sound {
  /* `file` gives a sound's file by its name, as a promise of a Blob; `changed` hears when it may sound, or no more.
     `loops` has the seconds of each loop that is encoded. */
  constructor(file, changed = () => {}, loops = {}) {
    this.lengths = loops;
    this.file = file;
    this.changed = changed;
    this.context = null;
    this.woken = false;
    this.sounds = new Map(); // name -> a promise of its samples
    this.loops = new Map(); // name -> {source, gain}
    this.wanted = {};
    this.occasional = {};
    this.timers = new Map(); // an occasional sound's name -> the timer of its next one
  }

  /* To be called when something is pressed: from then on it may sound. Some browsers let it without. */
  wake() {
    this.woken = true;
    if (!this.context) this.follow(this.wanted, this.occasional);
    else if (!this.running && !document.hidden) this.context.resume().catch(() => {});
  }

  get running() {
    return Boolean(this.context) && this.context.state === "running";
  }

  /* Something is to be heard, and the browser waits for a press. */
  get blocked() {
    return Boolean(this.context) && !this.running && Object.keys(this.wanted).length > 0;
  }

  #open() {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) return;
    try {
      this.context = new Context();
    } catch {
      return;
    }
    this.context.onstatechange = () => {
      this.follow(this.wanted, this.occasional);
      this.changed();
    };
    // a page that nobody sees is silent, as a window is that is minimized
    document.addEventListener("visibilitychange", () => this.context[document.hidden ? "suspend" : "resume"]().catch(() => {}));
  }

  async play(name, level) {
    if (this.woken && !this.context) this.#open();
    const samples = await this.#samples(name);
    if (!samples || !this.running) return;
    const source = this.context.createBufferSource(), gain = this.context.createGain();
    source.buffer = samples;
    gain.gain.value = level;
    source.connect(gain).connect(this.context.destination);
    source.start();
  }

  /* What is to be heard now: loops by name with their levels, and what comes now and then, with its level and the mean
     time from one to the next in seconds. */
  follow(loops, occasional) {
    this.wanted = loops;
    this.occasional = occasional;
    if (this.woken && !this.context && Object.keys(loops).length) this.#open();
    if (!this.running) return;
    for (const [name, timer] of this.timers) {
      if (occasional[name]) continue;
      clearTimeout(timer);
      this.timers.delete(name);
    }
    for (const name of Object.keys(occasional)) if (!this.timers.has(name)) this.#wait(name, FIRST);
    for (const name of this.loops.keys()) if (!loops[name]) this.#fade(name, 0);
    for (const [name, level] of Object.entries(loops)) this.#loop(name, level);
  }

  #wait(name, least = 0) {
    const seconds = least - Math.log(1 - Math.random()) * this.occasional[name][1];
    this.timers.set(name, setTimeout(() => {
      const [near, far] = NEAREST;
      this.play(name, this.occasional[name][0] * (near + Math.random() * (far - near)));
      this.#wait(name);
    }, 1000 * seconds));
  }

  async #loop(name, level) {
    if (!this.loops.has(name)) {
      const samples = await this.#samples(name);
      if (!samples || !this.wanted[name] || this.loops.has(name)) return;
      const source = this.context.createBufferSource(), gain = this.context.createGain();
      source.buffer = samples;
      source.loop = true;
      if (this.lengths[name]) [source.loopStart, source.loopEnd] = [PAD, PAD + this.lengths[name]];
      gain.gain.value = 0;
      source.connect(gain).connect(this.context.destination);
      source.start(0, source.loopStart);
      this.loops.set(name, { source, gain });
    }
    this.#fade(name, level);
  }

  #fade(name, level) {
    const { source, gain } = this.loops.get(name);
    gain.gain.setTargetAtTime(level, this.context.currentTime, FADE / 3);
    if (level > 0) return;
    source.stop(this.context.currentTime + FADE);
    this.loops.delete(name);
  }

  #samples(name) {
    if (!this.context) return Promise.resolve(null);
    if (!this.sounds.has(name)) {
      this.sounds.set(name, this.file(name).then((file) => file.arrayBuffer())
        .then((bytes) => this.context.decodeAudioData(bytes)).catch(() => null));
    }
    return this.sounds.get(name);
  }
}
