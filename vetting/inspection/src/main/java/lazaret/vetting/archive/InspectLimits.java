package lazaret.vetting.archive;

import java.time.Duration;

/// The limits of an inspection; a `.crate` file that exceeds one is treated as an attack.
///
/// @param unpackedBytes the size of the decompressed archive in bytes, headers and padding
///   included; cargo's own limit is the larger of 512 MiB and 20 times the compressed size
/// @param entries the number of files and directories
/// @param pathBytes the length of one path, in UTF-8 bytes
/// @param pathDepth the number of parts of one path, the folder `name-version` included
/// @param manifestBytes the size of `Cargo.toml`, the only file whose content is held in memory
/// @param time the duration of the scan of the files; a signal reports that it was too short. The
///   largest crates of the public registry take half a second
public record InspectLimits(
    long unpackedBytes,
    int entries,
    int pathBytes,
    int pathDepth,
    int manifestBytes,
    Duration time) {
  /// The default limits, several times those of the largest crates of the public registry.
  public static final InspectLimits DEFAULT =
      new InspectLimits(512L << 20, 50_000, 1_024, 64, 4 << 20, Duration.ofSeconds(60));

  /// Checks the limits.
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

  /// Returns a copy with another limit for the decompressed archive.
  public InspectLimits withUnpackedBytes(long bytes) {
    return new InspectLimits(bytes, entries, pathBytes, pathDepth, manifestBytes, time);
  }

  /// Returns a copy with another limit for the number of entries.
  public InspectLimits withEntries(int count) {
    return new InspectLimits(unpackedBytes, count, pathBytes, pathDepth, manifestBytes, time);
  }
}
