/** What the form for testing a connection holds, all as text. */
export interface ConnectionForm {
  source_url: string;
  rows_path: string;
  from_date: string;
  from_date_param: string;
  auth: AuthKind;
  /** The fields of each kind of auth, by their names in options.source.auth. */
  authFields: Record<string, string>;
  /** Everything else of `options`, as JSON. */
  more: string;
}

export type AuthKind = "none" | "bearer" | "basic" | "header" | "jwt_hs256";

interface AuthField {
  name: string;
  label: string;
  example: string;
}

export const AUTH_LABELS: Record<AuthKind, string> = {
  none: "None",
  bearer: "Bearer token",
  basic: "User name and password",
  header: "A header of its own",
  jwt_hs256: "Signed JWT (HS256)",
};

/** What each kind of auth asks for. Secrets are named, not written: the server reads them from its environment. */
export const AUTH_FIELDS: Record<AuthKind, AuthField[]> = {
  none: [],
  bearer: [{ name: "token", label: "Token", example: "${ERP_TOKEN}" }],
  basic: [
    { name: "username", label: "User name", example: "${ERP_USER}" },
    { name: "password", label: "Password", example: "${ERP_PASSWORD}" },
  ],
  header: [
    { name: "name", label: "Header", example: "X-Api-Key" },
    { name: "value", label: "Value", example: "${ERP_TOKEN}" },
  ],
  jwt_hs256: [{ name: "secret", label: "Secret", example: "${ERP_JWT_SECRET}" }],
};

export const EMPTY_FORM: ConnectionForm = {
  source_url: "",
  rows_path: "",
  from_date: "",
  from_date_param: "",
  auth: "none",
  authFields: {},
  more: "{}",
};

type Json = Record<string, unknown>;

/** The form of a stream that is saved already. */
export function formOf(record: { source_url: string; from_date: string; options: unknown }): ConnectionForm {
  const { source, ...others } = objectOf(record.options);
  const { rows_path, from_date_param, auth, ...rest } = objectOf(source);
  const { kind, ...authFields } = objectOf(auth);
  const known = typeof kind === "string" && kind in AUTH_FIELDS ? (kind as AuthKind) : "none";
  const asked = AUTH_FIELDS[known].map(({ name }) => name);
  const texts = asked.map((name): [string, string] => [name, textOf(authFields[name])]);
  const left = Object.fromEntries(Object.entries(authFields).filter(([name]) => !asked.includes(name)));
  const more: Json = { ...others };
  const sourceLeft = { ...rest, ...(Object.keys(left).length > 0 && { auth: left }) };
  if (Object.keys(sourceLeft).length > 0) more.source = sourceLeft;
  return {
    source_url: record.source_url,
    from_date: record.from_date,
    rows_path: textOf(rows_path),
    from_date_param: textOf(from_date_param),
    auth: known,
    authFields: Object.fromEntries(texts),
    more: JSON.stringify(more, null, 2),
  };
}

/** The fields of sync_settings that the form stands for. Throws a sentence where `more` is no JSON object. */
export function settingsOf(form: ConnectionForm): { source_url: string; from_date: string; options: Json } {
  const more = readMore(form.more);
  const source: Json = { ...objectOf(more.source) };
  if (form.rows_path.trim() !== "") source.rows_path = form.rows_path.trim();
  if (form.from_date_param.trim() !== "") source.from_date_param = form.from_date_param.trim();
  if (form.auth !== "none") {
    const fields = AUTH_FIELDS[form.auth].map(({ name }) => [name, form.authFields[name] ?? ""]);
    source.auth = { ...objectOf(source.auth), kind: form.auth, ...Object.fromEntries(fields) };
  }
  const options: Json = { ...more };
  if (Object.keys(source).length > 0) options.source = source;
  return { source_url: form.source_url.trim(), from_date: form.from_date.trim(), options };
}

function readMore(text: string): Json {
  try {
    const value: unknown = JSON.parse(text.trim() || "{}");
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // told below
  }
  throw new Error('More options: this is no JSON object, such as {"source": {"timeout_seconds": 300}}');
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
