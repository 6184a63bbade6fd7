/** How a locale writes numbers in text. */
export interface NumberStyle {
  decimal: "." | ",";
  /** Characters that may part thousands; one number uses only one of them. */
  groups: string;
  /** Indian grouping: 12,34,567. */
  lakh: boolean;
  /** A number in this style, for messages. */
  example: string;
}

const SPACES = " \u00a0\u2009\u202f";
const APOSTROPHES = "'\u2019";

const POINT: NumberStyle = { decimal: ".", groups: `,${SPACES}${APOSTROPHES}`, lakh: false, example: "1,234.50" };
const COMMA: NumberStyle = { decimal: ",", groups: `.${SPACES}${APOSTROPHES}`, lakh: false, example: "1.234,50" };
const LAKH: NumberStyle = { ...POINT, lakh: true, example: "12,34,567.50" };

const POINT_LANGUAGES = "ar en he ja ko ms th zh";
const COMMA_LANGUAGES = "bg cs da de el es et fi fr hr hu id it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi";
const LAKH_LANGUAGES = "bn hi mr pa ta te";

const STYLES = new Map<string, NumberStyle>();
for (const language of POINT_LANGUAGES.split(" ")) STYLES.set(language, POINT);
for (const language of COMMA_LANGUAGES.split(" ")) STYLES.set(language, COMMA);
for (const language of LAKH_LANGUAGES.split(" ")) STYLES.set(language, LAKH);
for (const locale of ["de-ch", "de-li", "es-mx", "it-ch"]) STYLES.set(locale, POINT);
STYLES.set("en-in", LAKH);
STYLES.set("en-za", COMMA);

/** 1,234.50: what a field without a locale expects. */
export const DEFAULT_STYLE = POINT;

/** The style of a locale such as "de" or "de-CH"; undefined for a locale we do not know. */
export function numberStyle(locale: string): NumberStyle | undefined {
  const tag = locale.toLowerCase().replace("_", "-");
  if (!/^[a-z]{2}(-[a-z]{2})?$/.test(tag)) return undefined;
  return STYLES.get(tag) ?? STYLES.get(tag.slice(0, 2));
}
