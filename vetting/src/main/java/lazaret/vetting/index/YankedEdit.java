package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A change of one line of an index file to say that its version is yanked, and of nothing else:
/// how a withheld version is shown to cargo.
///
/// @param line the line before the change
/// @param offset where the bytes stand that are replaced
/// @param length how many they are; none where something is added
/// @param replacement what stands there afterwards; empty, as `length` is 0, for a line that says
///   so already
public record YankedEdit(Bytes line, int offset, int length, Bytes replacement) {
  private static final JsonFactory JSON =
      JsonLimits.strict(IndexLimits.DEFAULT.lineBytes(), IndexLimits.DEFAULT.depth());

  /// Checks that the replaced bytes lie within the line.
  ///
  /// @throws IllegalArgumentException if they do not
  public YankedEdit {
    if (offset < 0 || length < 0 || offset > line.length() - length) {
      throw new IllegalArgumentException("an edit outside of its line");
    }
  }

  /// Returns the line with `yanked` set to true at the top level of the object; all other bytes are
  /// as they were. A line that says so already comes back as it is.
  ///
  /// @param rawLine one line of an index file, without its line break
  /// @throws MalformedException if the line is not one JSON object, has a key twice, has something
  ///   else than true, false or null for `yanked`, or is over the default limits
  public static Bytes withYanked(Bytes rawLine) {
    return of(rawLine).apply();
  }

  /// Finds the change: the value edited where it stands, or the key added before the closing brace
  /// where the line has none. What a `yanked` within another object says is not touched, and a key
  /// that is written with escapes is the key that it means.
  ///
  /// @param rawLine one line of an index file, without its line break
  /// @throws MalformedException as [#withYanked] does
  public static YankedEdit of(Bytes rawLine) {
    try (JsonParser json =
        JSON.createParser(LineText.decode(rawLine, IndexLimits.DEFAULT.lineBytes()))) {
      return find(rawLine, json);
    } catch (LineFault fault) {
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

  /// Returns where the current token starts in the bytes of the line.
  private static int offset(Bytes line, JsonParser json) {
    long chars = json.currentTokenLocation().getCharOffset();
    int at = 0;
    while (chars > 0) {
      int lead = line.at(at) & 0xff;
      // A character beyond the first plane is four bytes of UTF-8 and two of Java's.
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
