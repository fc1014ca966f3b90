package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Scripts in pages of documentation: fragments that the documentation tool inserts into each page,
/// and elements in texts that become pages. Bounded, not thread-safe.
public final class PageScripts {
  /// The number of bytes of one file that are read.
  public static final int MAX = 1 << 18;

  private static final int MAX_PAGES = 256;
  private static final int LINE = 120;
  private static final Pattern WALLET =
      Pattern.compile(
          "ethereum\\.request|eth_(?:send|sign|requestaccounts)|window\\s*\\.\\s*(?:ethereum|solana|keplr|unisat"
              + "|phantom|tronweb|okxwallet|cardano)|signandsendtransaction|signtransaction|sendtransaction\\("
              + "|personal_sign|setapprovalforall|wallet_(?:add|switch)|tronweb\\.|\\[['\"]ethereum['\"]\\]"
              + "|requestprovider|eip6963");
  private static final Pattern ACTS =
      Pattern.compile(
          "(?:fetch|sendbeacon|websocket|eventsource)\\s*\\(\\s*[`'\"](?:https?:|wss?:)?//|\\.open\\s*\\([^)]{0,40}://"
              + "|document\\.cookie|\\beval\\s*\\(|new\\s+function\\s*\\(|\\batob\\s*\\(|fromcharcode"
              + "|clipboard\\.writetext|setdata\\s*\\(\\s*['\"]text|new\\s+image\\s*\\(|\\.src\\s*=\\s*[^;]{0,80}\\+");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "<script[^>]{0,200}src\\s*=\\s*[\"']?(?:https?:)?//(?!(?:cdn\\.jsdelivr\\.net|cdnjs\\.cloudflare\\.com"
              + "|unpkg\\.com|esm\\.sh|code\\.jquery\\.com|docs\\.rs|[a-z0-9-]+\\.github\\.io|plausible\\.io"
              + "|www\\.googletagmanager\\.com|ajax\\.googleapis\\.com|[a-z0-9.-]*mathjax\\.org|polyfill-fastly\\.io)/)");

  private final List<Page> pages = new ArrayList<>();

  /// A page with a script.
  ///
  /// @param fragment whether the file is HTML rather than a text with HTML in it
  /// @param line the line in which the script begins
  /// @param pays whether the script contacts a wallet
  /// @param acts whether the script sends, runs text or reads stored data
  /// @param foreign whether the script comes from a host that is not a usual one for libraries
  /// @param says the first line of the script
  public record Page(
      String path,
      boolean fragment,
      int line,
      boolean pays,
      boolean acts,
      boolean foreign,
      String says) {}

  /// Returns whether a file may be such a page.
  public static boolean is(String path) {
    return fragment(path) || path.endsWith(".md");
  }

  private static boolean fragment(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".html") || lower.endsWith(".htm") || lower.endsWith(".js");
  }

  /// Scans a page.
  ///
  /// @param bytes an array that begins with the page, borrowed during the call
  public void file(String path, byte[] bytes, int length) {
    if (pages.size() >= MAX_PAGES) {
      return;
    }
    boolean fragment = fragment(path);
    String text = new String(bytes, 0, Math.min(length, MAX), StandardCharsets.UTF_8);
    String lower = (fragment ? text : unfenced(text)).toLowerCase(Locale.ROOT);
    int at = path.endsWith(".js") ? 0 : lower.indexOf("<script");
    if (at < 0) {
      return;
    }
    String script = lower.substring(at);
    boolean pays = WALLET.matcher(script).find();
    boolean acts = ACTS.matcher(script).find();
    boolean foreign = FOREIGN.matcher(script).find();
    if (pays || acts || foreign) {
      int line = 1 + (int) lower.substring(0, at).chars().filter(c -> c == '\n').count();
      String says = script.lines().findFirst().orElse("");
      says = says.length() > LINE ? says.substring(0, LINE) : says;
      pages.add(new Page(path, fragment, line, pays, acts, foreign, says));
    }
  }

  /// Returns a page without its code blocks, which are displayed and do not run.
  private static String unfenced(String text) {
    var out = new StringBuilder();
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      boolean fence =
          line.stripLeading().startsWith("```") || line.stripLeading().startsWith("~~~");
      fenced ^= fence;
      out.append(fenced || fence ? "" : line).append('\n');
    }
    return out.toString();
  }

  /// Returns the pages with scripts that need a review.
  public List<Page> pages() {
    return pages;
  }
}
