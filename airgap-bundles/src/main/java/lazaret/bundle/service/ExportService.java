package lazaret.bundle.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.BundleSigners;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.StoreSnapshotSource;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.PassphraseSource;
import lazaret.bundle.site.SiteConnection;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.retention.SnapshotSweep;
import lazaret.vetting.desk.snapshots.SnapshotDraft;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.deskapi.bundles.ExportReply;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;

/// The verb `export`: it makes the next snapshot and its bundle. Thread-safe; a second concurrent
/// export is refused, on other nodes of the store too.
final class ExportService {

  private final SnapshotService desk;
  private final Clock clock;
  private final LeaseRun turn;
  private volatile @Nullable SiteConnection site;

  ExportService(SnapshotService desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
    this.turn = new LeaseRun(desk.store(), "bundle-export");
  }

  /// Exports files of the site from now on.
  void use(SiteConnection connection) {
    site = connection;
  }

  /// Exports a snapshot.
  ///
  /// @param order the request
  /// @param by the person or program that requests it, for the ledger
  /// @return the reply
  /// @throws lazaret.vetting.LazaretException if the export is refused or fails; nothing was made
  ///   then, unless the message states it
  ExportReply run(ExportParameters order, String by) {
    return turn.tryRun(() -> export(order, by))
        .orElseThrow(
            () -> new MalformedException("cannot export: another export runs; wait until it ends"));
  }

  private ExportReply export(ExportParameters order, String by) {
    if (!Files.isDirectory(order.into())) {
      throw new MalformedException(
          "cannot export into '%s': there is no such folder on the server".formatted(order.into()));
    }
    KeyFolder keys = KeyFolder.open(order.keys(), passphrases(order), clock);
    List<SnapshotInfo> states = states(keys.policy().stream());
    if (order.onlyDenies() && states.isEmpty()) {
      throw new MalformedException(
          "cannot export a revocation: expected an earlier snapshot of the stream %s, found none; export its first one in full"
              .formatted(keys.policy().stream().name()));
    }
    return order.isOf(SnapshotKind.ADVISORIES)
        ? new AdvisoriesExport(desk, site, keys, states).run(order, by, version(), unsigned(keys))
        : export(order, keys, by);
  }

