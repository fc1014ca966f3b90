package lazaret.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The icons of the desk, drawn on 16 by 16 units. A page contains the symbols that it uses and
/// refers to them by `<use href="#i-NAME"/>`. Thread-safe.
public final class IconSet {
  private static final Pattern SYMBOL = Pattern.compile("<symbol id=\"i-([a-z]+)\".*</symbol>");

  private final Map<String, String> symbols = new LinkedHashMap<>();

  private IconSet() {
    for (String line : AssetSet.read("icons.svg").lines().toList()) {
      Matcher symbol = SYMBOL.matcher(line);
      if (symbol.matches()) {
        symbols.put(symbol.group(1), line);
      }
    }
  }

  /// Reads the icons of the program.
  public static IconSet load() {
    return new IconSet();
  }

  /// Returns the names of all icons.
  public Set<String> names() {
    return Set.copyOf(symbols.keySet());
  }

  /// Returns the element with the symbols of a page, which is the first child of `body` after the
  /// skip link. The markup contains no text of others.
  ///
  /// @param names the names of the icons; an order and repetitions have no effect
  /// @throws IllegalArgumentException if a name is unknown
  public String markup(Collection<String> names) {
    StringBuilder markup = new StringBuilder("<svg class=\"icons\" aria-hidden=\"true\">");
    for (String name : new TreeSet<>(names)) {
      markup.append(symbol(name));
    }
    return markup.append("</svg>").toString();
  }

  private String symbol(String name) {
    String symbol = symbols.get(name);
    if (symbol == null) {
      throw new IllegalArgumentException(
          "cannot show icon '" + name + "': expected one of " + symbols.keySet());
    }
    return symbol;
  }
}
