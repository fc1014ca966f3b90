package lazaret.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path of the desk to which a browser returns after sign-in or a form. Addresses of other sites
/// are replaced, so that a link cannot lead a person through the desk elsewhere (open redirect).
public final class LocalPath {
  private static final Pattern FORM =
      Pattern.compile(
          "/desk/[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,1000}(\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,1000})?");

  /// A segment that browsers replace by the folder above, also in its encoded form (URL Standard,
  /// section 4.1).
  private static final Pattern PARENT = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|\\?|$)");

  private static final String QUEUE = "/desk/queue";

  private LocalPath() {}

  /// Returns a path of the desk, or that of the queue if the text is not one.
  ///
  /// @param text a path with a query; null if there is none
  public static String of(@Nullable String text) {
    return text != null
            && FORM.matcher(text).matches()
            && !text.contains("//")
            && !PARENT.matcher(text).find()
            && !text.contains("/desk/v1/")
            && !text.startsWith("/desk/sign-")
        ? text
        : QUEUE;
  }
}