  private ExportReply export(ExportParameters order, KeyFolder keys, String by) {
    SiteExport files = new SiteExport(desk, site);
    files.admit(order.contents(), keys, by);
    SnapshotDraft draft = desk.draft(order.snapshot());
    boolean noted = false;
    try {
      if (draft.versions() == 0 && !order.snapshot().wishes().isEmpty()) {
        throw new MalformedException(
            "cannot export: none of the named versions is vetted and stored; name versions in full,"
                + " or build a project that needs them once");
      }
      // Denials are exported even if dependencies are unmet, which includes versions that require a
      // denied one.
      if (!draft.whole() && !order.allowMissing() && !order.onlyDenies()) {
        return ExportReplies.refused(draft);
      }
      SiteSelection carried =
          files.withRevocations(files.select(order, bases(order, keys), draft.sequence()), keys);
      BundleExporter.Exported exported = bundle(order, draft, keys, carried);
      ExportRemovals removals = removals(order, draft, exported.statement(), keys);
      note(
          draft,
          exported,
          keys.policy().stream(),
          new Recorded(by, files.noted(draft.sequence(), carried)));
      noted = true;
      if (!order.onlyDenies()) {
        new AdvisoriesExport(desk, site, keys, List.of())
            .remember(draft.sequence(), exported.statement().feeds());
      }
      SnapshotSweep.exported(desk);
      List<String> unsigned = unsigned(keys);
      Path folder = exported.folder();
      return ExportReplies.exported(
          draft,
          exported,
          removals,
          place(order, folder, unsigned),
          new ExportReplies.Notes(unsigned, carried.warnings()));
    } catch (FileAlreadyExistsException e) {
      throw new MalformedException(
          ("cannot export to '%s': it exists, from an export that was interrupted before its"
                  + " end was recorded; remove it")
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new BundleException(
          BundleCode.SPACE_INSUFFICIENT,
          "cannot write the bundle into '%s': %s".formatted(order.into(), e.getMessage()),
          e);
    } finally {
      if (!noted) {
        desk.drop();
      }
    }
  }

  /// Packs a bundle into one file if the request wants that and no signature is missing.
  ///
  /// @return the file, else the folder
  static Path place(ExportParameters order, Path folder, List<String> unsigned) {
    return order.single() && unsigned.isEmpty() ? packed(folder) : folder;
  }

  private static Path packed(Path folder) {
    try {
      RunningOperation.current().begin("packing", 0);
      return SingleFileBundle.replace(folder);
    } catch (IOException e) {
      throw new BundleException(
          BundleCode.SPACE_INSUFFICIENT,
          ("cannot pack the bundle into one file: %s; it was made and is complete in '%s': carry the"
                  + " folder, or free disk space and run 'vetting-cli bundle pack' on it")
              .formatted(PrivateFiles.describe(e), folder),
          e);
    }
  }

  /// Returns the versions that the bundle removes. A full bundle is compared with the previous
  /// snapshot; a revocation removes nothing.
  private ExportRemovals removals(
      ExportParameters order, SnapshotDraft draft, BundleStatement said, KeyFolder keys) {
    List<SnapshotInfo> states = states(keys.policy().stream());
    List<Long> bases =
        switch (said.kind()) {
          case FULL ->
              states.stream()
                  .skip(Math.max(0, states.size() - 1))
                  .map(SnapshotInfo::sequence)
                  .toList();
          case DELTA -> said.bases().stream().map(BundleStatement.State::sequence).toList();
          case REVOCATION, ADVISORIES -> List.of();
        };
    return ExportRemovals.of(desk, draft, bases, order.snapshot().exact());
  }

  /// Returns the passphrase of the request. PINs of tokens come from a file that the environment of
  /// this process names, since a request has none.
  private static PassphraseSource passphrases(ExportParameters order) {
    PassphraseSource keys =
        key ->
            order
                .passphrase()
                .map(secret -> secret.text().toCharArray())
                .orElseThrow(
                    () ->
                        new BundleException(
                            BundleCode.KEY_UNUSABLE,
                            "cannot open the key '%s': no passphrase; set %s"
                                .formatted(key, PassphraseSource.VARIABLE)));
    return keys.withPinOf(System.getenv());
  }

  /// Returns the snapshots to which the bundle applies; empty for a full one or a revocation.
  private List<BundleStatement.State> bases(ExportParameters order, KeyFolder keys) {
    List<SnapshotInfo> states = states(keys.policy().stream());
    return kind(order, states) == SnapshotKind.DELTA
        ? order.bases().among(states, keys.policy().stream())
        : List.of();
  }

  private static SnapshotKind kind(ExportParameters order, List<SnapshotInfo> states) {
    return order.kind().orElse(states.isEmpty() ? SnapshotKind.FULL : SnapshotKind.DELTA);
  }

  private BundleExporter.Exported bundle(
      ExportParameters order, SnapshotDraft draft, KeyFolder keys, SiteSelection carried)
      throws IOException {
    RootPolicy policy = keys.policy();
    List<SnapshotInfo> states = states(policy.stream());
    SnapshotKind kind = kind(order, states);
    long bytes = states.isEmpty() ? 0 : states.getLast().bytes();
    var what =
        new ExportOptions(
            new BundleStatement.Stream(policy.stream().uuid().toString(), policy.stream().name()),
            order.audience(),
            policy.epoch(),
            version(),
            kind,
            bases(order, keys),
            draft.sequence(),
            new BundleStatement.Result(draft.stateRoot(), draft.crates(), draft.versions(), bytes),
            previous(),
            desk.now(),
            order.times(),
            Sha256.of(Bytes.utf8(desk.rulebook().policyGeneration())),
            order.partSize());
    var signers =
        new BundleSigners(
            keys.roots(), keys.decisions(), keys.keysFor(Roles.TARGETS), online(keys, policy));
    return BundleExporter.export(
        what,
        new StoreSnapshotSource(desk.store(), draft.sequence(), desk::denies, carried),
        signers,
        order.into());
  }

  /// Returns the online keys if the officers' signatures are complete. Online keys sign the targets
  /// metadata of the officers, and so come after them.
  static List<SigningKey> online(KeyFolder keys, RootPolicy policy) {
    boolean complete = keys.keysFor(Roles.TARGETS).size() >= 2 * policy.minPairs(Roles.TARGETS);
    List<SigningKey> online = new ArrayList<>();
    if (complete) {
      online.addAll(keys.keysFor(Roles.SNAPSHOT));
    }
    return online;
  }

  /// Returns the snapshots of a stream that a delta may build on. Snapshots before the start of the
  /// current stream are left out, because no importing network can have them.
  private List<SnapshotInfo> states(RootPolicy.Stream stream) {
    long first = firstOf(stream);
    return desk.all().stream()
        .filter(s -> s.kind() != SnapshotKind.REVOCATION && s.sequence() >= first)
        .toList();
  }

  /// Returns the sequence of the first snapshot of a stream. It is 0 if the store never exported
  /// another stream, and the largest number if the stream has no snapshot yet.
  private long firstOf(RootPolicy.Stream stream) {
    String kept = desk.store().meta(MetaKey.BUNDLE_STREAM).map(Bytes::text).orElse("");
    if (kept.isEmpty()) {
      return 0;
    }
    String[] words = kept.split(" ", 2);
    return words[0].equals(stream.uuid().toString()) ? Long.parseLong(words[1]) : Long.MAX_VALUE;
  }

  private Batch.Write stream(RootPolicy.Stream stream, long sequence) {
    long first = firstOf(stream);
    return new Batch.Write.PutMeta(
        MetaKey.BUNDLE_STREAM,
        Bytes.utf8("%s %d".formatted(stream.uuid(), first == Long.MAX_VALUE ? sequence : first)));
  }

  private long version() {
    return desk.store().meta(MetaKey.BUNDLE_VERSION).map(b -> Long.parseLong(b.text())).orElse(0L)
        + 1;
  }

  private Optional<Sha256> previous() {
    List<SnapshotInfo> all = desk.all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().bundle());
  }

