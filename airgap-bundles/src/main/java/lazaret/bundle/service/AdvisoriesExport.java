package lazaret.bundle.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.AdvisoryChanges;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.BundleSigners;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SnapshotSource;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.FeedHeader;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.site.FeedStates;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// The export of a bundle of advisories: the changes of feeds since an earlier export. It makes no
/// snapshot, and takes a number of its own.
final class AdvisoriesExport {
  private static final System.Logger LOG = System.getLogger(AdvisoriesExport.class.getName());

  private final SnapshotService desk;
  private final @Nullable SiteConnection site;
  private final KeyFolder keys;
  private final List<SnapshotInfo> states;

  /// Creates an export.
  ///
  /// @param site the files of the site; null in a program without them
  /// @param states the snapshots of the stream, without revocations
  AdvisoriesExport(
      SnapshotService desk,
      @Nullable SiteConnection site,
      KeyFolder keys,
      List<SnapshotInfo> states) {
    this.desk = desk;
    this.site = site;
    this.keys = keys;
    this.states = List.copyOf(states);
  }

  /// The source of a bundle without crates.
  ///
  /// @param site the revocations of inspection results
  private record Source(SnapshotSource below, AdvisoryChanges changes, SiteSelection site)
      implements SnapshotSource {
    @Override
    public Stream<SnapshotCrate> changed(long since) {
      return Stream.empty();
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return below.crate(name, asOf);
    }

    @Override
    public Optional<Bytes> artifact(Sha256 cksum) {
      return Optional.empty();
    }

    @Override
    public Optional<String> license(Sha256 cksum) {
      return Optional.empty();
    }

    @Override
    public List<Feed> feeds() {
      return below.feeds();
    }

    @Override
    public Optional<AdvisoryChanges> advisories() {
      return Optional.of(changes);
    }
  }

  /// Exports the changes of feeds.
  ///
  /// @param version the version of the metadata
  /// @param unsigned the roles that lack signatures
  /// @throws MalformedException before the first snapshot, or if the base is not known
  ExportReply run(ExportParameters order, String by, long version, List<String> unsigned) {
    if (states.isEmpty()) {
      throw new MalformedException(
          "cannot export advisories: expected an earlier snapshot, found none; export one in full");
    }
    SnapshotInfo newest = states.getLast();
    List<Feed> feeds = feeds();
    long number = number() + 1;
    try {
      AdvisoryChanges changes = changes(order, feeds, number);
      SiteSelection carried = new SiteExport(desk, site).withRevocations(SiteSelection.NONE, keys);
      BundleExporter.Exported exported =
          BundleExporter.export(
              options(order, newest, version),
              new Source(
                  new StoreSnapshotSource(desk.store(), newest.sequence()), changes, carried),
              new BundleSigners(
                  keys.roots(),
                  keys.decisions(),
                  keys.keysFor(Roles.TARGETS),
                  ExportService.online(keys, keys.policy())),
              order.into());
      note(number, version, by, exported);
      remember("advisories-%018d".formatted(number), feeds);
      return ExportReplies.advisories(
          exported,
          ExportService.place(order, exported.folder(), unsigned),
          new ExportReplies.Notes(unsigned, carried.warnings()));
    } catch (FileAlreadyExistsException e) {
      throw new MalformedException(
          "cannot export to '%s': it exists; remove it".formatted(e.getMessage()), e);
    } catch (IOException e) {
      throw new BundleException(
          BundleCode.SPACE_INSUFFICIENT,
          "cannot write the bundle into '%s': %s".formatted(order.into(), e.getMessage()),
          e);
    }
  }

  private List<Feed> feeds() {
    return new StoreSnapshotSource(desk.store(), 0).feeds();
  }

  private long number() {
    return desk.store()
        .meta(MetaKey.BUNDLE_ADVISORIES_MADE)
        .map(value -> Long.parseLong(value.text()))
        .orElse(0L);
  }

