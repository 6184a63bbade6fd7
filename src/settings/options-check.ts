import { s3Config } from "../archive/s3";
import { alertProblems } from "./alerts-check";
import { type GetEnv, MissingVariable, resolve } from "./environment";
import { headerProblem } from "./header-text";
import type { AuthKind, Options } from "./options";
import { isLiteralSecret, looksSecret } from "./secrets";

type Auth = Options["source"]["auth"];
type AuthField = Exclude<keyof Auth, "kind" | "claims" | "ttl_seconds">;

const authFields: Record<AuthKind, AuthField[]> = {
  none: [],
  bearer: ["token"],
  basic: ["username", "password"],
  header: ["name", "value"],
  jwt_hs256: ["secret"],
};
const allAuthFields: AuthField[] = ["token", "username", "password", "name", "value", "secret"];

/**
 * Rules that the schema cannot say: options that need one another, references to the environment, secrets in the open.
 * `mayBeUnset`: variables that are not set are accepted, as for a paused stream.
 */
export function optionProblems(options: Options, getenv: GetEnv, mayBeUnset: boolean): string[] {
  return [
    ...authProblems(options.source),
    ...headerProblems(options.source),
    ...transportProblems(options.source),
    ...pagingProblems(options.source),
    ...dailyProblems(options),
    ...incrementalProblems(options.source),
    ...alertProblems(options.alerts, getenv, mayBeUnset),
    archiveProblem(options.archive, getenv, mayBeUnset),
    ...referenceTexts(options.source).map((entry) => referenceProblem(entry, getenv, mayBeUnset)),
  ].filter((problem) => problem !== "");
}

function authProblems(source: Options["source"]): string[] {
  const { auth, headers } = source;
  const needed = authFields[auth.kind];
  const problems: string[] = [];
  for (const field of allAuthFields) {
    const path = `options.source.auth.${field}`;
    if (needed.includes(field) && auth[field] === "") {
      problems.push(`${path} is blank, but auth.kind "${auth.kind}" needs ${needed.join(" and ")}`);
    }
    if (!needed.includes(field) && auth[field] !== "") {
      problems.push(`${path} is set, but auth.kind "${auth.kind}" does not use it: ${kindFor(field)}`);
    }
  }
  const sent = auth.kind === "none" ? "" : auth.kind === "header" ? auth.name : "Authorization";
  const double = Object.keys(headers).find((name) => sent !== "" && name.toLowerCase() === sent.toLowerCase());
  if (double !== undefined) {
    problems.push(
      `options.source.headers.${double}: options.source.auth sends this header already, remove one of the two`,
    );
  }
  return problems;
}

function kindFor(field: AuthField): string {
  const kinds: AuthKind[] = ["bearer", "basic", "header", "jwt_hs256"];
  const kind = kinds.find((candidate) => authFields[candidate].includes(field));
  return `set auth.kind to "${kind}" or leave ${field} out`;
}

function headerProblems({ headers }: Options["source"]): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const problem = headerProblem(value);
    return problem === "" ? [] : [`options.source.headers.${name}: ${problem}`];
  });
}

function transportProblems(source: Options["source"]): string[] {
  if (source.transport !== "http" || source.cacert === "") return [];
  return [
    `options.source.cacert: ${JSON.stringify(source.cacert)} is read by curl only, and transport is "http": ` +
      "set the environment variable SSL_CERT_FILE to this path instead, or transport to curl",
  ];
}

function dailyProblems({ source: { daily_rows, paging }, archive }: Options): string[] {
  if (daily_rows === 0) return [];
  if (paging.kind === "none") {
    return [
      `options.source.daily_rows: ${daily_rows} rows a day need an ERP that answers in pages, and options.source.paging.kind is "none": set it, or daily_rows to 0`,
    ];
  }
  if (archive.to === "none") return [];
  return [
    `options.archive.to: "${archive.to}" keeps whole answers, and options.source.daily_rows spreads one over several runs: set it to none, or daily_rows to 0`,
  ];
}

function pagingProblems({ paging, query, from_date_param }: Options["source"]): string[] {
  const { kind, param, size_param } = paging;
  if (kind === "none") return [];
  const sent = [kind === "link" ? "" : param || kind, size_param].filter((name) => name !== "");
  const taken = sent.find((name) => name in query || name === from_date_param);
  if (taken !== undefined) {
    return [
      `options.source.paging: it sends the parameter "${taken}", which is set elsewhere already, remove one of the two`,
    ];
  }
  return sent[0] === sent[1] && sent.length === 2
    ? [`options.source.paging.size_param: "${size_param}" is the name of the other parameter too, give it another one`]
    : [];
}

function incrementalProblems({ incremental, paging, query }: Options["source"]): string[] {
  const { param, cursor_field } = incremental;
  if ((param === "") !== (cursor_field === "")) {
    const [blank, other] = param === "" ? ["param", "cursor_field"] : ["cursor_field", "param"];
    return [
      `options.source.incremental.${blank} is blank, but ${other} is set: set both, or none to ask for everything each time`,
    ];
  }
  const paged = paging.kind === "none" ? [] : [paging.param || paging.kind, paging.size_param];
  if (param === "" || (!(param in query) && !paged.includes(param))) return [];
  return [
    `options.source.incremental.param: "${param}" is sent by options.source.query or paging already, remove one of the two`,
  ];
}

function archiveProblem({ to }: Options["archive"], getenv: GetEnv, mayBeUnset: boolean): string {
  if (to !== "s3") return "";
  try {
    s3Config(getenv);
    return "";
  } catch (error) {
    if (error instanceof MissingVariable && mayBeUnset) return "";
    return `options.archive.to: "s3" cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

interface ReferenceText {
  path: string;
  text: string;
  /** The name that tells whether this is a credential; "" when it is known not to be one, or was checked before. */
  name: string;
}

function referenceTexts(source: Options["source"]): ReferenceText[] {
  const { auth, headers, query } = source;
  return [
    ...Object.entries(query).map(([name, value]) => ({ path: `options.source.query.${name}`, text: `${value}`, name })),
    ...Object.entries(headers).map(([name, text]) => ({ path: `options.source.headers.${name}`, text, name })),
    ...allAuthFields.map((field) => ({ path: `options.source.auth.${field}`, text: auth[field], name: "" })),
    ...Object.entries(auth.claims).map(([name, value]) => ({
      path: `options.source.auth.claims.${name}`,
      text: `${value}`,
      name,
    })),
    { path: "options.source.cacert", text: source.cacert, name: "" },
  ];
}

function referenceProblem({ path, text, name }: ReferenceText, getenv: GetEnv, mayBeUnset: boolean): string {
  try {
    if (looksSecret(name) && isLiteralSecret(text)) {
      return (
        `${path} must hold an environment reference without a default, such as \${ERP_TOKEN}, ` +
        "so that the secret stays out of the database"
      );
    }
    resolve(text, getenv);
    return "";
  } catch (error) {
    if (error instanceof MissingVariable && mayBeUnset) return "";
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
