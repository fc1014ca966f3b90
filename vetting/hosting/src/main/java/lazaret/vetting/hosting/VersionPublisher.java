package lazaret.vetting.hosting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Excerpt;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.hosting.PublishResult.Cause;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.hosting.manifest.IndexLineWriter;
import lazaret.vetting.hosting.manifest.PublishedDependency;
import lazaret.vetting.hosting.manifest.PublishedManifest;
import lazaret.vetting.hosting.names.NameRefusal;
import lazaret.vetting.hosting.names.PublishNameCheck;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.OwnerEntry;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PrivatePolicy.SimilarNames;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.ExternalEvidence.NewCapabilities;
import lazaret.vetting.policy.rules.PublishRule;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.takeover.Lookalike;
import org.jspecify.annotations.Nullable;

/// The storing of a version that was read and inspected. All checks that depend on stored data are
/// made under the crate's lock, and all rows are one batch. Thread-safe; blocks.
final class VersionPublisher {
  private final GateContext parts;
  private final Gate gate;
  private final HostedCrates.Rights rights;
  private final PublishNameCheck names;

  VersionPublisher(
      GateContext parts, Gate gate, HostingSettings settings, HostedCrates.Rights rights) {
    this.parts = parts;
    this.gate = gate;
    this.rights = rights;
    this.names =
        new PublishNameCheck(settings.patterns(), settings.otherNames(), rights.publicNames());
  }

  /// A version before it is stored.
  ///
  /// @param order the upload
  /// @param manifest what its manifest says
  /// @param crate its archive
  /// @param findings what inspection found in it
  /// @param isTrial whether the checks alone are made, with private crates that are absent yet
  record Draft(
      PublishOrder order,
      PublishedManifest manifest,
      VerifiedCrate crate,
      Findings findings,
      boolean isTrial) {
    CrateId id() {
      return crate.id();
    }

    Caller by() {
      return order.by();
    }
  }

  /// Returns the refusal of a version that exists.
  static Refused used(Publication before) {
    return new Refused(
        Cause.INVALID,
        "%s %s %s; publish another version, which differs in more than its build metadata"
            .formatted(
                before.name(),
                before.version(),
                before.state() == PublicationState.DELETED
                    ? "was deleted, and its number is not used again"
                    : "is published already"));
  }

  /// Stores a version, or refuses it.
  ///
  /// @throws lazaret.vetting.MalformedException if its row or index file would be too long
  PublishResult publish(Draft draft) {
    return gate.files().exclusively(draft.id().name(), () -> stored(draft));
  }

  private PublishResult stored(Draft draft) {
    Instant now = HostedCrates.now(parts);
    CrateName name = draft.id().name();
    CrateChange change = new CrateChange(parts, gate, name, now);
    Refused refused = refusal(draft, change).orElse(null);
    if (refused != null) {
      return refused;
    }
    SimilarNames rule = policy().privateCrates().similarNames();
    Optional<Lookalike> similar =
        rule != SimilarNames.ALLOW && change.isUnreleased()
            ? PublishNameCheck.similar(name, rights.origins(), other -> owns(draft.by(), other))
            : Optional.empty();
    if (similar.isPresent() && rule == SimilarNames.REFUSE && change.hosted() == null) {
      return new Refused(Cause.FORBIDDEN, resembles(name, similar.get()));
    }
    Publication live = publication(draft, now, PublicationState.LIVE, null);
    String hold =
        hold(draft, change, live)
            .or(() -> similar.map(other -> resembles(name, other)))
            .orElse(null);
    Publication publication =
        hold == null ? live : publication(draft, now, PublicationState.HELD, hold);
    return commit(draft, change, publication, now);
  }

  private Policy policy() {
    return parts.rules().current().policy();
  }

  private static String resembles(CrateName name, Lookalike other) {
    return "the name '%s' resembles '%s' (%s)"
        .formatted(name.published(), other.target().published(), other.rule().words());
  }

