// Synthetic, inert fixture written from public reports; see README
#include "tokens.h"

int mx_tokens(const char *text, int len, mx_token *out, int cap) {
  int n = 0, i = 0;
  while (i < len) {
    int start = i;
    int kind = 0;
    if (text[i] == '<') {
      kind = i + 1 < len && text[i + 1] == '/' ? 2 : 1;
      while (i < len && text[i] != '>') i++;
      if (i == len) return -1;
      if (kind == 1 && text[i - 1] == '/') kind = 3;
      i++;
    } else {
      while (i < len && text[i] != '<') i++;
    }
    if (n == cap) return -1;
    out[n].kind = kind;
    out[n].start = start;
    out[n].end = i;
    n++;
  }
  return n;
}
