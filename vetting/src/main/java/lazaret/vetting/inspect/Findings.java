package lazaret.vetting.inspect;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;

/// What an inspection saw.
///
/// @param sha256 the digest of the inspected bytes
/// @param inspectorVersion the version of the rules: findings of an older one are made again
/// @param problems in the order in which they were met, at most [Inspector#MAX_PROBLEMS]
/// @param facts what the manifest says; where it could not be read, the worst is assumed
/// @param signals heaviest first, at most [Inspector#MAX_SIGNALS]; none where there are problems
/// @param capabilities what its code can do, by where it runs
/// @param trace by what it is compared with other versions
public record Findings(
    Sha256 sha256,
    int inspectorVersion,
    List<Problem> problems,
    CrateFacts facts,
    List<Signal> signals,
    Capabilities capabilities,
    Trace trace) {
  /// Copies the lists.
  public Findings {
    problems = List.copyOf(problems);
    signals = List.copyOf(signals);
  }

  /// Makes findings of an archive whose files were not looked into.
  public Findings(Sha256 sha256, int inspectorVersion, List<Problem> problems, CrateFacts facts) {
    this(sha256, inspectorVersion, problems, facts, List.of(), Capabilities.NONE, Trace.NONE);
  }

  /// Returns whether nothing is wrong with the archive. Nothing else may be served.
  public boolean conformant() {
    return problems.isEmpty();
  }

  /// Returns whether they are of this program's inspector; findings of another one say less or
  /// other things, and are made again from the stored bytes.
  public boolean current() {
    return inspectorVersion == Inspector.VERSION;
  }

  /// Returns the weight of the heaviest signal; empty where there is none.
  public Optional<SignalWeight> heaviest() {
    return signals.stream().map(Signal::weight).max(SignalWeight::compareTo);
  }
}
