package lazaret.mirror.following;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reader of CSV as PostgreSQL writes it, with a header. It reads the wanted columns and skips
/// all others, so that a long text costs no heap. Not thread-safe.
///
/// Source: PostgreSQL manual, *COPY*, *CSV Format*.
final class CsvReader {
  /// The maximum number of columns.
  static final int MAX_COLUMNS = 256;

  /// The maximum length of a field that is read, in bytes. Longer ones are an error.
  static final int MAX_FIELD = 512;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /// The place of each column among the wanted ones; -1 for others.
  private final int[] places;

  private final StringBuilder[] fields;

  /// Reads the header.
  ///
  /// @param in the table; the caller closes it
  /// @param wanted the names of columns
  /// @throws IOException if a wanted column is missing, or the stream throws it
  CsvReader(InputStream in, List<String> wanted) throws IOException {
    this.in = in;
    List<String> header = header();
    this.places = new int[header.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = wanted.indexOf(header.get(i));
    }
    this.fields = new StringBuilder[wanted.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new StringBuilder();
      if (!header.contains(wanted.get(i))) {
        throw new IOException("expected a column '" + wanted.get(i) + "', found none");
      }
    }
  }

  private List<String> header() throws IOException {
    List<String> names = new ArrayList<>();
    int delimiter = ',';
    while (delimiter == ',') {
      StringBuilder name = new StringBuilder();
      delimiter = field(name);
      names.add(name.toString());
      if (names.size() > MAX_COLUMNS) {
        throw new IOException("expected at most " + MAX_COLUMNS + " columns, found more");
      }
    }
    return names;
  }

  /// Reads the next row.
  ///
  /// @return false at the end
  /// @throws IOException if the row has another number of columns, or is not CSV
  boolean next() throws IOException {
    if (peek() < 0) {
      return false;
    }
    for (StringBuilder each : fields) {
      each.setLength(0);
    }
    int delimiter = ',';
    for (int i = 0; i < places.length; i++) {
      if (delimiter != ',') {
        throw new IOException("expected a row of " + places.length + " columns, found fewer");
      }
      delimiter = field(places[i] < 0 ? null : fields[places[i]]);
    }
    if (delimiter == ',') {
      throw new IOException("expected a row of " + places.length + " columns, found more");
    }
    return true;
  }

  /// Returns a wanted field of the row. A field without a value is empty.
  ///
  /// @param place the position among the wanted columns
  String text(int place) {
    return fields[place].toString();
  }

  /// Returns a wanted field of the row as a number.
  ///
  /// @throws IOException if it is not a number from 0 on
  long number(int place) throws IOException {
    String text = text(place);
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a negative number
    }
    throw new IOException("expected a number, found " + text.length() + " other characters");
  }

  /// Reads a field.
  ///
  /// @param to receives its bytes as characters; null to skip it
  /// @return the byte after it: a comma, a line break, or -1 at the end
  private int field(@Nullable StringBuilder to) throws IOException {
    int next = read();
    if (next == '"') {
      next = quoted(to);
    } else {
      while (next >= 0 && next != ',' && next != '\n') {
        if (next != '\r') {
          add(to, next);
        }
        next = read();
      }
    }
    return next;
  }

  /// Reads the rest of a quoted field and returns the byte after it.
  private int quoted(@Nullable StringBuilder to) throws IOException {
    while (true) {
      int next = read();
      if (next == '"') {
        next = read();
        if (next != '"') {
          next = next == '\r' ? read() : next;
          if (next >= 0 && next != ',' && next != '\n') {
            throw new IOException("expected a delimiter after a quoted field, found another byte");
          }
          return next;
        }
      }
      if (next < 0) {
        throw new IOException("expected the end of a quoted field, found the end of the table");
      }
      add(to, next);
    }
  }

  private static void add(@Nullable StringBuilder to, int next) throws IOException {
    if (to != null) {
      if (to.length() == MAX_FIELD) {
        throw new IOException("expected at most " + MAX_FIELD + " bytes in a field, found more");
      }
      to.append((char) next);
    }
  }

  private int peek() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at == end ? -1 : buffer[at] & 0xff;
  }

  private int read() throws IOException {
    int next = peek();
    if (next >= 0) {
      at++;
    }
    return next;
  }
}