  private AdvisoryChanges changes(ExportParameters order, List<Feed> feeds, long number)
      throws IOException {
    Optional<FeedStates.State> base = order.contents().complete() ? Optional.empty() : base(order);
    List<FeedChanges> changes = new ArrayList<>();
    List<String> whole = new ArrayList<>();
    for (Feed feed : feeds) {
      String name = feed.info().name();
      Optional<Set<Sha256>> before = base.flatMap(state -> state.of(name));
      if (before.isEmpty()) {
        whole.add(name);
      }
      changes.add(FeedChanges.since(before.orElse(Set.of()), feed));
    }
    return new AdvisoryChanges(
        new BundleStatement.AdvisoryUpdate(number, whole.stream().sorted().toList()), changes);
  }

  private Optional<FeedStates.State> base(ExportParameters order) throws IOException {
    long since = order.bases().since();
    Optional<FeedStates.State> base = Optional.empty();
    if (site != null) {
      FeedStates remembered = new FeedStates(site.files());
      base = since == 0 ? remembered.newest() : remembered.find(FeedStates.ofSnapshot(since));
    }
    if (base.isEmpty()) {
      throw new MalformedException(
          "cannot export changes of advisories%s: the feeds of that export are not known here; use --complete"
              .formatted(since == 0 ? "" : " since snapshot " + since));
    }
    return base;
  }

  private ExportOptions options(ExportParameters order, SnapshotInfo newest, long version) {
    RootPolicy policy = keys.policy();
    return new ExportOptions(
        new BundleStatement.Stream(policy.stream().uuid().toString(), policy.stream().name()),
        order.audience(),
        policy.epoch(),
        version,
        SnapshotKind.ADVISORIES,
        List.of(),
        newest.sequence(),
        new BundleStatement.Result(
            newest.stateRoot(), newest.crates(), newest.versions(), newest.bytes()),
        Optional.of(newest.bundle()),
        desk.now(),
        order.times(),
        Sha256.of(Bytes.utf8(desk.rulebook().policyGeneration())),
        order.partSize());
  }

  private void note(long number, long version, String by, BundleExporter.Exported exported) {
    var _ =
        desk.store()
            .commit(
                Batch.synced(
                    List.of(
                        new Batch.Write.PutMeta(
                            MetaKey.BUNDLE_ADVISORIES_MADE, Bytes.utf8(Long.toString(number))),
                        new Batch.Write.PutMeta(
                            MetaKey.BUNDLE_VERSION, Bytes.utf8(Long.toString(version))),
                        new Batch.Write.Append(
                            new Notice(
                                Notice.Kind.SNAPSHOT_MADE,
                                desk.now(),
                                by,
                                null,
                                null,
                                "bundle of advisories %d, bundle %s"
                                    .formatted(number, exported.digest()))))));
  }

  /// Stores the feeds of a snapshot that was exported, as the base of later changes. Feeds that
  /// were refreshed during the export are not stored, since the bundle does not have them.
  ///
  /// @param exported the headers of the feeds of its bundle
  void remember(long sequence, List<FeedHeader> exported) {
    List<Feed> feeds = feeds();
    List<FeedInfo> infos = feeds.stream().map(Feed::info).toList();
    if (infos.equals(exported.stream().map(FeedHeader::info).toList())) {
      remember(FeedStates.ofSnapshot(sequence), feeds);
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "feeds were refreshed while snapshot {0} was exported: changes of advisories begin at an"
              + " earlier export",
          Long.toString(sequence));
    }
  }

  /// A bundle is complete without this, and a later one has whole feeds if it is missing.
  private void remember(String name, List<Feed> feeds) {
    if (site == null) {
      return;
    }
    try {
      new FeedStates(site.files()).put(name, feeds, desk.now());
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the next bundle of advisories needs --complete: {0}",
          e.getMessage());
    }
  }
}
