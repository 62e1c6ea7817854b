// Preloaded into the program: an hour is taken from the machine's clock while the answer to the first change is waited out.
import { Socket } from 'node:net';

const { write } = Socket.prototype;
const { now } = Date;

Socket.prototype.write = function (chunk, ...rest) {
  if (/^(?:POST|PUT|DELETE) /.test(String(chunk))) {
    setTimeout(() => {
      Date.now = () => now() - 3_600_000;
    }, 500);
  }
  return write.call(this, chunk, ...rest);
};
