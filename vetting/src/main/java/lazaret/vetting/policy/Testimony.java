package lazaret.vetting.policy;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// What others say of one version, and what its neighbours show: everything that verdicts rest on
/// and that is neither in the index line nor in the bytes.
///
/// @param hits the advisories that affect it, the worst first
/// @param feeds how old the advisories are
/// @param audit what audits say; null where none were imported
/// @param takeover the signs that the crate was taken over
/// @param fixes ids of advisories that it is the smallest fix for, on behalf of a version in use
/// @param delta what it can do that the nearest lower vetted version could not; null where there is
///   no such version, one of the two was not inspected, or the version is so old that no rule asks
/// @param missingBase the version that it is compared with, if that was not inspected yet; null
///   where nothing is missing
public record Testimony(
    List<AdvisoryHit> hits,
    FeedAge feeds,
    @Nullable AuditVerdict audit,
    List<TakeoverSignal> takeover,
    List<String> fixes,
    @Nullable Gains delta,
    @Nullable CrateVersion missingBase) {
  /// Nobody says anything.
  public static final Testimony NONE =
      new Testimony(List.of(), FeedAge.NONE, null, List.of(), List.of(), null);

  /// Creates testimony that misses no version to compare with.
  public Testimony(
      List<AdvisoryHit> hits,
      FeedAge feeds,
      @Nullable AuditVerdict audit,
      List<TakeoverSignal> takeover,
      List<String> fixes,
      @Nullable Gains delta) {
    this(hits, feeds, audit, takeover, fixes, delta, null);
  }

  /// Copies the lists.
  public Testimony {
    hits = List.copyOf(hits);
    takeover = List.copyOf(takeover);
    fixes = List.copyOf(fixes);
  }

  /// What a version can do that another could not.
  ///
  /// @param base the version that it is compared with
  /// @param manifest what its manifest has that the other's had not: a build script, a proc macro,
  ///   a native library
  /// @param delta what its code can do
  public record Gains(CrateVersion base, List<String> manifest, CapabilityDelta delta) {
    /// Copies the list.
    public Gains {
      manifest = List.copyOf(manifest);
    }

    /// Returns what came with it that stands against serving it before its time, sorted: whatever
    /// is more than a note, and any change of a build script.
    public List<String> added() {
      Stream<String> told =
          delta.signals().stream()
              .filter(
                  signal ->
                      signal.weight() != SignalWeight.NOTE
                          || signal.code() == SignalCode.BUILD_CHANGED)
              .map(Signal::toString);
      return Stream.concat(manifest.stream(), told).sorted().toList();
    }
  }
}
