import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  /** Without credentials: `127.0.0.1:PORT`. */
  host: string;
  /** Of every CONNECT: the target that was asked for and the credentials that came along. */
  asked: { target: string | undefined; authorization: string | undefined }[];
}

/** A real proxy. It connects every tunnel to the same local port, whatever host was asked for. */
export async function startConnectProxy(
  decide: (
    request: IncomingMessage,
    number: number,
  ) => { connectTo: number } | { answer: string } | 'silence',
): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  };
  const server = createServer();
  server.on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
    const decision = decide(request, asked.length);
    if (decision === 'silence') return;
    if ('answer' in decision) {
      client.end(`HTTP/1.1 ${decision.answer}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(decision.connectTo, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${port}`, asked };
}
