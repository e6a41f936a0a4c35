/* The vote of this phone: shown as soon as it is pressed, sure once the class acknowledged it, sent again while its round is
   open. MIT licence, as the program: see LICENSE. */

import { PATIENCE } from "./connection.js";
import { kids } from "./renderer.js";

const AGAIN = 1000; // ms until a vote is sent again that came too soon after others
const TOO_LATE = ["closed", "other-round"]; // reasons of a refusal

export class Vote {
  constructor(connection) {
    this._connection = connection;
    this._pressed = null; // {choice, round, sure}, until a page has it
    this._timer = 0;
  }

  /* What was pressed in a round and is in no page yet; null: nothing. */
  pressedIn(round) {
    return this._pressed && this._pressed.round === round ? this._pressed : null;
  }

  press(choice, round) {
    this._pressed = { choice, round, sure: false };
    this.deliver();
  }

  forget() {
    this._pressed = null;
  }

  /* Send it, or send it again, unless it is acknowledged. */
  deliver() {
    if (!this._pressed || this._pressed.sure) return;
    const { choice, round } = this._pressed;
    clearTimeout(this._timer);
    this._connection.send({ vote: choice, round });
    this._timer = setTimeout(() => this._pressed && !this._pressed.sure && this._connection.dropSocket(), PATIENCE);
  }

  /* The class has taken a vote; `last`: no other one is on its way. */
  acknowledge({ voted, round }, last) {
    if (!this._pressed) return;
    if (this._pressed.choice === voted && this._pressed.round === round) this._pressed.sure = last;
    else if (last) this.deliver(); // pressed while that one was on its way
  }

  /* The class refused a vote. Gives the key of a text to show, or "". */
  refuse({ refused, round }) {
    if (!this.pressedIn(round) || refused === "paused") return "";
    if (refused === "too-fast") {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this.deliver(), AGAIN);
      return "";
    }
    this._pressed = null;
    return TOO_LATE.includes(refused) ? "vote.late" : "vote.again";
  }

  /* A page has come: the vote is in it, or can be sent again, or came too late. Gives the key of a text, or "". */
  settle(tree, round, state) {
    if (!this._pressed) return "";
    const { choice, sure } = this._pressed;
    const choices = kids(kids(tree).find((node) => node.id === "choices") || {});
    const chosen = choices.some((node) => node.id === `choice:${choice}` && node.chosen);
    const open = this._pressed.round === round;
    if (open && (sure || (chosen && !this._connection.awaitsAnswer))) this._pressed = null;
    else if (!open || !["open", "voted", "paused"].includes(state)) {
      this._pressed = null;
      return sure ? "" : "vote.late";
    }
    return "";
  }
}
