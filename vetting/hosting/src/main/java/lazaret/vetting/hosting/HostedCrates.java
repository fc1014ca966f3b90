package lazaret.vetting.hosting;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.IndicatorsInForce;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.hosting.PublishResult.Cause;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.hosting.manifest.PublishedDependency;
import lazaret.vetting.hosting.manifest.PublishedManifest;
import lazaret.vetting.hosting.manifest.PublishedManifestReader;
import lazaret.vetting.hosting.names.PublicNameList;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.trace.CurrentSpan;

/// The private crates that a gate hosts. A version is visible to each request that begins after its
/// publication returned. Thread-safe; blocks.
public final class HostedCrates implements PublishService {
  /// The time for which an equal upload counts as a repetition by a proxy.
  private static final Duration REPETITION = Duration.ofHours(1);

  /// The maximum number of archives that are inspected at once.
  private static final int INSPECTIONS = 2;

  private final GateContext parts;
  private final Gate gate;
  private final HostingSettings settings;
  private final Rights rights;
  private final PublicationRows rows;
  private final VersionPublisher publishing;
  private final VersionChanges changes;
  private final ClusterWait nodes;
  private final Semaphore inspections = new Semaphore(INSPECTIONS);

  /// The rules on names and persons.
  ///
  /// @param origins the origins of names
  /// @param publicNames the list of all public names
  /// @param owners the stored owners
  /// @param people the rights of callers
  public record Rights(
      StoredNameOrigins origins,
      PublicNameList publicNames,
      OwnerService owners,
      OwnerRights people) {}

  /// Creates the private crates of a gate whose upstream is before a [HostedUpstream].
  public HostedCrates(GateContext parts, Gate gate, HostingSettings settings, Rights rights) {
    this.parts = parts;
    this.gate = gate;
    this.settings = settings;
    this.rights = rights;
    this.rows = new PublicationRows(parts.store());
    this.publishing = new VersionPublisher(parts, gate, settings, rights);
    this.changes = new VersionChanges(parts, gate, rights);
    this.nodes = new ClusterWait(parts.store());
  }

  /// Returns the changes of versions that exist: yanks and deletions.
  public VersionChanges changes() {
    return changes;
  }

  /// Returns the stored publications and names.
  public PublicationRows rows() {
    return rows;
  }

  @Override
  public PublishResult publish(PublishOrder order) {
    return attempt(order, false);
  }

  /// Makes the checks of a publication and stores nothing. A private crate that the version needs
  /// may be absent, since it can be published before.
  public PublishResult check(PublishOrder order) {
    return attempt(order, true);
  }

  /// The requirements of an archive that this registry does not meet.
  ///
  /// @param missing the private crates that are not published here
  /// @param registries the addresses of other registries that dependencies name; the crates are
  ///   then unknown
  public record ArchiveRequirements(List<CrateName> missing, List<String> registries) {
    /// Copies the lists.
    public ArchiveRequirements {
      missing = List.copyOf(missing);
      registries = List.copyOf(registries);
    }
  }

  /// Returns the requirements of an archive that this registry does not meet.
  ///
  /// @throws MalformedException if the archive has a problem, or its manifest cannot be published
  ///   for another reason than a registry
  public ArchiveRequirements requirements(CrateArchive archive) {
    InspectLimits limits = parts.options().inspectLimits();
    PublishedManifest manifest;
    try {
      manifest = PublishedArchive.read(archive, limits, settings.addresses());
    } catch (MalformedException e) {
      List<String> registries =
          PublishedArchive.otherRegistries(archive, limits, settings.addresses());
      if (registries.isEmpty()) {
        throw e;
      }
      return new ArchiveRequirements(List.of(), registries);
    }
    return new ArchiveRequirements(
        manifest.dependencies().stream()
            .filter(each -> each.isHere() && !each.crate().equals(archive.name()))
            .map(PublishedDependency::crate)
            .distinct()
            .filter(crate -> rows.name(crate).isEmpty())
            .toList(),
        List.of());
  }

