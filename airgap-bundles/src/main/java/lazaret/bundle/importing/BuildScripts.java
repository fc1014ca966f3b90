package lazaret.bundle.importing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Store;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.FactsReader;
import lazaret.vetting.inspect.InspectLimits;

/// Finds the versions that run code of their author when they are built, where the version before
/// did not.
final class BuildScripts {
  /// How many versions are looked into.
  static final int MOST = 2_000;

  private final Store store;
  private final Artefacts artefacts;

  /// Where the bytes of artefacts are.
  @FunctionalInterface
  interface Artefacts {
    /// Returns the bytes; empty where they are nowhere.
    Optional<Bytes> find(CrateId id) throws IOException;
  }

  BuildScripts(Store store, Artefacts artefacts) {
    this.store = store;
    this.artefacts = artefacts;
  }

  Plan.Some find(List<PlanMaker.Successor> successors) throws IOException {
    var found = new PlanMaker.Items();
    for (PlanMaker.Successor successor : successors) {
      if (runsCode(successor.now(), artefacts) && !runsCode(successor.before(), this::held)) {
        found.add(successor.now().name() + " " + successor.now().version().text());
      }
    }
    return found.finish();
  }

  private Optional<Bytes> held(CrateId id) {
    return store.artefact(id.cksum());
  }

  /// What nobody has, nobody can have built so far.
  private boolean runsCode(CrateId id, Artefacts from) throws IOException {
    Optional<CrateFacts> known = store.findings(id.cksum()).map(found -> found.facts());
    if (known.isPresent()) {
      return known.get().runsCodeAtBuild();
    }
    return from.find(id)
        .map(bytes -> FactsReader.read(id, bytes, InspectLimits.DEFAULT).runsCodeAtBuild())
        .orElse(false);
  }
}
