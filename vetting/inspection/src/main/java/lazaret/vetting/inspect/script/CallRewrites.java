package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Scripts of pages that intercept calls between a page and its wallet or network. They replace
/// functions of the page, or replace the caller's address with their own.
final class CallRewrites {
  private static final int MAX = 1 << 19;
  private static final Set<String> ENDINGS = Set.of("js", "mjs", "cjs", "ts", "html", "htm");

  /// An assignment to a function of the page or of an object of the page.
  private static final Pattern REPLACES =
      Pattern.compile(
          "(?:(?:window|globalThis|self|global)\\.(?:fetch|XMLHttpRequest|WebSocket|ethereum|solana)"
              + "|XMLHttpRequest\\.prototype\\.[a-z]{2,24}"
              + "|(?:provider|wallet|ethereum|solana|signer|adapter|clipboard)\\w{0,16}"
              + "\\.(?:request|send|sendAsync|sign\\w{0,32}|writeText)) ?= ?[^=]");

  /// An assignment to the recipient of a payment.
  private static final Pattern PAYS =
      Pattern.compile(
          "\\.(?:to|recipient|destination|receiver|toAddress|to_address|spender|payee) ?= ?[^=]");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "['\"`](?:0x[0-9a-fA-F]{40}|bc1[a-z0-9]{38,58}|T[1-9A-HJ-NP-Za-km-z]{33}|[1-9A-HJ-NP-Za-km-z]{43,44})['\"`]");

  private CallRewrites() {}

  /// Returns the position of such code in a script, or a negative number if there is none.
  static int find(String path, byte[] bytes, int length) {
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!ENDINGS.contains(ending)) {
      return -1;
    }
    String text = new String(bytes, 0, Math.min(length, MAX), StandardCharsets.ISO_8859_1);
    Matcher replaces = REPLACES.matcher(text);
    if (replaces.find()) {
      return replaces.start();
    }
    Matcher pays = PAYS.matcher(text);
    return ADDRESS.matcher(text).find() && pays.find() ? pays.start() : -1;
  }
}
