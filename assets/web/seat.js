/* A phone's seat in its class, kept in this tab; where a browser forbids that, until the page is loaded again. MIT licence,
   as the program: see LICENSE.

   A seat is {token, code, class, began, language, welcome, wait, read, leftOut}: what the class gave, whether the note was
   read, and the chapter that is told in a few words. A cookie that no script can read has the token, too. */

const SEAT = "seat";
const ofClass = (name) => `seat:${name}`;

/* The seat of an answer of the class to which `hello` belongs. */
export const seatOf = ({ token, code, welcome, wait, class: name }, hello) =>
  ({ token, code, class: name, began: hello.began, language: hello.language, welcome, wait });

/* The seat of this tab; null without one. */
export const loadSeat = () => read(SEAT);

/* Keep a seat in this tab; null: none. */
export function saveSeat(seat) {
  if (seat) store(SEAT, seat);
  else remove(SEAT);
}

/* Keep the seat of a class that is not here now, for a browser that has no cookie of it. */
export const setAside = (seat) => store(ofClass(seat.class), seat);

/* Take back the seat that was set aside of a class; null without one. */
export function takeAside(name) {
  const seat = read(ofClass(name));
  remove(ofClass(name));
  return seat;
}

const read = (key) => allowed(() => JSON.parse(sessionStorage.getItem(key)));
const store = (key, seat) => allowed(() => sessionStorage.setItem(key, JSON.stringify(seat)));
const remove = (key) => allowed(() => sessionStorage.removeItem(key));

/* What `use` gives; null where the browser forbids it. */
function allowed(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
