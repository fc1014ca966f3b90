// Synthetic, inert fixture written from public reports; see README
#ifndef MX_TOKENS_H
#define MX_TOKENS_H
typedef struct {
  int kind, start, end;
} mx_token;
int mx_tokens(const char *text, int len, mx_token *out, int cap);
unsigned long mx_salt(void);
#endif
