package lazaret.mirror.http2;

import java.util.HashMap;
import java.util.Map;

/// The static table of HPACK (RFC 7541, appendix A).
final class StaticTable {
  /// Names and values, in the order of their indexes.
  private static final String ENTRIES =
      """
      :authority|
      :method|GET
      :method|POST
      :path|/
      :path|/index.html
      :scheme|http
      :scheme|https
      :status|200
      :status|204
      :status|206
      :status|304
      :status|400
      :status|404
      :status|500
      accept-charset|
      accept-encoding|gzip, deflate
      accept-language|
      accept-ranges|
      accept|
      access-control-allow-origin|
      age|
      allow|
      authorization|
      cache-control|
      content-disposition|
      content-encoding|
      content-language|
      content-length|
      content-location|
      content-range|
      content-type|
      cookie|
      date|
      etag|
      expect|
      expires|
      from|
      host|
      if-match|
      if-modified-since|
      if-none-match|
      if-range|
      if-unmodified-since|
      last-modified|
      link|
      location|
      max-forwards|
      proxy-authenticate|
      proxy-authorization|
      range|
      referer|
      refresh|
      retry-after|
      server|
      set-cookie|
      strict-transport-security|
      transfer-encoding|
      user-agent|
      vary|
      via|
      www-authenticate|
      """;

  private static final HeaderField[] FIELDS = fields();
  private static final Map<String, Integer> NAMES = names();

  private StaticTable() {}

  private static HeaderField[] fields() {
    String[] lines = ENTRIES.split("\n", -1);
    HeaderField[] fields = new HeaderField[lines.length - 1];
    String last = "";
    int first = 0;
    for (int i = 0; i < fields.length; i++) {
      int bar = lines[i].indexOf('|');
      String name = lines[i].substring(0, bar);
      first = name.equals(last) ? first : i + 1;
      last = name;
      fields[i] = new HeaderField(name, lines[i].substring(bar + 1), first, i + 1);
    }
    return fields;
  }

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    for (HeaderField field : FIELDS) {
      names.put(field.name(), field.staticName());
    }
    return Map.copyOf(names);
  }

  /// Returns the number of entries.
  static int count() {
    return FIELDS.length;
  }

  /// Returns the entry of an index, which begins at 1.
  static HeaderField get(int index) {
    return FIELDS[index - 1];
  }

  /// Returns the first index of a name; 0 if the table does not have it.
  static int index(String name) {
    return NAMES.getOrDefault(name, 0);
  }
}
