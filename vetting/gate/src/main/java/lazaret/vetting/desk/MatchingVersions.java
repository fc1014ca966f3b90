package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.policy.rules.Rulebook;

/// The selection of versions of a crate by a requirement. Upstream is asked if the crate is not
/// stored. Thread-safe; blocks.
public final class MatchingVersions {
  private final GateContext parts;
  private final Gate gate;

  MatchingVersions(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Returns the state of a crate, or empty if it does not exist.
  Optional<CrateState> file(CrateName name) {
    return switch (gate.keeper().lookup(name, parts.options().indexTtl())) {
      case IndexRefresher.Lookup.Found found -> {
        boolean _ = gate.keeper().fetchRelatedCrates(found.file(), found.file().lines());
        yield Optional.of(found.file());
      }
      case IndexRefresher.Lookup.Absent _ -> Optional.empty();
      case IndexRefresher.Lookup.Unavailable none ->
          throw new UpstreamUnavailableException(none.detail());
    };
  }

  /// Returns the versions of a crate that match a requirement, oldest first. An exact version text
  /// selects that version alone. Empty if there is no such crate or match.
  ///
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public List<CrateVersion> select(CrateName name, VersionReq req) {
    return file(name).stream()
        .flatMap(f -> f.lines().stream())
        .map(l -> l.entry().version())
        .filter(req::matches)
        .sorted()
        .toList();
  }

  /// Returns the newest version of a crate that matches a requirement and would be served, or empty
  /// if there is none.
  ///
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  public Optional<CrateVersion> newestServed(CrateName name, VersionReq req) {
    Rulebook rulebook = gate.files().rulebook();
    Instant now = parts.clock().instant();
    return file(name).stream()
        .flatMap(
            f ->
                f.lines().stream()
                    .filter(l -> !l.entry().yanked() && f.under(rulebook).serves(l, now)))
        .map(l -> l.entry().version())
        .filter(req::matches)
        .max(CrateVersion::compareTo);
  }
}
