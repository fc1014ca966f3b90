package lazaret.mirror.clients;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The chains of addresses in `Forwarded` (RFC 7239) and `X-Forwarded-For`. A chain runs from the
/// client to the last proxy; an entry is empty if it is `unknown` or obfuscated.
final class ForwardedHeader {
  /// The longest chain that is well-formed.
  private static final int MAX_ENTRIES = 64;

  private static final Pattern FOUR =
      Pattern.compile("([0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3})(:[0-9]{1,5})?");
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})\\](:[0-9]{1,5})?");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern HIDDEN =
      Pattern.compile("(unknown|_[A-Za-z0-9._-]{1,64})(:[A-Za-z0-9._-]{1,64})?");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final String text;
  private int at;

  private ForwardedHeader(String text) {
    this.text = text;
  }

  /// Reads `X-Forwarded-For`; empty if it is malformed.
  static Optional<List<Optional<InetAddress>>> xForwardedFor(String value) {
    String[] parts = value.split(",", MAX_ENTRIES + 1);
    List<Optional<InetAddress>> chain = new ArrayList<>();
    for (String part : parts) {
      Optional<Optional<InetAddress>> node = node(part.strip(), true);
      if (node.isEmpty() || chain.size() == MAX_ENTRIES) {
        return Optional.empty();
      }
      chain.add(node.get());
    }
    return Optional.of(chain);
  }

  /// Reads `Forwarded`; empty if it is malformed.
  static Optional<List<Optional<InetAddress>>> standard(String value) {
    ForwardedHeader reader = new ForwardedHeader(value);
    List<Optional<InetAddress>> chain = new ArrayList<>();
    do {
      Optional<Optional<InetAddress>> element = reader.element();
      if (element.isEmpty() || chain.size() == MAX_ENTRIES) {
        return Optional.empty();
      }
      chain.add(element.get());
    } while (reader.take(','));
    return reader.at == value.length() ? Optional.of(chain) : Optional.empty();
  }

  /// Reads the pairs of one proxy.
  private Optional<Optional<InetAddress>> element() {
    Optional<Optional<InetAddress>> node = Optional.empty();
    boolean named = false;
    do {
      spaces();
      String name = token().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || !take('=')) {
        return Optional.empty();
      }
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      String value = quoted ? quoted() : token();
      if (value.isEmpty() || (name.equals("for") && named)) {
        return Optional.empty();
      }
      if (name.equals("for")) {
        named = true;
        node = node(value, false);
        if (node.isEmpty()) {
          return Optional.empty();
        }
      }
      spaces();
    } while (take(';'));
    // A proxy that does not name its client hides it.
    return named ? node : Optional.of(Optional.empty());
  }

  private String token() {
    int end = at;
    while (end < text.length() && TOKEN.matcher(text.substring(end, end + 1)).matches()) {
      end++;
    }
    String token = text.substring(at, end);
    at = end;
    return token;
  }

  /// Reads a quoted string.
  ///
  /// @return empty if the string does not end
  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return value.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
      }
      value.append(text.charAt(i));
    }
    return "";
  }

  private void spaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /// Reads one address with or without a port.
  ///
  /// @param bare whether an IPv6 address may do without brackets
  /// @return empty if it is malformed; an empty address if it is hidden
  private static Optional<Optional<InetAddress>> node(String text, boolean bare) {
    var four = FOUR.matcher(text);
    if (four.matches()) {
      return literal(four.group(1));
    }
    var six = BRACKETED.matcher(text);
    if (six.matches()) {
      return literal(six.group(1));
    }
    if (bare && SIX.matcher(text).matches() && text.indexOf(':') >= 0) {
      return literal(text);
    }
    return HIDDEN.matcher(text).matches() ? Optional.of(Optional.empty()) : Optional.empty();
  }

  private static Optional<Optional<InetAddress>> literal(String text) {
    try {
      return Optional.of(Optional.of(InetAddress.ofLiteral(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
