package lazaret.vetting.hosting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.hosting.PublishResult.Cause;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import org.jspecify.annotations.Nullable;

/// The changes of published versions: yanks, and deletions by an administrator. Each is one batch.
/// Thread-safe; blocks.
public final class VersionChanges {
  private final GateContext parts;
  private final Gate gate;
  private final HostedCrates.Rights rights;
  private final ClusterWait nodes;

  VersionChanges(GateContext parts, Gate gate, HostedCrates.Rights rights) {
    this.parts = parts;
    this.gate = gate;
    this.rights = rights;
    this.nodes = new ClusterWait(parts.store());
  }

  PublishResult yank(Caller by, CrateName name, CrateVersion version, boolean yanked) {
    Optional<String> refused = rights.people().refusal(by, DeskRole.YANK, name);
    return gate.files()
        .exclusively(
            name,
            () -> {
              CrateChange change = new CrateChange(parts, gate, name, HostedCrates.now(parts));
              Publication before = found(change, name, version).orElse(null);
              if (before == null) {
                return absent(name, version);
              }
              return refused.isPresent()
                  ? new Refused(Cause.FORBIDDEN, refused.get())
                  : yanked(change, before, by, yanked);
            });
  }

  private static Refused absent(CrateName name, CrateVersion version) {
    return new Refused(Cause.ABSENT, "there is no %s %s in this registry".formatted(name, version));
  }

  private static Optional<Publication> found(
      CrateChange change, CrateName name, CrateVersion version) {
    HostedName hosted = change.hosted();
    return hosted == null || !hosted.isHere()
        ? Optional.empty()
        : change
            .slot(Publication.key(name, version))
            .filter(each -> each.version().equals(version));
  }

  private PublishResult yanked(CrateChange change, Publication before, Caller by, boolean yanked) {
    if (before.state() == PublicationState.DELETED) {
      return new Refused(
          Cause.INVALID, "%s %s was deleted".formatted(before.name(), before.version()));
    }
    boolean is = before.state() == PublicationState.YANKED;
    if (is != yanked) {
      // The reason of a hold remains, so that a yank and its end do not release the version.
      PublicationState released =
          before.reason() == null ? PublicationState.LIVE : PublicationState.HELD;
      Publication after = before.in(yanked ? PublicationState.YANKED : released, before.reason());
      Notice.Kind kind =
          yanked ? Notice.Kind.VERSION_YANKED_HERE : Notice.Kind.VERSION_UNYANKED_HERE;
      Notice notice =
          notice(kind, before, by.owner(), yanked ? "an owner yanked it" : "the yank ended");
      CrateState _ = change.store(change.with(after), after, List.of(new Write.Append(notice)));
    }
    return new PublishResult.Accepted(before.id(), List.of());
  }

  private Notice notice(Notice.Kind kind, Publication of, String by, String detail) {
    return new Notice(kind, HostedCrates.now(parts), by, of.name(), of.version().text(), detail);
  }

  /// A deleted version.
  ///
  /// @param version the publication as it is now
  /// @param inForceEverywhereAt the database time by which each node of a cluster refuses it; null
  ///   if each refuses it now
  public record DeletionResult(Publication version, @Nullable Instant inForceEverywhereAt) {}

  /// Deletes a version. Its bytes are removed; its line stays, yanked and denied, so that a
  /// lockfile that names it gets a reason; its number is not used again. A deleted version stays
  /// deleted: its bytes are removed if they were stored again. Returns after each node of a cluster
  /// refuses it, but waits for five seconds at most.
  ///
  /// @param by an administrator
  /// @param reason the reason, for the ledger
  /// @return the deleted version, or empty if there is no such version
  /// @throws MalformedException if the reason is blank or too long
  public Optional<DeletionResult> delete(
      Caller by, CrateName name, CrateVersion version, String reason) {
    if (reason.isBlank() || reason.length() > Decision.MAX_REASON) {
      throw new MalformedException(
          "cannot delete: expected a reason of 1 to %d characters, found %d"
              .formatted(Decision.MAX_REASON, reason.strip().length()));
    }
    Optional<Publication> deleted =
        gate.files()
            .exclusively(
                name,
                () -> {
                  CrateChange change = new CrateChange(parts, gate, name, HostedCrates.now(parts));
                  return found(change, name, version)
                      .map(before -> deleted(change, before, by, reason));
                });
    return deleted.map(
        gone -> {
          gate.artifactCache().forget(gone.id().cksum());
          return new DeletionResult(gone, nodes.awaitAll().orElse(null));
        });
  }

  private Publication deleted(CrateChange change, Publication before, Caller by, String reason) {
    CrateId id = before.id();
    if (before.state() == PublicationState.DELETED) {
      // An import of a folder can have stored the bytes again.
      if (parts.store().hasArtifact(id.cksum())) {
        var _ = parts.store().commit(Batch.synced(List.of(new Write.DropArtifact(id.cksum()))));
      }
      return before;
    }
    Publication after = before.in(PublicationState.DELETED, reason);
    CrateState opened = change.with(after);
    Decision denial = denial(opened, id, by, reason);
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.DropArtifact(id.cksum()));
    writes.add(new Write.DropUse(id.cksum()));
    writes.add(new Write.DropRequest(id.name(), id.version()));
    writes.add(new Write.Append(denial));
    writes.add(
        new Write.Append(
            notice(Notice.Kind.VERSION_DELETED, before, by.owner(), "deleted: " + reason)));
    CrateState _ = change.store(opened.withDecision(denial), after, writes);
    return after;
  }

  private Decision denial(CrateState state, CrateId id, Caller by, String reason) {
    @Nullable StoredLine line = state.line(id.version()).orElse(null);
    return new Decision(
        Decision.Kind.DENY,
        id,
        parts.clock().instant(),
        by.owner(),
        reason,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        line == null
            ? null
            : state
                .under(parts.rules().current())
                .context(line)
                .decided(by.name(), by.method(), List.of()));
  }
}
