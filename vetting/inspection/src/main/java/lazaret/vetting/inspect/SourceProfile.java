package lazaret.vetting.inspect;

import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.rust.MinHashSketch;
import org.jspecify.annotations.Nullable;

/// A profile of the sources of one version, used to compare versions.
///
/// @param buildScript the digest of the tokens of the build script and the files it pulls in,
///   without comments and spaces; null if there is none
/// @param sources the number of Rust sources
/// @param sketch the sketch of the statements outside of tests
/// @param particulars the particulars of the code
public record SourceProfile(
    @Nullable Sha256 buildScript, int sources, MinHashSketch sketch, Particulars particulars) {
  /// The profile of a crate that was not scanned.
  public static final SourceProfile NONE =
      new SourceProfile(null, 0, MinHashSketch.NONE, Particulars.NONE);
}
