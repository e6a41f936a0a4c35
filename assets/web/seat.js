/* The seat that a phone has in its class, as this tab keeps it; where a browser forbids that, it holds until the page is
   loaded again. MIT licence, as the program: see LICENSE.

   A seat is {token, code, class, began, welcome, wait, read, leftOut}: what the class gave, whether its pupil has read the
   note, and the chapter that is told to this pupil in a few words. A cookie of the class keeps the token, too, which no
   script reads. */

const SEAT = "seat";
const ofClass = (name) => `seat:${name}`;

/* The seat of an answer of the class to which `hello` belongs. */
export const seatOf = ({ token, code, welcome, wait, class: name }, hello) =>
  ({ token, code, class: name, began: hello.began, welcome, wait });

/* The seat of this tab; null without one. */
export const loadSeat = () => read(SEAT);

/* Keep a seat in this tab; null: none. */
export function saveSeat(seat) {
  if (seat) store(SEAT, seat);
  else remove(SEAT);
}

/* Keep the seat of a class that is not here now, for a browser that has no cookie of it. */
export const setAside = (seat) => store(ofClass(seat.class), seat);

/* The seat that was set aside of a class, which is kept there no longer; null without one. */
export function takeAside(name) {
  const seat = read(ofClass(name));
  remove(ofClass(name));
  return seat;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function store(key, seat) {
  try {
    sessionStorage.setItem(key, JSON.stringify(seat));
  } catch { /* forbidden here */ }
}

function remove(key) {
  try {
    sessionStorage.removeItem(key);
  } catch { /* forbidden here */ }
}
