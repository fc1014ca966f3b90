package lazaret.vetting.policy.rules;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// The external evidence on one version and its related crates: all input of verdicts except the
/// index line, the bytes and people's decisions.
///
/// @param hits advisory groups that affect it, the worst first
/// @param feeds age of the advisories
/// @param audit verdict of the audits; null if none were imported
/// @param takeover signs that the crate was hijacked
/// @param fixes ids of advisories that it is the smallest fix for, for a version in use
/// @param delta capabilities that the nearest lower vetted version lacks. Null if there is no such
///   version, one of the two was not inspected, or the version is so old that no rule needs them
/// @param missingBase base version for the comparison, if it was not inspected yet; null otherwise
public record ExternalEvidence(
    List<AdvisoryGroup> hits,
    FeedAge feeds,
    @Nullable AuditVerdict audit,
    List<TakeoverSignal> takeover,
    List<String> fixes,
    @Nullable NewCapabilities delta,
    @Nullable CrateVersion missingBase) {
  /// No evidence.
  public static final ExternalEvidence NONE =
      new ExternalEvidence(List.of(), FeedAge.NONE, null, List.of(), List.of(), null);

  /// Creates evidence without a missing base version.
  public ExternalEvidence(
      List<AdvisoryGroup> hits,
      FeedAge feeds,
      @Nullable AuditVerdict audit,
      List<TakeoverSignal> takeover,
      List<String> fixes,
      @Nullable NewCapabilities delta) {
    this(hits, feeds, audit, takeover, fixes, delta, null);
  }

  /// Copies the lists.
  public ExternalEvidence {
    hits = List.copyOf(hits);
    takeover = List.copyOf(takeover);
    fixes = List.copyOf(fixes);
  }

  /// The capabilities that a version has and its base lacks.
  ///
  /// @param base version that it is compared with
  /// @param manifest additions in its manifest: a build script, a proc macro, a native library
  /// @param delta additions in its code
  public record NewCapabilities(CrateVersion base, List<String> manifest, CapabilityDelta delta) {
    /// Copies the list.
    public NewCapabilities {
      manifest = List.copyOf(manifest);
    }

    /// Returns the additions that prevent an early release, sorted. These are the additions in the
    /// manifest, every signal heavier than a note, and any change of a build script.
    public List<String> added() {
      Stream<String> signals =
          delta.signals().stream()
              .filter(
                  signal ->
                      signal.weight() != SignalWeight.NOTE
                          || signal.code() == SignalCode.BUILD_CHANGED)
              .map(Signal::toString);
      return Stream.concat(manifest.stream(), signals).sorted().toList();
    }
  }
}
