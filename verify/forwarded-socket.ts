import type { Duplex } from "node:stream";

/** What pg asks of a socket before it speaks. */
interface Dialled extends Duplex {
  connect(): this;
  setNoDelay(): this;
  setKeepAlive(): this;
  ref(): this;
  unref(): this;
}

/**
 * A connection that is made already, as pg takes one: it is told to connect, and is connected at once. Its time-outs are
 * of whoever made it.
 */
export function forwardedSocket(stream: Duplex): Duplex {
  const same = function (this: Dialled): Dialled {
    return this;
  };
  const connect = function (this: Dialled): Dialled {
    process.nextTick(() => this.emit("connect"));
    return this;
  };
  return Object.assign(stream, { connect, setNoDelay: same, setKeepAlive: same, ref: same, unref: same });
}
