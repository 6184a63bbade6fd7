/**
 * What a handler and the engine find in PocketBase's JavaScript VM without declaring it: the global names of a handler,
 * as measured with PocketBase 0.40.6 (Object.getOwnPropertyNames(globalThis)), less those listed as refused below.
 */
const LANGUAGE = `Object Function Array String Number BigInt RegExp Date Boolean Proxy Reflect Error AggregateError
  TypeError ReferenceError SyntaxError RangeError EvalError URIError Math JSON ArrayBuffer DataView Uint8Array
  Uint8ClampedArray Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array
  BigUint64Array Symbol WeakSet WeakMap Map Set Promise globalThis NaN undefined Infinity isNaN parseInt parseFloat
  isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent`;

const POCKETBASE = `GoError require console readerToString toBytes toString sleep arrayOf unmarshal Context DynamicModel
  nullString nullFloat nullInt nullBool nullArray nullObject Record Collection FieldsList Field NumberField BoolField
  TextField URLField EmailField EditorField PasswordField DateField AutodateField JSONField RelationField SelectField
  FileField GeoPointField MailerMessage Command RequestInfo Middleware Timezone DateTime ValidationError Cookie
  SubscriptionMessage $dbx $security $os $filepath $http FormData $filesystem AppleClientSecretCreateForm
  RecordUpsertForm TestEmailSendForm TestS3FilesystemForm $mails $apis ApiError NotFoundError BadRequestError
  ForbiddenError UnauthorizedError TooManyRequestsError InternalServerError $app $template __hooks cronAdd cronRemove`;

/** The names every module gets. */
const MODULE = "module exports __filename __dirname";

export const VM_GLOBALS = new Set(`${LANGUAGE} ${POCKETBASE} ${MODULE}`.split(/\s+/));

/** Names that are there but must not be used, and why. */
export const REFUSED_GLOBALS = new Map([
  ["process", "PocketBase does not document it: use $os"],
  ["Buffer", "PocketBase does not document it: use toBytes and toString"],
  ["eval", "nothing here needs it"],
]);
