package lazaret.vetting.inspect.literal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of hosts in texts. A source needs one to send to a machine of its own choice.
public final class HostLiteral {
  private static final int MAX = 512;
  private static final Pattern ALONE =
      Pattern.compile(
          "(?:[a-z0-9_-]+\\.)+([a-z][a-z0-9-]*[a-z0-9])(:[0-9]{1,5})?(/.*)?", Pattern.DOTALL);

  /// Numbers in other forms, and a single word with a port.
  private static final Pattern NUMBERED = Pattern.compile("[a-z0-9-]{2,63}:[0-9]{2,5}");

  private static final Pattern FILLED_IN = Pattern.compile("\\{[^}]*}|\\$\\{?[A-Za-z_]+}?|%s");

  /// Texts that end like a host, with a part before it that is filled in.
  private static final Pattern MADE =
      Pattern.compile("\\.[a-z0-9-]{4,}\\.(?:com|net|org|io|dev|cloud|invalid)(?:[:/]|$)");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  /// Endings of files that are not endings of hosts.
  private static final Set<String> FILES =
      Set.of(
          ("toml yml yaml json txt lock conf cfg ini pem crt sock service bash zsh fish exe tar gz"
                  + " xz tgz log html css js plist desktop timer bak tmp new old elv ps1 dll dylib db"
                  + " sqlite sqlite3 csv tsv png jpg jpeg svg ico gif webp ttf woff wasm dat bin xml"
                  + " json5 jsonl sql sig asc minisig proto pid pub key list id rs md py")
              .split(" ", -1));

  /// Top-level domains other than those of countries.
  private static final Set<String> DOMAINS =
      Set.of(
          ("com net org info biz edu gov mil int dev app xyz top site online shop store cloud tech"
                  + " club live world life today space website fun icu vip pro mobi asia page link"
                  + " click work works win bid trade date loan download stream review party science"
                  + " racing network systems solutions services digital media agency zone host hosting"
                  + " press news blog wiki email chat run sh zip mov lol wtf cash finance bank wallet"
                  + " crypto money exchange market tools software codes build onion invalid example"
                  + " test localhost internal local lan corp home intranet arpa rest bar pub ink red"
                  + " blue black pink green fit gay moe ninja rocks social team tips tube uno wang ltd"
                  + " group global center")
              .split(" ", -1));

  /// Hosts of the machine itself or its cluster, and names that are not addresses.
  private static final Pattern OWN =
      Pattern.compile(
          "localhost|127\\.[0-9.]+|0\\.0\\.0\\.0|\\[?::1?]?|(?:[a-z0-9-]+\\.)*k8s\\.io"
              + "|(?:[a-z0-9-]+\\.)*kubernetes\\.io|kubernetes(?:\\.default)?(?:\\.svc)?"
              + "|www\\.w3\\.org");

  private HostLiteral() {}

  /// Returns whether a text contains the address of a host, or is the name of one.
  public static boolean in(byte[] bytes) {
    if (bytes.length < 4 || bytes.length > MAX) {
      return bytes.length > MAX && contains(bytes);
    }
    if (!maybe(bytes)) {
      return false;
    }
    String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      if (fixed(text, at + 3)) {
        return true;
      }
    }
    return text.indexOf("://") < 0 && alone(text);
  }

  /// Returns whether a text may be the name of a host or contain an address. A name with only
  /// letters of ASCII has no other characters than those of names up to a port or path, unless a
  /// part of it is filled in.
  private static boolean maybe(byte[] bytes) {
    boolean name = true;
    boolean head = true;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b < 0 || b == '{' || (b == '/' && i > 1 && bytes[i - 1] == '/' && bytes[i - 2] == ':')) {
        return true;
      }
      head &= b != ':' && b != '/';
      name &= !head || nameByte(b);
    }
    return name;
  }

  private static boolean nameByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '.'
        || b == '-'
        || b == '_';
  }

  /// Returns whether a long text contains an address; it cannot be the name of a host.
  private static boolean contains(byte[] bytes) {
    for (int i = 2; i < bytes.length - 1; i++) {
      boolean mark = bytes[i] == '/' && bytes[i - 1] == '/' && bytes[i - 2] == ':';
      if (mark && Character.isLetterOrDigit(bytes[i + 1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean fixed(String text, int from) {
    int end = from;
    int open = 0;
    while (end < text.length()) {
      char c = text.charAt(end);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open <= 0 && (c == '/' || c == '?' || c == '#' || c == '"' || c <= ' ')) {
        break;
      }
      end++;
    }
    String host = text.substring(from, end);
    boolean word = end < text.length() && text.charAt(end) == ' ' && host.indexOf('.') < 0;
    if (word && host.indexOf(':') < 0 && host.indexOf('{') < 0) {
      return false;
    }
    host = host.substring(host.lastIndexOf('@') + 1);
    host = FILLED_IN.matcher(host).replaceAll("");
    host = PORT.matcher(host).replaceAll("").replaceAll("[.:]+$", "");
    return !host.isEmpty() && !OWN.matcher(host).matches();
  }

  /// Returns whether a name with only dots may be that of a host. Settings and files also have
  /// dots.
  private static boolean domain(String host, String last) {
    boolean plain = host.indexOf('_') < 0 && !FILES.contains(last);
    return plain && (last.length() == 2 || DOMAINS.contains(last) || last.startsWith("xn--"));
  }

  private static boolean alone(String given) {
    boolean filled = given.indexOf('{') >= 0 && MADE.matcher(given).find();
    String text = filled ? FILLED_IN.matcher(given).replaceAll("x") : given;
    // Most texts are words. The patterns need a dot or a colon.
    if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
      return false;
    }
    var matcher = ALONE.matcher(text);
    if (!matcher.matches()) {
      return NUMBERED.matcher(text).matches()
          && !OWN.matcher(text.substring(0, text.indexOf(':'))).matches();
    }
    String host = text.split("[:/]", 2)[0];
    boolean bare = matcher.group(2) == null && matcher.group(3) == null;
    return !OWN.matcher(host).matches() && !(bare && !domain(host, matcher.group(1)));
  }
}
