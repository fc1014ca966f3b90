package lazaret.documentation.page;

import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The path of a page in an address: `/documentation/~TOKEN/CRATE/VERSION/PATH`. All pages of a
/// version are below one path, so that their links among each other work.
///
/// @param token the text of the token
/// @param name the crate
/// @param version the version
/// @param path the path of the file, of a [PageType]
public record PageAddress(String token, CrateName name, CrateVersion version, String path) {
  /// The beginning of all paths of pages.
  public static final String PREFIX = "/documentation/";

  private static final int PARTS = 4;

  /// Parses a path as it was sent. Nothing in it is decoded: no page needs it.
  ///
  /// @return empty if no page can have this path
  public static Optional<PageAddress> parse(String sent) {
    if (!sent.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = sent.substring(PREFIX.length()).split("/", PARTS);
    if (parts.length < PARTS
        || !parts[0].startsWith("~")
        || !CrateName.isValid(parts[1])
        || !CrateVersion.isValid(parts[2])
        || PageType.of(parts[3]).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PageAddress(
            parts[0].substring(1),
            CrateName.parse(parts[1]),
            CrateVersion.parse(parts[2]),
            parts[3]));
  }

  /// Returns the path below which all pages of the version are, with a slash at its end.
  public String folder() {
    return folder(token, name, version);
  }

  /// Returns the path below which all pages of a version are.
  public static String folder(String token, CrateName name, CrateVersion version) {
    return PREFIX + "~" + token + "/" + name.published() + "/" + version.text() + "/";
  }
}
