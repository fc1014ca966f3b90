package lazaret.vetting.hosting.api;

import java.util.List;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;
import lazaret.vetting.json.JsonWriter;

/// A reply of the web API of a registry.
///
/// Source: Cargo reference, *Registry Web API*.
///
/// @param status the status of HTTP
/// @param body a JSON object
public record ApiReply(int status, Bytes body) {
  /// The longest text of an error, in characters. cargo prints it whole.
  public static final int MAX_DETAIL = 500;

  /// Returns a reply of success.
  static ApiReply of(Consumer<JsonWriter> fields) {
    return new ApiReply(200, JsonWriter.object(fields));
  }

  /// Returns an error in the form that cargo prints.
  ///
  /// @param detail a sentence; characters other than printable ASCII are replaced, and a long text
  ///   is cut
  public static ApiReply error(int status, String detail) {
    String text = printable(detail);
    return new ApiReply(
        status,
        JsonWriter.object(
            root -> root.list("errors", List.of(text), (out, each) -> out.put("detail", each))));
  }

  /// Returns whether nothing was changed or found.
  public boolean isError() {
    return status >= 400;
  }

  /// Returns a text that neither controls a terminal nor fills it.
  static String printable(String text) {
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= MAX_DETAIL ? ascii : ascii.substring(0, MAX_DETAIL - 3) + "...";
  }
}
