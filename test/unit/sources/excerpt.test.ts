import { expect, it } from "vitest";
import { excerpt } from "../../../src/sources/excerpt";
import { redactor } from "../../../src/sources/redact";

it.each([
  ["a JSON message", '{"Message":"An error has occurred."}', '"An error has occurred."'],
  ["a message inside an error object", '{"error":{"code":7,"message":"No such table"}}', '"No such table"'],
  ["the message before the error's code", '{"error":"invalid_token","error_description":"It expired"}', '"It expired"'],
  ["JSON without a message, as it is", '{"code":7}', '"{"code":7}"'],
  ["a list, as it is", "[1,2]", '"[1,2]"'],
  ["a blank message, as it is", '{"message":" "}', '"{"message":" "}"'],
  ["plain text on one line", " Service\n\n Unavailable\t", '"Service Unavailable"'],
  ["a page's title", "<html><head><title>\n502 Bad Gateway </title></head>", '"502 Bad Gateway"'],
  ["nothing of a page without a title", "<html><body>…</body></html>", ""],
  ["nothing of an empty answer", " \n", ""],
])("quotes %s", (_, text, quoted) => {
  expect(excerpt(text)).toBe(quoted);
});

it("quotes no more than 200 characters", () => {
  expect(excerpt("x".repeat(50_000))).toBe(`"${"x".repeat(200)}…"`);
  expect(excerpt(`x${" ".repeat(5000)}`)).toBe('"x"');
  expect(excerpt(`x${" ".repeat(5000)}x`)).toBe('"x …"');
});

it("is told without the half of a secret that it is cut in", () => {
  const redact = redactor(["s3cret-t0ken"]);
  const text = `${"x".repeat(195)}s3cret-t0ken is not valid`;
  expect(redact(excerpt(text))).toBe(`"${"x".repeat(195)}***…"`);
  expect(redact("a s3c… and s3cret…")).toBe("a s3c… and ***…");
  expect(redact('"…t0ken is old" "…ken"')).toBe('"…*** is old" "…ken"');
});
