package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonReader;
import org.jspecify.annotations.Nullable;

/// The change of one index line that marks its version as yanked and changes nothing else. The gate
/// shows withheld versions to cargo in this form.
///
/// @param line the line before the change
/// @param offset offset of the bytes to replace
/// @param length number of bytes to replace; 0 for an insertion
/// @param replacement the new bytes; empty, with `length` 0, if the line is already marked as
///   yanked
public record YankedEdit(Bytes line, int offset, int length, Bytes replacement) {
  private static final JsonReader JSON = JsonReader.of(IndexLimits.DEFAULT.json());

  /// Checks that the replaced bytes are within the line.
  ///
  /// @throws IllegalArgumentException if they are not
  public YankedEdit {
    if (offset < 0 || length < 0 || offset > line.length() - length) {
      throw new IllegalArgumentException("an edit outside of its line");
    }
  }

  /// Returns the line with `yanked` set to true at the top level of the object; all other bytes are
  /// unchanged.
  ///
  /// @param rawLine one line of an index file, without its line break
  /// @throws MalformedException if the line is not one JSON object, has a duplicate key, has a
  ///   `yanked` that is not true, false or null, or exceeds the default limits
  public static Bytes withYanked(Bytes rawLine) {
    return of(rawLine).apply();
  }

  /// Returns the change: the value is replaced at its position, or the key is added before the
  /// closing brace. A `yanked` within a nested object is not changed. A key written with escapes is
  /// read as the key that it means.
  ///
  /// @param rawLine one line of an index file, without its line break
  /// @throws MalformedException as [#withYanked] does
  public static YankedEdit of(Bytes rawLine) {
    try (JsonParser json =
        JSON.stream(IndexLineBytes.decode(rawLine, IndexLimits.DEFAULT.lineBytes()))) {
      return find(rawLine, json);
    } catch (IndexLineFault fault) {
      throw new MalformedException("cannot mark index line as yanked: " + fault.detail(), fault);
    } catch (IOException e) {
      throw malformed(rawLine, e);
    }
  }

  private static YankedEdit find(Bytes line, JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed(line, null);
    }
    boolean empty = true;
    @Nullable YankedEdit edit = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      empty = false;
      boolean isYanked = json.currentName().equals("yanked");
      JsonToken value = json.nextToken();
      if (isYanked) {
        int at = offset(line, json);
        edit =
            switch (value) {
              case VALUE_TRUE -> new YankedEdit(line, at, 0, Bytes.EMPTY);
              case VALUE_FALSE -> new YankedEdit(line, at, 5, ascii("true"));
              case VALUE_NULL -> new YankedEdit(line, at, 4, ascii("true"));
              default -> throw malformed(line, null);
            };
      }
      json.skipChildren();
    }
    int brace = offset(line, json);
    if (json.nextToken() != null) {
      throw malformed(line, null);
    }
    if (edit != null) {
      return edit;
    }
    return new YankedEdit(line, brace, 0, ascii(empty ? "\"yanked\":true" : ",\"yanked\":true"));
  }

  /// Returns the offset of the current token in the bytes of the line.
  private static int offset(Bytes line, JsonParser json) {
    long chars = json.currentTokenLocation().getCharOffset();
    int at = 0;
    while (chars > 0) {
      int lead = line.at(at) & 0xff;
      // A character beyond the first plane has four bytes in UTF-8 and two chars in Java.
      chars -= lead >= 0xf0 ? 2 : 1;
      at += lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    }
    return at;
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static MalformedException malformed(Bytes line, @Nullable Throwable cause) {
    return new MalformedException(
        "cannot mark index line as yanked: expected one JSON object with true, false or null for"
            + " 'yanked', found '"
            + Excerpt.of(line.array(), 0, line.length())
            + "'",
        cause);
  }

  /// Returns the line after the change.
  public Bytes apply() {
    if (length == 0 && replacement.length() == 0) {
      return line;
    }
    byte[] edited = new byte[line.length() - length + replacement.length()];
    System.arraycopy(line.array(), 0, edited, 0, offset);
    System.arraycopy(replacement.array(), 0, edited, offset, replacement.length());
    int rest = offset + length;
    System.arraycopy(
        line.array(), rest, edited, offset + replacement.length(), line.length() - rest);
    return Bytes.of(edited);
  }
}
