"""Scripts that tests run in a page: what a weighing's cut looks like at a time of their choice, what loops sound."""

# Holds what moves at a time in ms. Gives how many parts move, by how many pixels the part that was taken lies below the
# bar of what came in, and how full the bowls are of what there was, in per cent.
HELD = """(time) => {
  const moving = document.getAnimations().filter(({effect}) => effect.target.closest(".chart"));
  for (const one of moving) { one.pause(); one.currentTime = time; }
  const [, broughtIn] = document.querySelectorAll(".chart > .row > .bar"), box = (one) => one.getBoundingClientRect();
  const lies = box(document.querySelector(".bar > .taken")).top - box(broughtIn.firstChild).top;
  const bowls = [...document.querySelectorAll(".bowl-row.left [data-fill]")];
  return [moving.length, Math.round(lies),
    bowls.map((one) => Math.round(100 * box(one).height / box(one.parentElement).height))];
}"""

# Notes in `started` how many seconds each loop repeats, when it starts.
LOOPS = """window.started = []; const { start } = AudioBufferSourceNode.prototype;
AudioBufferSourceNode.prototype.start = function (...when) {
  if (this.loop) started.push(Math.round(100 * ((this.loopEnd || this.buffer.duration) - this.loopStart)) / 100);
  return start.apply(this, when);
};"""
