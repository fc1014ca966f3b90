package lazaret.vetting.inspect;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.crates.Sha256;

/// The result of inspecting an artifact.
///
/// @param sha256 the digest of the inspected bytes
/// @param inspectorVersion the version of the rules; findings of an older one are computed again
/// @param problems the problems in the order of the archive, at most [Inspector#MAX_PROBLEMS]
/// @param facts the facts of the manifest; if it could not be read, the worst is assumed
/// @param signals the signals, heaviest first, at most [Inspector#MAX_SIGNALS]; none if there are
///   problems
/// @param capabilities the capabilities of the code, by the place in which it runs
/// @param trace the profile for comparison with other versions
public record Findings(
    Sha256 sha256,
    int inspectorVersion,
    List<ArchiveProblem> problems,
    CrateFacts facts,
    List<Signal> signals,
    Capabilities capabilities,
    SourceProfile trace) {
  /// Copies the lists.
  public Findings {
    problems = List.copyOf(problems);
    signals = List.copyOf(signals);
  }

  /// Creates findings of an archive whose files were not scanned.
  public Findings(
      Sha256 sha256, int inspectorVersion, List<ArchiveProblem> problems, CrateFacts facts) {
    this(
        sha256,
        inspectorVersion,
        problems,
        facts,
        List.of(),
        Capabilities.NONE,
        SourceProfile.NONE);
  }

  /// Returns whether the archive has no problems. Only such an artifact may be served.
  public boolean conformant() {
    return problems.isEmpty();
  }

  /// Returns whether the findings were made by this version of the inspector. Older or newer ones
  /// contain other results and are computed again from the stored bytes.
  public boolean current() {
    return inspectorVersion == Inspector.VERSION;
  }

  /// Returns the weight of the heaviest signal, or empty if there is none.
  public Optional<SignalWeight> heaviest() {
    return signals.stream().map(Signal::weight).max(SignalWeight::compareTo);
  }
}
