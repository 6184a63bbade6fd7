/** What the dashboard may load: its own files, and the API of this server. Nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const PAGE = "index.html";
/** The build writes their hash into the page, so that a browser never mixes two versions. */
const PARTS = ["app.js", "app.css"];
const A_YEAR = "public, max-age=31536000, immutable";

/** `GET /erp`: on to `/erp/`, written so that it is right behind a proxy that serves PocketBase under a path. */
export function onDashboardEntry(e: core.RequestEvent): void {
  e.redirect(307, "erp/");
}

/** `GET /erp/`: the dashboard. Public as the admin UI is: everything it shows asks for a superuser's login. */
export function onDashboard(e: core.RequestEvent): void {
  const asked = e.request?.pathValue("path") ?? "";
  const file = asked === "" ? PAGE : asked;
  if (file !== PAGE && !PARTS.includes(file)) throw new NotFoundError();
  const headers = e.response.header();
  headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cache-Control", file === PAGE ? "no-store" : A_YEAR);
  // The files of a release all have the same time: an older page would pass for the newest one.
  e.request?.header.del("If-Modified-Since");
  e.fileFS($os.dirFS(`${__hooks}/erp_sync/dashboard`), file);
}