  private PublishResult attempt(PublishOrder order, boolean isTrial) {
    if (!CrateName.isValid(order.name())) {
      return new Refused(
          Cause.INVALID,
          "cannot publish '%s': expected a name of 1 to 64 ASCII letters, digits, '-' or '_', the"
                  .formatted(Excerpt.of(order.name()))
              + " first one a letter");
    }
    CrateName name = CrateName.parse(order.name());
    int max = settings.sizes().of(name);
    if (order.archive().length() > max) {
      return new Refused(
          Cause.TOO_LARGE,
          "the archive has %d bytes; expected at most %d (private.max-size)"
              .formatted(order.archive().length(), max));
    }
    Optional<Refused> refused = unready().or(() -> unauthorized(order, name));
    if (refused.isPresent()) {
      return refused.get();
    }
    try {
      return checked(order, new CrateSlot(name, CrateVersion.parse(order.version())), isTrial);
    } catch (MalformedException e) {
      return new Refused(Cause.INVALID, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      if (!e.refusesWrites()) {
        throw e;
      }
      return new Refused(Cause.UNAVAILABLE, "the store has no space; nothing was published");
    }
  }

  /// While a snapshot is served, the store has the crates of the snapshot alone.
  private Optional<Refused> unready() {
    long head = gate.files().head();
    return head == 0
        ? Optional.empty()
        : Optional.of(
            new Refused(
                Cause.FORBIDDEN,
                "this server serves snapshot %d of another one; publish there".formatted(head)));
  }

  /// Checks scope and owner before anything of the archive is read.
  private Optional<Refused> unauthorized(PublishOrder order, CrateName name) {
    OwnerRights people = rights.people();
    Optional<String> why =
        rows.name(name).isEmpty()
            ? people.refusalOfNew(order.by(), name)
            : people
                .refusal(order.by(), DeskRole.PUBLISH_UPDATE, name)
                .filter(_ -> !repeatsCreation(order, name));
    return why.map(text -> new Refused(Cause.FORBIDDEN, text));
  }

  /// Returns whether the holder of a token that creates crates repeats the upload of one. By then
  /// the crate exists.
  private boolean repeatsCreation(PublishOrder order, CrateName name) {
    return rights.people().refusal(order.by(), DeskRole.PUBLISH_NEW, name).isEmpty()
        && rows.versions(name).stream()
            .filter(each -> each.version().text().equals(order.version()))
            .filter(each -> each.id().cksum().equals(Sha256.of(order.archive())))
            .anyMatch(each -> repeats(order, each));
  }

  /// The crate and the version that a request states.
  private record CrateSlot(CrateName name, CrateVersion version) {}

  private PublishResult checked(PublishOrder order, CrateSlot slot, boolean isTrial) {
    CrateName name = slot.name();
    CrateVersion version = slot.version();
    Publication before =
        PublicationRows.slot(rows.versions(name), Publication.key(name, version)).orElse(null);
    if (before != null) {
      return visible(again(order, slot, before, isTrial));
    }
    PublishedManifest manifest =
        PublishedArchive.read(
            new CrateArchive(name, version, order.archive()),
            parts.options().inspectLimits(),
            settings.addresses());
    List<String> missing =
        PublishedManifestReader.missing(settings.requiredMetadata(), manifest.metadata());
    if (!missing.isEmpty()) {
      return new Refused(
          Cause.INVALID, "Cargo.toml lacks: %s".formatted(String.join(", ", missing)));
    }
    VerifiedCrate crate = verified(name, version, order.archive());
    IndicatorsInForce.PreparedIndicators wanted = gate.indicators().get();
    Findings findings = inspected(crate, wanted);
    if (!findings.conformant()) {
      return hostile(findings);
    }
    VersionPublisher.Draft draft =
        new VersionPublisher.Draft(order, manifest, crate, findings, isTrial);
    if (isTrial) {
      return publishing.publish(draft);
    }
    PublishResult result;
    try {
      result = publishing.publish(draft);
    } finally {
      // Also after a failure: the outcome of a commit can be unknown.
      gate.indicators().inspected(crate.id(), wanted);
    }
    return visible(result);
  }

  private static Refused hostile(Findings findings) {
    return new Refused(
        Cause.INVALID, "the archive has a problem: " + findings.problems().getFirst());
  }

  /// Returns the result of an upload of a version that exists. It is that of the first upload if
  /// the same holder repeats it within a short time, and a refusal otherwise. An equal archive
  /// takes the place of stored bytes that were lost.
  private PublishResult again(
      PublishOrder order, CrateSlot slot, Publication before, boolean isTrial) {
    boolean isSame =
        before.version().equals(slot.version())
            && before.name().equals(slot.name())
            && before.id().cksum().equals(Sha256.of(order.archive()));
    if (!isSame || before.state() == PublicationState.DELETED) {
      return VersionPublisher.used(before);
    }
    if (isLost(before)) {
      return isTrial ? known(before, List.of()) : restored(order, before);
    }
    return repeats(order, before) ? known(before, List.of()) : VersionPublisher.used(before);
  }

  /// Returns whether the holder of the first upload uploads a version again within a short time.
  private boolean repeats(PublishOrder order, Publication before) {
    return before.state() != PublicationState.YANKED
        && before.provenance().publisher().equals(order.by().owner())
        && parts.clock().instant().isBefore(before.published().plus(REPETITION));
  }

  /// Returns whether the store lost the bytes of a version: a damaged archive was dropped, or a
  /// backup left it out. Those of a deleted version are not lost.
  public boolean isLost(Publication version) {
    return version.state() != PublicationState.DELETED
        && !parts.store().hasArtifact(version.id().cksum());
  }

  private static PublishResult known(Publication before, List<String> warnings) {
    String hold = before.reason();
    return hold == null
        ? new PublishResult.Accepted(before.id(), warnings)
        : new PublishResult.Held(before.id(), hold, warnings);
  }

  /// Stores the bytes of a version again, since no other place has them. Nothing else is changed.
  private PublishResult restored(PublishOrder order, Publication before) {
    CrateId id = before.id();
    VerifiedCrate crate = verified(id.name(), id.version(), order.archive());
    IndicatorsInForce.PreparedIndicators wanted = gate.indicators().get();
    Findings findings = inspected(crate, wanted);
    if (!findings.conformant()) {
      return hostile(findings);
    }
    return gate.files()
        .exclusively(
            id.name(),
            () -> {
              Publication now =
                  PublicationRows.slot(rows.versions(id.name()), before.key()).orElse(before);
              if (now.state() == PublicationState.DELETED) {
                return VersionPublisher.used(now);
              }
              gate.files()
                  .storeFindings(
                      id,
                      findings,
                      Batch.synced(
                          List.of(
                              new Batch.Write.PutArtifact(crate),
                              new Batch.Write.PutFindings(findings))));
              gate.indicators().inspected(id, wanted);
              return known(now, List.of("the stored archive was lost; this upload took its place"));
            });
  }

  private static VerifiedCrate verified(CrateName name, CrateVersion version, Bytes archive) {
    CrateId id = new CrateId(name, version, Sha256.of(archive));
    return switch (new UnverifiedCrate(archive).verify(id)) {
      case Verification.Match match -> match.crate();
      case Verification.Mismatch _ ->
          throw new IllegalStateException("bytes differ from their own SHA-256");
    };
  }

  /// Returns the findings of an archive. The caller takes note of the indicators once it is stored:
  /// a search for other ones may end in between.
  private Findings inspected(VerifiedCrate crate, IndicatorsInForce.PreparedIndicators wanted) {
    CrateId id = crate.id();
    inspections.acquireUninterruptibly();
    try {
      return CurrentSpan.child(
          "inspection",
          span -> {
            span.with("lazaret.crate.name", "private")
                .with("lazaret.crate.version", id.version().text());
            return Inspector.inspect(
                crate,
                parts.options().inspectLimits(),
                wanted.expected(gate.files(), id),
                Deadline.MONOTONIC);
          });
    } finally {
      inspections.release();
    }
  }

  /// Waits until each node of a cluster knows the version.
  private PublishResult visible(PublishResult result) {
    return result instanceof Refused || nodes.awaitAll().isEmpty()
        ? result
        : warned(result, "another server of the cluster may not list the version yet");
  }

  private static PublishResult warned(PublishResult result, String warning) {
    return switch (result) {
      case PublishResult.Accepted(CrateId id, List<String> warnings) ->
          new PublishResult.Accepted(id, with(warnings, warning));
      case PublishResult.Held(CrateId id, String reason, List<String> warnings) ->
          new PublishResult.Held(id, reason, with(warnings, warning));
      case Refused refused -> refused;
    };
  }

  private static List<String> with(List<String> warnings, String one) {
    List<String> all = new ArrayList<>(warnings);
    all.add(one);
    return all;
  }

  @Override
  public PublishResult yank(Caller by, CrateName name, CrateVersion version, boolean yanked) {
    return unready()
        .<PublishResult>map(refused -> refused)
        .orElseGet(() -> visible(changes.yank(by, name, version, yanked)));
  }

  /// Returns the present moment as publications have it.
  static Instant now(GateContext parts) {
    return parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
