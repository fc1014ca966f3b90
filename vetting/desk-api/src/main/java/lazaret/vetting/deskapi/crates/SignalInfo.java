package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.Nullable;

/// A finding that may indicate an attack.
///
/// @param code the code, one of `docs/signals.md`
/// @param weight the weight of the signal
/// @param path the path of the file; null if the signal concerns the whole artifact
/// @param line the line in the file, from 1; 0 if the signal concerns the whole file
/// @param excerpt the text of the finding, made printable
/// @param meaning the meaning of the signal for a reviewer
public record SignalInfo(
    String code, Weight weight, @Nullable String path, long line, String excerpt, String meaning) {
  /// The weights of signals, from light to heavy.
  public enum Weight {
    /// The signal is common in good crates.
    NOTE,
    /// A person must look at the version.
    REVIEW,
    /// The signal is very rare in good crates.
    HIGH,
    /// The signal occurs in known attacks only.
    BLOCK
  }
}
