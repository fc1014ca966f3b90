package lazaret.vetting.inventory;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.ArtifactUse;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredLine;

/// The reader of the facts about stored artifacts. Thread-safe; blocks.
final class ArtifactFactsReader {
  private final Store store;
  private final CurrentRulebook rules;

  ArtifactFactsReader(GateContext parts) {
    this.store = parts.store();
    this.rules = parts.rules();
  }

  /// Returns the facts about the artifact of a line, or empty if it is not stored.
  ///
  /// @param noticed the day of use if none is recorded
  /// @param withOrigin whether the origin is needed; otherwise it is that of most artifacts
  Optional<ArtifactFacts> read(StoredLine line, LocalDate noticed, boolean withOrigin) {
    CrateId id = line.entry().id();
    OptionalLong bytes = bytes(id.cksum());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Optional<ArtifactUse> use = store.artifactUse(id.cksum());
    return Optional.of(
        new ArtifactFacts(
            id,
            bytes.getAsLong(),
            use.map(ArtifactUse::day).orElse(noticed),
            use.isPresent(),
            rules.current().policy().ageFrom(line),
            withOrigin ? origin(id.cksum()) : ArtifactOrigin.UPSTREAM));
  }

  /// Returns the length of an artifact. One whose record is damaged counts as missing: the next
  /// request decides on it.
  private OptionalLong bytes(Sha256 cksum) {
    try {
      return store.artifactBytes(cksum);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }

  private ArtifactOrigin origin(Sha256 cksum) {
    return store.deskRows().find(DeskTable.IMPORTED_ARTIFACTS, cksum.hex()).isPresent()
        ? ArtifactOrigin.IMPORT
        : ArtifactOrigin.UPSTREAM;
  }
}
