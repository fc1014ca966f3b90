package lazaret.vetting.inspect;

import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.rust.Sketch;
import org.jspecify.annotations.Nullable;

/// By what a version is compared with another one.
///
/// @param buildScript the digest of the tokens of the build script and of what it pulls in,
///   comments and spaces left out; null where there is none
/// @param sources how many files of Rust source there are
/// @param sketch of the statements of its sources outside of tests
/// @param particulars of its code
public record Trace(
    @Nullable Sha256 buildScript, int sources, Sketch sketch, Particulars particulars) {
  /// Of a crate that was not looked into.
  public static final Trace NONE = new Trace(null, 0, Sketch.NONE, Particulars.NONE);
}
