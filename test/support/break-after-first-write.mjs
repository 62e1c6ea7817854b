// Preloaded into the program: the first thing that is rounded after a change was sent fails, as a fault of the program would.
import { Socket } from 'node:net';

const { write } = Socket.prototype;
const { round } = Math;
let isSent = false;

Socket.prototype.write = function (chunk, ...rest) {
  if (/^(?:POST|PUT|DELETE) /.test(String(chunk))) isSent = true;
  return write.call(this, chunk, ...rest);
};
Math.round = (number) => {
  if (!isSent) return round(number);
  Math.round = round;
  throw new TypeError('broken on purpose');
};
