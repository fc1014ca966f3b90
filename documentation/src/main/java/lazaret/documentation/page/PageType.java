package lazaret.documentation.page;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kinds of files that pages of documentation consist of, by the end of their names. A file of
/// another kind is neither kept nor served.
public enum PageType {
  HTML("text/html; charset=utf-8"),
  CSS("text/css; charset=utf-8"),
  JS("text/javascript; charset=utf-8"),
  JSON("application/json"),
  SVG("image/svg+xml"),
  WOFF2("font/woff2"),
  PNG("image/png"),
  ICO("image/x-icon"),
  TXT("text/plain; charset=utf-8"),
  MD("text/plain; charset=utf-8");

  /// The longest path, in characters.
  public static final int MAX_PATH = 512;

  private static final String NAME = "[A-Za-z0-9_+!$~-][A-Za-z0-9._+!$~-]*";
  private static final Pattern PATH = Pattern.compile(NAME + "(?:/" + NAME + ")*+");

  private final String mediaType;

  PageType(String mediaType) {
    this.mediaType = mediaType;
  }

  /// Returns the media type of HTTP.
  public String mediaType() {
    return mediaType;
  }

  /// Returns the kind of the file with a path; empty if no file may have this path. A path consists
  /// of names without `.` at their beginning, and needs no encoding in an address.
  public static Optional<PageType> of(String path) {
    if (path.length() > MAX_PATH || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    int dot = path.lastIndexOf('.');
    String end = dot < 0 ? "" : path.substring(dot + 1);
    for (PageType type : values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(end)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
