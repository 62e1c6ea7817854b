/** The proxy's answer when it does not connect to the target. */
export class RefusedTunnel extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.name = 'RefusedTunnel';
    this.status = status;
  }
}
