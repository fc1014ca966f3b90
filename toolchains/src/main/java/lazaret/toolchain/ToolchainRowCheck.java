package lazaret.toolchain;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.site.SiteFileRow;
import lazaret.toolchain.manifest.ChannelManifestReader;
import lazaret.toolchain.manifest.ComponentFile;
import lazaret.toolchain.signature.OpenPgpCheck;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The check of toolchains that another gate admitted, before they are stored here. It is that of
/// an admission, by the keys that are pinned here. Thread-safe.
///
/// @param keys the keys whose signatures are accepted
/// @param now the present time
public record ToolchainRowCheck(PinnedKeys keys, Instant now) {
  private static final int MAX_DIGEST = 4 << 10;

  /// A reader of the small files of rows, whose SHA-256 was compared.
  @FunctionalInterface
  public interface Content {
    /// Returns the content of a row.
    ///
    /// @param most the maximum length; a longer file is refused with a [MalformedException]
    /// @throws IOException if it cannot be read
    Bytes read(SiteFileRow row, int most) throws IOException;
  }

  /// Checks all rows of the collection `toolchains` together.
  ///
  /// @param rows the rows as they will be stored
  /// @throws MalformedException if a manifest is not signed by a pinned key, a row has another
  ///   SHA-256 than the manifest states, a file is missing, or a row belongs to no manifest
  /// @throws IOException if a file cannot be read
  public void check(List<SiteFileRow> rows, Content content) throws IOException {
    Map<String, SiteFileRow> byPath = new HashMap<>();
    rows.forEach(row -> byPath.put(row.path(), row));
    Set<String> known = new HashSet<>();
    for (SiteFileRow row : rows) {
      if (ToolchainChannel.isManifest(row)) {
        known.addAll(check(row, byPath, content));
      }
    }
    for (SiteFileRow row : rows) {
      if (!known.contains(row.path()) && !row.path().startsWith("keys/")) {
        throw refused(row.path(), "no manifest names it");
      }
    }
  }

  private Set<String> check(SiteFileRow row, Map<String, SiteFileRow> byPath, Content content)
      throws IOException {
    ToolchainChannel channel = ToolchainChannel.of(row);
    String path = row.path();
    if (!path.equals(channel.selection().manifestPath())) {
      throw refused(path, "its channel has another path");
    }
    String digest = path + ToolchainChannel.DIGEST;
    String signature = path + ToolchainChannel.SIGNATURE;
    SignedManifest manifest =
        SignedManifest.verify(
            new SignedManifest.Files(
                content.read(row, ChannelManifestReader.MAX_BYTES),
                content.read(present(digest, byPath.get(digest)), MAX_DIGEST),
                content.read(present(signature, byPath.get(signature)), OpenPgpCheck.MAX_BYTES)),
            keys,
            now);
    manifest.content().requireChannel(channel.selection());
    if (!manifest.content().date().equals(channel.date())) {
      throw refused(path, "the row states another date");
    }
    Set<String> known = new HashSet<>(List.of(path, digest, signature));
    for (ComponentFile file : manifest.content().files(channel.selection()).values()) {
      SiteFileRow stored = present(file.path(), byPath.get(file.path()));
      if (!stored.sha256().equals(file.sha256())) {
        throw refused(file.path(), "the manifest states the SHA-256 " + file.sha256());
      }
      known.add(file.path());
    }
    return known;
  }

  private static SiteFileRow present(String path, @Nullable SiteFileRow row) {
    if (row == null) {
      throw refused(path, "it is missing");
    }
    return row;
  }

  private static MalformedException refused(String path, String why) {
    return new MalformedException("cannot accept the toolchain: '%s': %s".formatted(path, why));
  }
}