  /// Returns whether a caller, or the owners whom its binding names, own a crate.
  private boolean owns(Caller by, CrateName other) {
    List<String> owners =
        rights.owners().find(other).stream()
            .flatMap(all -> all.owners().stream())
            .map(OwnerEntry::owner)
            .toList();
    return rights.people().isOneOf(by, owners)
        || rights.people().firstOwners(by).stream()
            .map(CrateOwner::text)
            .anyMatch(owners::contains);
  }

  private Publication publication(
      Draft draft, Instant now, PublicationState state, @Nullable String reason) {
    PublishOrder order = draft.order();
    return new Publication(
        draft.id(),
        IndexLineWriter.line(draft.manifest(), draft.id().cksum(), now),
        state,
        now,
        new Provenance(
            order.by().owner(),
            order.by().name(),
            order.job(),
            order.userAgent() == null ? null : Excerpt.of(order.userAgent()),
            order.administrator()),
        draft.manifest().metadata(),
        reason);
  }

  /// Returns why a version cannot be stored, by what is stored at this moment.
  private Optional<Refused> refusal(Draft draft, CrateChange change) {
    CrateName name = draft.id().name();
    HostedName hosted = change.hosted();
    Optional<Refused> refused =
        hosted == null ? refusalOfNew(draft, change) : refusalOfUpdate(draft, hosted);
    return refused
        .or(
            () ->
                change
                    .slot(Publication.key(name, draft.id().version()))
                    .map(VersionPublisher::used))
        .or(
            () ->
                change.isUsedOtherwise(draft.id())
                    ? Optional.of(lost(draft.id()))
                    : Optional.empty())
        .or(() -> refusalOfDependencies(draft, name));
  }

  private static Refused lost(CrateId id) {
    return new Refused(
        Cause.INVALID,
        "%s %s had another sha256 or was deleted, and its record is lost; publish another version"
            .formatted(id.name(), id.version()));
  }

  private Optional<Refused> refusalOfNew(Draft draft, CrateChange change) {
    CrateName name = draft.id().name();
    return rights
        .people()
        .refusalOfNew(draft.by(), name)
        .map(why -> new Refused(Cause.FORBIDDEN, why))
        .or(() -> names.refusal(name, change.isPublic()).map(VersionPublisher::refused));
  }

  private static Refused refused(NameRefusal refusal) {
    Cause cause =
        switch (refusal.kind()) {
          case INVALID -> Cause.INVALID;
          case FORBIDDEN -> Cause.FORBIDDEN;
          case UNKNOWN -> Cause.UNAVAILABLE;
        };
    return new Refused(cause, refusal.detail());
  }

  private Optional<Refused> refusalOfUpdate(Draft draft, HostedName hosted) {
    CrateName name = draft.id().name();
    if (!hosted.isHere()) {
      return Optional.of(
          new Refused(
              Cause.FORBIDDEN,
              "%s is hosted by another server, whose bundles bring it here"
                  .formatted(hosted.name())));
    }
    if (!hosted.name().equals(name)) {
      return Optional.of(
          new Refused(
              Cause.INVALID, "the crate is named '%s'; found '%s'".formatted(hosted.name(), name)));
    }
    return rights
        .people()
        .refusal(draft.by(), DeskRole.PUBLISH_UPDATE, name)
        .map(why -> new Refused(Cause.FORBIDDEN, why));
  }

  /// Returns why a dependency on a private crate cannot be met. A crate can need itself for tests.
  /// A dependency on a private name without its registry means a crate of the public one: cargo
  /// would take what any account published there.
  private Optional<Refused> refusalOfDependencies(Draft draft, CrateName name) {
    PublicationRows rows = new PublicationRows(parts.store());
    for (PublishedDependency each : draft.manifest().dependencies()) {
      CrateName crate = each.crate();
      if (!each.isHere() && rights.origins().of(crate) != NameOrigin.PUBLIC) {
        return Optional.of(
            new Refused(
                Cause.INVALID,
                "it depends on %s of crates.io, and the name is private or reserved here; add 'registry' to the dependency"
                    .formatted(crate)));
      }
      if (each.isHere() && !crate.equals(name)) {
        CrateName known = rows.name(crate).map(HostedName::name).orElse(null);
        if (known == null ? !draft.isTrial() : !known.equals(crate)) {
          return Optional.of(
              new Refused(
                  Cause.INVALID,
                  known == null
                      ? "it depends on %s of this registry, which has no such crate"
                          .formatted(crate)
                      : "it depends on %s of this registry, where the crate is named %s"
                          .formatted(crate, known)));
        }
      }
    }
    return Optional.empty();
  }

