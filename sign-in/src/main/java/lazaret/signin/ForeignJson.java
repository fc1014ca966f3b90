package lazaret.signin;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/// A reader of foreign JSON objects by the library for tokens.
public final class ForeignJson {
  private ForeignJson() {}

  /// Reads an object. The library alone returns null for the text `null`, and reads a list of pairs
  /// as an object.
  ///
  /// @param text foreign text
  /// @param maxLength the maximum length in characters
  /// @throws ParseException if the text is not one JSON object or is too long
  public static Map<String, Object> object(String text, int maxLength) throws ParseException {
    if (!text.stripLeading().startsWith("{")) {
      throw new ParseException("expected a JSON object, found another text", 0);
    }
    return JSONObjectUtils.parse(text, maxLength);
  }
}
