package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.index.StoredLine;

/// The look-up of single versions in the stored index files, and upstream if they do not list a
/// version. Thread-safe; methods block, for as long as
/// [lazaret.vetting.gate.context.GateOptions#vettingWait()] at most.
public final class VersionFinder {
  /// The age from which an index file that lacks a version is confirmed again.
  private static final Duration MISS_AGE = Duration.ofSeconds(30);

  private final GateContext parts;
  private final CrateStates files;
  private final IndexRefresher keeper;
  private final BaseVersionFetcher bases;

  public VersionFinder(
      GateContext parts, CrateStates files, IndexRefresher keeper, BaseVersionFetcher bases) {
    this.parts = parts;
    this.files = files;
    this.keeper = keeper;
    this.bases = bases;
  }

  /// Looks a version up. Asks upstream if the stored index file lacks it and was confirmed half a
  /// minute ago or longer, since builds request missing versions repeatedly.
  public VersionLookup find(CrateName name, CrateVersion version) {
    return find(name, version, MISS_AGE);
  }

  /// Looks a version up as [#find(CrateName, CrateVersion)] does, but asks upstream whenever the
  /// stored index file lacks it.
  public VersionLookup findNow(CrateName name, CrateVersion version) {
    return find(name, version, Duration.ZERO);
  }

  /// Looks a version up as [#find(CrateName, CrateVersion)] does. Empty if the index does not list
  /// it.
  ///
  /// @throws UpstreamUnavailableException if it is not stored and upstream cannot be asked
  public Optional<VersionLookup.Found> listed(CrateName name, CrateVersion version) {
    return switch (find(name, version)) {
      case VersionLookup.Found found -> Optional.of(found);
      case VersionLookup.NotFound(DownloadOutcome.Unavailable none) ->
          throw new UpstreamUnavailableException(none.detail());
      case VersionLookup.NotFound _ -> Optional.empty();
    };
  }

  private VersionLookup find(CrateName name, CrateVersion version, Duration missAge) {
    Optional<CrateState> held = files.find(name);
    Optional<StoredLine> line = held.flatMap(f -> f.line(version));
    if (held.isPresent() && line.isPresent()) {
      return spelled(name, held.get(), line.get());
    }
    return switch (keeper.lookup(name, missAge)) {
      case IndexRefresher.Lookup.Absent absent ->
          new VersionLookup.NotFound(new DownloadOutcome.Unknown(absent.detail()));
      case IndexRefresher.Lookup.Unavailable none ->
          new VersionLookup.NotFound(
              new DownloadOutcome.Unavailable(none.detail(), none.retryAfter()));
      case IndexRefresher.Lookup.Found found ->
          found
              .file()
              .line(version)
              .map(l -> spelled(name, found.file(), l))
              .orElseGet(() -> missing(name, version, found.stale()));
    };
  }

  private VersionLookup missing(CrateName name, CrateVersion version, boolean stale) {
    String what = "'%s %s'".formatted(name.published(), version.text());
    return new VersionLookup.NotFound(
        stale
            ? new DownloadOutcome.Unavailable(
                what + " is not stored, and upstream is not available",
                parts.options().retryPause())
            : new DownloadOutcome.Unknown(
                files.head() == 0
                    ? "the index has no " + what
                    : "snapshot %d has no %s; %s"
                        .formatted(
                            files.head(),
                            what,
                            parts.store().snapshots().availability(name, version))));
  }

  /// Refuses another spelling of the name than the published one, as cargo's index does.
  private VersionLookup spelled(CrateName name, CrateState file, StoredLine line) {
    String published = line.entry().name().published();
    if (published.equals(name.published())) {
      boolean _ = keeper.fetchRelatedCrates(file, List.of(line));
      return new VersionLookup.Found(bases.with(file, line), line);
    }
    return new VersionLookup.NotFound(
        new DownloadOutcome.Unknown(
            "there is no '%s', but '%s'".formatted(name.published(), published)));
  }
}