  /// Returns why the policy holds a version, or empty if it does not. A crate is new until one of
  /// its versions is released: otherwise a second upload would pass the hold of the first one.
  private Optional<String> hold(Draft draft, CrateChange change, Publication live) {
    Instant now = live.published();
    CrateState state = change.with(live).withFindings(draft.findings());
    List<Signal> signals = new ArrayList<>(draft.findings().signals());
    NewCapabilities gained =
        state
            .line(draft.id().version())
            .map(line -> state.under(parts.rules().current()).newCapabilities(line, now))
            .orElse(null);
    if (gained != null) {
      signals.addAll(gained.delta().signals());
    }
    return PublishRule.hold(policy(), change.isUnreleased(), signals);
  }

  private PublishResult commit(
      Draft draft, CrateChange change, Publication publication, Instant now) {
    CrateId id = draft.id();
    CrateState after = change.with(publication).withFindings(draft.findings());
    Verdict verdict = verdict(after, id, now);
    boolean waits = !policy().serves(verdict);
    if (waits && !(verdict instanceof Verdict.Hold) && publication.reason() == null) {
      // Another person than the publisher decides about this version, too.
      return commit(
          draft,
          change,
          publication(draft, now, PublicationState.HELD, verdict.reason().detail()),
          now);
    }
    PublishResult result =
        waits
            ? new PublishResult.Held(id, verdict.reason().detail(), draft.manifest().warnings())
            : new PublishResult.Accepted(id, draft.manifest().warnings());
    if (draft.isTrial()) {
      return result;
    }
    store(change, after, publication, writes(draft, change, verdict, now));
    return result;
  }

  /// Returns the writes of a version, except those of its row and of the index.
  private List<Write> writes(Draft draft, CrateChange change, Verdict verdict, Instant now) {
    CrateId id = draft.id();
    List<Write> writes = new ArrayList<>();
    if (change.hosted() == null) {
      writes.add(
          PublicationRows.put(new HostedName(id.name(), now, draft.by().owner(), HostedName.HERE)));
      writes.add(
          rights
              .owners()
              .first(id.name(), rights.people().firstOwners(draft.by()), draft.by().owner(), now));
    }
    writes.add(new Write.PutArtifact(draft.crate()));
    writes.add(new Write.PutFindings(draft.findings()));
    writes.add(notice(Notice.Kind.VERSION_PUBLISHED, draft, now, "sha256 " + id.cksum().hex()));
    if (!policy().serves(verdict) && !(verdict instanceof Verdict.Hold)) {
      writes.add(notice(Notice.Kind.VERSION_HELD, draft, now, verdict.reason().detail()));
      writes.add(
          new Write.PutRequest(
              new QueuedRequest(
                  id, now, now, 0, List.of(), List.of(), QueuedRequest.waitsFor(verdict))));
    }
    return writes;
  }

  /// Stores a version. From the moment before, its name is private.
  private void store(
      CrateChange change, CrateState after, Publication publication, List<Write> writes) {
    boolean isNew = change.hosted() == null;
    if (isNew) {
      rights.origins().add(publication.name());
    }
    try {
      CrateState _ = change.store(after, publication, writes);
    } catch (RuntimeException e) {
      // Not stored: by a refusal of the store, or because a row is too long.
      if (isNew) {
        rights.origins().withdraw(publication.name());
      }
      throw e;
    }
  }

  private Verdict verdict(CrateState state, CrateId id, Instant now) {
    StoredLine line =
        state.line(id.version()).orElseThrow(() -> new IllegalStateException("not merged: " + id));
    return state.evaluate(line, parts.rules().current(), now);
  }

  private static Write notice(Notice.Kind kind, Draft draft, Instant now, String detail) {
    return new Write.Append(
        new Notice(
            kind, now, draft.by().owner(), draft.id().name(), draft.id().version().text(), detail));
  }
}
