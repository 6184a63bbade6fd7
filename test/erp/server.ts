import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createMiddleware } from "@mswjs/http-middleware";
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from "express";
import { getResponse, type RequestHandler } from "msw";
import { Answers } from "./answers";
import { makePrivateCertificate } from "./certificates";
import { changesHandlers } from "./changes-handlers";
import { controlHandlers } from "./control-handlers";
import { Factory } from "./factory";
import { faultHandlers } from "./fault-handlers";
import { type Fault, FaultLine } from "./faults";
import { erpHandlers } from "./handlers";
import { pagedHandlers } from "./paged-handlers";
import type { ErpRow } from "./row";
import { answerOnSocket } from "./socket-faults";

export interface ErpOptions {
  factory?: Factory;
  /** Serve over TLS with a certificate from a private authority; `caFile` names it. */
  https?: boolean;
  /** Default 0: a free port. */
  port?: number;
  /** Requests it says no to are answered with 401. */
  authorize?: (headers: IncomingHttpHeaders) => boolean;
  /** Serve `POST /__control`. */
  control?: boolean;
}

export interface ErpRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
}

export interface Erp {
  /** Without a slash at the end: `ERP_BASE_URL`. */
  url: string;
  caFile?: string;
  /** Every request under /api, the oldest first. */
  requests: ErpRequest[];
  factory: Factory;
  /** Answers these rows, or this text as it is, instead of the factory's rows; null goes back to the factory. */
  setRows(instead: ErpRow[] | string | null): void;
  /** The next `times` requests (default 1, or Infinity) fail like this; faults queue up. */
  fault(fault: Fault, times?: number): void;
  clearFaults(): void;
  /** Ends open answers too. */
  close(): Promise<void>;
}

/** Starts the ERP on 127.0.0.1. */
export async function startErp(options: ErpOptions = {}): Promise<Erp> {
  const factory = options.factory ?? new Factory();
  const answers = new Answers(factory);
  const faults = new FaultLine();
  const requests: ErpRequest[] = [];
  const handlers = [...erpHandlers(answers), ...pagedHandlers(answers), ...changesHandlers(answers)];

  const app = express().disable("x-powered-by");
  app.use((request, response, next) => {
    if (!request.path.startsWith("/api/")) return next();
    requests.push(describe(request));
    const refused = options.authorize !== undefined && !options.authorize(request.headers);
    const fault: Fault = refused ? { kind: "status", status: 401 } : faults.next();
    answer(fault, handlers, request, response, next).catch(next);
  });
  if (options.control) app.use(createMiddleware(...controlHandlers(factory, faults)));

  const certificate = options.https ? await makePrivateCertificate() : undefined;
  const listener = app as RequestListener;
  const server = certificate ? createHttpsServer(certificate, listener) : createHttpServer(listener);
  const port = await listen(server, options.port ?? 0);
  return {
    url: `${certificate ? "https" : "http"}://127.0.0.1:${port}`,
    ...(certificate && { caFile: certificate.caFile }),
    requests,
    factory,
    setRows: (instead) => answers.replace(instead),
    fault: (fault, times) => faults.add(fault, times),
    clearFaults: () => faults.clear(),
    close: async () => {
      certificate?.remove();
      await closeServer(server);
    },
  };
}

/** Socket faults first; everything HTTP can express goes through the msw handlers. */
async function answer(
  fault: Fault,
  handlers: RequestHandler[],
  request: ExpressRequest,
  response: ExpressResponse,
  next: (error?: unknown) => void,
): Promise<void> {
  const healthy = fault.kind === "none" ? "" : await healthyText(handlers, request);
  if (answerOnSocket(fault, response, healthy)) return;
  await createMiddleware(...faultHandlers(fault, healthy), ...handlers)(request, response, next);
}

async function healthyText(handlers: RequestHandler[], request: ExpressRequest): Promise<string> {
  const url = new URL(request.originalUrl, `http://${request.headers.host}`);
  const response = await getResponse(handlers, new Request(url));
  return response === undefined ? "" : response.text();
}

function describe(request: ExpressRequest): ErpRequest {
  const url = new URL(request.originalUrl, "http://127.0.0.1");
  const query = Object.fromEntries(url.searchParams);
  return { method: request.method, path: url.pathname, query, headers: request.headers };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
