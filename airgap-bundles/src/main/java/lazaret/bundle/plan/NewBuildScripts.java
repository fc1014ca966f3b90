package lazaret.bundle.plan;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.ManifestFactsReader;

/// The search for versions that run code of their author at build time although the previous served
/// version did not.
public final class NewBuildScripts {
  /// The largest number of versions that are inspected.
  static final int MOST = 2_000;

  private final Store store;
  private final Artifacts artifacts;

  /// A source of the bytes of artifacts.
  @FunctionalInterface
  public interface Artifacts {
    /// Returns the bytes of an artifact, or empty if the source does not have it.
    Optional<Bytes> find(CrateId id) throws IOException;
  }

  public NewBuildScripts(Store store, Artifacts artifacts) {
    this.store = store;
    this.artifacts = artifacts;
  }

  /// Finds the new versions that run code in a build while their predecessor runs none.
  public ImportPlan.Sample find(List<ImportPlanBuilder.Successor> successors) throws IOException {
    var found = new ImportPlanBuilder.Items();
    for (ImportPlanBuilder.Successor successor : successors) {
      if (runsCode(successor.now(), artifacts) && !runsCode(successor.before(), this::held)) {
        found.add(successor.now().name() + " " + successor.now().version().text());
      }
    }
    return found.finish();
  }

  private Optional<Bytes> held(CrateId id) {
    return store.artifact(id.cksum());
  }

  /// Returns whether a version runs code at build time. The result is false for an artifact that is
  /// not available, because no client can have built it.
  private boolean runsCode(CrateId id, Artifacts from) throws IOException {
    Optional<CrateFacts> known = store.findings(id.cksum()).map(found -> found.facts());
    if (known.isPresent()) {
      return known.get().runsCodeAtBuild();
    }
    return from.find(id)
        .map(bytes -> ManifestFactsReader.read(id, bytes, InspectLimits.DEFAULT).runsCodeAtBuild())
        .orElse(false);
  }
}
