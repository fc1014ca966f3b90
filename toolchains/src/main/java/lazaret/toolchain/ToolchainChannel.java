package lazaret.toolchain;

import java.time.DateTimeException;
import java.time.LocalDate;
import lazaret.site.SiteFileRow;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// An admitted channel. The row of its manifest has all of it: the reference of the row is [#text].
///
/// @param selection the part of the channel that is stored
/// @param date the date of its manifest
/// @param files the number of files of components
/// @param bytes the size of these files
/// @param row the row of the manifest
public record ToolchainChannel(
    ChannelSelection selection, LocalDate date, int files, long bytes, SiteFileRow row) {
  /// The end of the paths of manifests.
  static final String SUFFIX = ".toml";

  /// The end of the path of the digest of a manifest.
  public static final String DIGEST = ".sha256";

  /// The end of the path of the signature of a manifest.
  public static final String SIGNATURE = ".asc";

  /// Returns whether a row is that of a manifest.
  public static boolean isManifest(SiteFileRow row) {
    String path = row.path();
    return path.endsWith(SUFFIX) && path.contains("/channel-rust-");
  }

  /// Reads the row of a manifest.
  ///
  /// @throws MalformedException if its reference has another form
  public static ToolchainChannel of(SiteFileRow row) {
    String text = row.reference() == null ? "" : row.reference();
    String[] words = text.split(" ", 4);
    try {
      if (words.length == 4) {
        return new ToolchainChannel(
            ChannelSelection.parse(words[3]),
            LocalDate.parse(words[0]),
            Integer.parseInt(words[1]),
            Long.parseLong(words[2]),
            row);
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw malformed(text, e);
    }
    throw malformed(text, null);
  }

  private static MalformedException malformed(String text, @Nullable RuntimeException cause) {
    return new MalformedException(
        "cannot read the row of a toolchain: '%s'".formatted(Excerpt.of(text)), cause);
  }

  /// Returns the reference of the row.
  static String text(ChannelSelection selection, LocalDate date, int files, long bytes) {
    return "%s %d %d %s".formatted(date, files, bytes, selection.text());
  }
}
