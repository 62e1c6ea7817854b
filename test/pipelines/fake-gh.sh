# GitHub's `gh` for the examples: it hands its arguments and its environment to the platform of the test, which
# does the work (fake-gh.ts). A process of Node for each call would take longer than all else in these tests.
request=$(mktemp)
{
  printf '%s\0' "$#" "$@"
  env -0
} > "$request"
address=${FAKE_GITHUB_URL#http://}
exec 3<> "/dev/tcp/${address%:*}/${address##*:}"
printf 'POST /fake/gh HTTP/1.0\r\ncontent-length: %s\r\n\r\n' "$(wc -c < "$request")" >&3
cat "$request" >&3
rm "$request"
while IFS= read -r line <&3 && [ "$line" != $'\r' ]; do :; done
IFS= read -r code <&3
if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$code"
