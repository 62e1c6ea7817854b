/**
 * A certificate that signs itself, for `localhost`, and its key: made for these tests with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500
 * -subj /CN=localhost -addext subjectAltName=DNS:localhost`. It guards nothing.
 */
export const SELF_SIGNED = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIURSka1pDvfDdYmYHxp6Q+wYaAdTswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzExNDcwOFoYDzIxMjYxMDMw
MTE0NzA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT9rIu94e/HNlL6cucsVAoAn1XHwf7ILEnebMrGhKkgbThegXxaQA+q
RJa+ZEMM3QqSECGxCzGC5NuqCChSITsho2kwZzAdBgNVHQ4EFgQUd6/0cv61ZasV
xM3M5GJt0OoUqMwwHwYDVR0jBBgwFoAUd6/0cv61ZasVxM3M5GJt0OoUqMwwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAMuboILCPYgHZCXaqFbFzV/Oc1TFI5doAkwA7o8h1ZQ1AiEA0QHsEIJP
C9eqX0qzOtjpc3MIzHJCAjorbhFvPyZS/J8=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYxZNNZVSKVPrRkbY
xeYDVUTRCMG+nxzImYA5Ub/lU+GhRANCAAT9rIu94e/HNlL6cucsVAoAn1XHwf7I
LEnebMrGhKkgbThegXxaQA+qRJa+ZEMM3QqSECGxCzGC5NuqCChSITsh
-----END PRIVATE KEY-----`,
};
