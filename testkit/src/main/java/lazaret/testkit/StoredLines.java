package lazaret.testkit;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;

/// Index lines for tests, written as upstream writes them.
public final class StoredLines {
  private StoredLines() {}

  /// Returns a line of the crate `alpha` whose SHA-256 is that of the version text.
  public static String line(String version, Instant pubtime) {
    return line(version, cksum(version), false, pubtime);
  }

  /// Returns a line of the crate `alpha`.
  public static String line(String version, Sha256 cksum, boolean yanked, Instant pubtime) {
    return "{\"name\":\"alpha\",\"vers\":\"%s\",\"deps\":[],\"cksum\":\"%s\",\"features\":{},\"yanked\":%s,\"pubtime\":\"%s\"}"
        .formatted(version, cksum.hex(), yanked, pubtime);
  }

  /// Returns the SHA-256 that [#line(String, Instant)] gives a version.
  public static Sha256 cksum(String version) {
    return Sha256.of(Bytes.utf8(version));
  }

  /// Returns a parsed file of the crate `alpha`.
  public static IndexFile file(String... lines) {
    return IndexFile.parse(
        CrateName.parse("alpha"), Bytes.utf8(String.join("\n", lines) + "\n"), IndexLimits.DEFAULT);
  }

  /// Returns one parsed line.
  public static IndexEntry entry(String line) {
    return List.copyOf(file(line).entries()).getFirst();
  }
}
