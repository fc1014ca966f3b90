package lazaret.vetting.hosting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.IndexMerge;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import org.jspecify.annotations.Nullable;

/// A change of one private crate, with what is stored of it at the moment. The lock of the crate is
/// held. The rows of the change, the index file and its view are stored in one batch.
final class CrateChange {
  private final GateContext parts;
  private final Gate gate;
  private final CrateName name;
  private final Instant now;
  private final long revision;
  private final @Nullable HostedName hosted;
  private final List<Publication> versions;
  private final @Nullable CrateState state;

  /// Reads what is stored. The caller holds the crate's lock.
  ///
  /// @param now the time of the change, in whole seconds
  CrateChange(GateContext parts, Gate gate, CrateName name, Instant now) {
    PublicationRows rows = new PublicationRows(parts.store());
    this.parts = parts;
    this.gate = gate;
    this.now = now;
    // The revision and the state are read before the rows. The commit is conditional on the
    // revision of the state, so that a change by another node in between is a conflict.
    this.revision = parts.store().revision(name);
    this.state = gate.files().current(name).orElse(null);
    this.hosted = rows.name(name).orElse(null);
    // A request can spell the name otherwise than the index file does.
    this.name = hosted == null ? name : hosted.name();
    this.versions = rows.versions(name);
  }

  /// Returns the private crate, or null if there is none.
  @Nullable HostedName hosted() {
    return hosted;
  }

  /// Returns whether this is a crate of the public registry.
  boolean isPublic() {
    return hosted == null && state != null && !state.lines().isEmpty();
  }

  /// Returns whether no version of the crate was released. Each one was held when it was published
  /// and is not approved, or was deleted. It is so for a crate without versions.
  boolean isUnreleased() {
    return versions.stream()
        .noneMatch(
            each ->
                each.reason() == null || (state != null && state.approvedAt(each.version(), now)));
  }

  /// Returns the publication in the slot of another one, or empty if it is free.
  Optional<Publication> slot(String key) {
    return PublicationRows.slot(versions, key);
  }

  /// Returns whether the number of a version is used for other bytes, although its row was lost.
  /// The index of the private crate lists them, or a repair of the store took them from the ledger.
  boolean isUsedOtherwise(CrateId id) {
    return new PublicationRows(parts.store()).isUsedOtherwise(id) || isListedOtherwise(id);
  }

  private boolean isListedOtherwise(CrateId id) {
    return hosted != null
        && state != null
        && state.lines().stream()
            .map(StoredLine::entry)
            .filter(each -> each.version().withoutBuild().equals(id.version().withoutBuild()))
            .anyMatch(each -> !each.cksum().equals(id.cksum()));
  }

  /// Returns the state of the crate with a new or changed publication.
  ///
  /// @throws MalformedException if the index file would exceed a limit
  CrateState with(Publication publication) {
    List<Publication> after = PublicationRows.with(versions, publication);
    Bytes body = PublicationRows.file(after);
    IndexFile file = IndexFile.parse(name, body, parts.options().indexLimits());
    if (!file.omitted().isEmpty()) {
      throw new MalformedException(
          "cannot publish: cargo would not read the index line: "
              + file.omitted().getFirst().excerpt());
    }
    StoredCrate held = state == null ? new StoredCrate(name, List.of(), List.of()) : state.crate();
    IndexMerge merged =
        IndexMerge.of(
            held,
            state == null ? null : state.freshness().checkedAt(),
            file,
            gate.keeper().removals().register().rule(name),
            now);
    Freshness freshness = new Freshness(PublicationRows.validators(body), now, now);
    return gate.files()
        .open(merged.crate(), freshness, state == null ? revision : state.revision())
        .withHolds(PublicationRows.holds(after));
  }

  /// Stores a state with a publication and more rows.
  CrateState store(CrateState after, Publication publication, List<Write> more) {
    List<Write> writes = new ArrayList<>();
    writes.add(PublicationRows.put(publication));
    writes.addAll(more);
    return gate.files().publishHosted(after, writes);
  }
}
