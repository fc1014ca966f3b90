package lazaret.vetting.inspect;

import java.time.Duration;

/// How much of a `.crate` file is looked at before it counts as an attack.
///
/// @param unpackedBytes the whole decompressed archive, headers and padding included; cargo's own
///   limit is the larger of 512 MiB and 20 times the compressed size
/// @param entries files and directories
/// @param pathBytes one path, in UTF-8 bytes
/// @param pathDepth the parts of one path, the folder `name-version` included
/// @param manifestBytes `Cargo.toml`, the only file whose content is held in memory
/// @param time how long files are looked into; where that was not enough, a signal says so. The
///   largest crates of the public registry take half a second
public record InspectLimits(
    long unpackedBytes,
    int entries,
    int pathBytes,
    int pathDepth,
    int manifestBytes,
    Duration time) {
  /// Several times what the largest crates of the public registry have.
  public static final InspectLimits DEFAULT =
      new InspectLimits(512L << 20, 50_000, 1_024, 64, 4 << 20, Duration.ofSeconds(60));

  /// Checks the form.
  ///
  /// @throws IllegalArgumentException if a limit is not positive
  public InspectLimits {
    if (unpackedBytes <= 0
        || entries <= 0
        || pathBytes <= 0
        || pathDepth <= 0
        || manifestBytes <= 0
        || !time.isPositive()) {
      throw new IllegalArgumentException("limits of an inspection must be positive");
    }
  }

  /// Returns these limits with another one for the decompressed archive.
  public InspectLimits withUnpackedBytes(long bytes) {
    return new InspectLimits(bytes, entries, pathBytes, pathDepth, manifestBytes, time);
  }

  /// Returns these limits with another one for the number of entries.
  public InspectLimits withEntries(int count) {
    return new InspectLimits(unpackedBytes, count, pathBytes, pathDepth, manifestBytes, time);
  }
}