  private void note(
      SnapshotDraft draft,
      BundleExporter.Exported exported,
      RootPolicy.Stream stream,
      Recorded recorded) {
    BundleStatement said = exported.statement();
    var info =
        new SnapshotInfo(
            said.epoch(),
            said.sequence(),
            said.kind(),
            said.result().stateRoot(),
            exported.digest(),
            said.issued(),
            desk.now(),
            draft.crates(),
            draft.versions(),
            said.result().bytes());
    List<Batch.Write> writes = new ArrayList<>(recorded.more());
    writes.add(stream(stream, said.sequence()));
    writes.add(
        new Batch.Write.PutMeta(MetaKey.BUNDLE_VERSION, Bytes.utf8(Long.toString(version()))));
    desk.record(info, draft, recorded.by(), writes);
  }

  /// The person who exported a bundle, and further writes of its record.
  private record Recorded(String by, List<Batch.Write> more) {}

  /// Returns the roles that lack signatures, which the bundle needs before it can be imported.
  static List<String> unsigned(KeyFolder keys) {
    RootPolicy policy = keys.policy();
    List<String> roles = new ArrayList<>();
    for (String role : List.of(Roles.TARGETS, Roles.SNAPSHOT, Roles.TIMESTAMP)) {
      if (keys.keysFor(role).size() < 2 * policy.minPairs(role)) {
        roles.add(role);
      }
    }
    return roles;
  }
}
