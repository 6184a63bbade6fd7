import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { atEndOfFile } from "./harness";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Whoever is posted to: it takes what comes, refuses it, or never answers. */
export interface Receiver {
  url: string;
  /** Every request that came, also those that were refused. */
  received: Received[];
  /** The text of each message that was taken. */
  texts(): string[];
  answer: "take" | "refuse" | "hang";
}

/** A webhook on this machine until the test file ends. */
export async function startReceiver(): Promise<Receiver> {
  const hanging: ServerResponse[] = [];
  const taken: Received[] = [];
  const receiver: Receiver = {
    url: "",
    received: [],
    texts: () => taken.map(({ body }) => JSON.parse(body).text),
    answer: "take",
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    const received = { path: request.url ?? "", headers: request.headers, body };
    receiver.received.push(received);
    if (receiver.answer === "hang") {
      hanging.push(response);
      return;
    }
    if (receiver.answer === "take") taken.push(received);
    response.writeHead(receiver.answer === "take" ? 200 : 500).end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEndOfFile(() => {
    for (const response of hanging) response.destroy();
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}

export interface Mailbox {
  port: number;
  /** Each message with its headers and body, as text; the soft line breaks of quoted-printable are taken out. */
  mails: { from: string; to: string[]; text: string }[];
}

/** A mail server on this machine until the test file ends. */
export async function startMailbox(): Promise<Mailbox> {
  const mailbox: Mailbox = { port: 0, mails: [] };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      let text = "";
      stream.setEncoding("utf8");
      stream.on("data", (piece: string) => {
        text += piece;
      });
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mailbox.mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: text.replace(/=\r\n/g, "").replace(/=3D/g, "="),
        });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mailbox.port = (server.server.address() as AddressInfo).port;
  atEndOfFile(() => void server.close(() => undefined));
  return mailbox;
}
