package lazaret.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.toolchain.manifest.ChannelManifestReader;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.toolchain.manifest.ComponentFile;
import lazaret.toolchain.signature.OpenPgpCheck;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The toolchains of a gate. A channel is its manifest with digest and signature, byte for byte as
/// its source has them, and the files of the selected components. Thread-safe; blocks.
public final class ToolchainService {
  /// The beginning of the paths of the keys of signatures.
  static final String KEYS = "keys/";

  private static final int MAX_DIGEST = 4 << 10;
  private static final int MAX_ROWS = 100_000;

  private final Store store;
  private final SiteFileService files;
  private final ToolchainSource source;
  private final Supplier<PinnedKeys> keys;
  private final InstantSource clock;

  /// Two admissions would fetch one file twice.
  private final ReentrantLock admissions = new ReentrantLock();

  /// Creates a service.
  ///
  /// @param source the place from which toolchains are fetched
  /// @param keys returns the keys whose signatures on manifests are accepted
  public ToolchainService(
      Store store,
      SiteFileService files,
      ToolchainSource source,
      Supplier<PinnedKeys> keys,
      InstantSource clock) {
    this.store = store;
    this.files = files;
    this.source = source;
    this.keys = keys;
    this.clock = clock;
  }

  /// An order to admit a channel.
  ///
  /// @param by the person or program that orders it
  /// @param olderBecause the reason for which the date may go back; null if it may not
  public record Order(ChannelSelection selection, String by, @Nullable String olderBecause) {}

  /// Returns the admitted channels, by the path of their manifests.
  public List<ToolchainChannel> channels() {
    return files.list(SiteFileCollection.TOOLCHAINS, "dist/", MAX_ROWS).stream()
        .filter(ToolchainChannel::isManifest)
        .map(ToolchainChannel::of)
        .toList();
  }

  /// Returns an admitted channel, or empty if it is not.
  ///
  /// @param selection the selection; only its channel counts
  public Optional<ToolchainChannel> find(ChannelSelection selection) {
    return files
        .find(SiteFileCollection.TOOLCHAINS, selection.manifestPath())
        .map(ToolchainChannel::of);
  }

  /// Returns the SHA-256 of the manifest that the source has now. It is not signed.
  public Sha256 present(ChannelSelection selection) {
    return SignedManifest.stated(
        source.document(selection.manifestPath() + ToolchainChannel.DIGEST, MAX_DIGEST));
  }

  /// Fetches, verifies and stores a channel. Rustup finds all of it or what was there before.
  ///
  /// @throws MalformedException if a file is not the one that the manifest names, or no pinned key
  ///   signed the manifest
  /// @throws ProblemException `upstream-unavailable` if a file cannot be fetched, `stale` if the
  ///   date goes back without a reason
  /// @throws StoreException if the store fails
  public ToolchainChannel admit(Order order) {
    admissions.lock();
    try {
      return admitted(order);
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot store a file of a toolchain: " + e.getMessage(), e);
    } finally {
      admissions.unlock();
    }
  }

  private ToolchainChannel admitted(Order order) throws IOException {
    ChannelSelection selection = order.selection();
    String path = selection.manifestPath();
    SignedManifest.Files fetched =
        new SignedManifest.Files(
            source.document(path, ChannelManifestReader.MAX_BYTES),
            source.document(path + ToolchainChannel.DIGEST, MAX_DIGEST),
            source.document(path + ToolchainChannel.SIGNATURE, OpenPgpCheck.MAX_BYTES));
    SignedManifest manifest = SignedManifest.verify(fetched, keys.get(), clock.instant());
    manifest.content().requireChannel(selection);
    checkDate(order, manifest);
    List<SiteFileRow> rows = new ArrayList<>();
    long bytes = 0;
    var components = manifest.content().files(selection);
    for (ComponentFile component : components.values()) {
      SiteFile file = stored(component);
      bytes += file.length();
      rows.add(row(component.path(), file, order.by(), selection.channel()));
    }
    String channel = selection.channel();
    String digest = path + ToolchainChannel.DIGEST;
    String signature = path + ToolchainChannel.SIGNATURE;
    rows.add(row(digest, stored(fetched.digest()), order.by(), channel));
    rows.add(row(signature, stored(fetched.signature()), order.by(), channel));
    String key = KEYS + manifest.key().fingerprint();
    rows.add(row(key, stored(manifest.key().packet()), order.by(), null));
    String reference =
        ToolchainChannel.text(selection, manifest.content().date(), components.size(), bytes);
    SiteFileRow head = row(path, stored(fetched.manifest()), order.by(), reference);
    rows.add(head);
    return store.serially(
        WriteScope.SITE,
        () -> {
          // Another node may have changed the channels during the fetch.
          checkDate(order, manifest);
          List<Write> writes = new ArrayList<>();
          rows.forEach(each -> writes.add(files.put(each)));
          writes.addAll(leftovers(path, rows));
          writes.add(admission(order, manifest, components.size()));
          store.commit(Batch.synced(writes));
          return ToolchainChannel.of(head);
        });
  }

  private void checkDate(Order order, SignedManifest manifest) {
    find(order.selection())
        .filter(before -> before.date().isAfter(manifest.content().date()))
        .filter(_ -> order.olderBecause() == null)
        .ifPresent(
            before -> {
              throw new ProblemException(
                  ErrorCode.STALE,
                  ("cannot admit %s of %s: %s is admitted already; go back with"
                          + " --older-because REASON")
                      .formatted(
                          order.selection().channel(), manifest.content().date(), before.date()));
            });
  }

  private Write admission(Order order, SignedManifest manifest, int components) {
    String because = order.olderBecause();
    return notice(
        order.by(),
        "toolchain %s of %s with %d files, signed by the key %s%s"
            .formatted(
                order.selection().text(),
                manifest.content().date(),
                components,
                manifest.key(),
                because == null ? "" : "; goes back: " + because));
  }

  /// Returns the writes that remove the rows which only the former manifest of a channel named. A
  /// bundle with such a row is refused. They stay while another manifest cannot be read, so that an
  /// admission can repair it.
  private List<Write> leftovers(String channel, List<SiteFileRow> rows) {
    if (!channels().stream().allMatch(this::hasManifest)) {
      return List.of();
    }
    Set<String> present = new HashSet<>();
    rows.forEach(row -> present.add(row.path()));
    return drops(channel, present);
  }

  private boolean hasManifest(ToolchainChannel channel) {
    try {
      return files.open(channel.row()).isPresent();
    } catch (IOException e) {
      throw unread(e);
    }
  }

  /// Returns the paths that some channels need, with the keys of all signatures. They are those of
  /// the whole collection if the manifest of one of these channels is missing.
  ///
  /// @param which selects channels by the rows of their manifests
  Set<String> needed(Predicate<SiteFileRow> which) {
    List<ToolchainChannel> chosen =
        channels().stream().filter(channel -> which.test(channel.row())).toList();
    if (chosen.isEmpty()) {
      return Set.of();
    }
    boolean whole = chosen.stream().allMatch(this::hasManifest);
    Set<String> needed = new HashSet<>();
    files
        .list(SiteFileCollection.TOOLCHAINS, whole ? KEYS : "", MAX_ROWS)
        .forEach(row -> needed.add(row.path()));
    if (whole) {
      chosen.forEach(channel -> needed.addAll(paths(channel)));
    }
    return needed;
  }

  private static StoreException unread(IOException e) {
    return new StoreException(
        ErrorCode.STORE_FAILED, "cannot read a manifest: " + e.getMessage(), e);
  }

  /// Returns the writes that remove the rows of components that no channel has.
  ///
  /// @param channel the path of the manifest of the channel that changes
  /// @param present its paths from now on; empty if it is removed
  private List<Write> drops(String channel, Set<String> present) {
    Set<String> needed = new HashSet<>(present);
    for (ToolchainChannel other : channels()) {
      if (!other.row().path().equals(channel)) {
        needed.addAll(paths(other));
      }
    }
    return files.list(SiteFileCollection.TOOLCHAINS, "dist/", MAX_ROWS).stream()
        .filter(row -> !needed.contains(row.path()))
        .map(files::drop)
        .toList();
  }

  private Write notice(String by, String detail) {
    return new Write.Append(
        new Notice(Notice.Kind.TOOLCHAIN_ADMITTED, clock.instant(), by, null, null, detail));
  }

  /// Returns the row of a file.
  ///
  /// @param reference the channel; null if the file belongs to several
  private SiteFileRow row(String path, SiteFile file, String by, @Nullable String reference) {
    return new SiteFileRow(
        SiteFileCollection.TOOLCHAINS,
        path,
        file.sha256(),
        file.length(),
        mediaType(path),
        clock.instant(),
        by,
        SiteFileRow.UPSTREAM,
        reference);
  }

  private static String mediaType(String path) {
    if (path.endsWith(ToolchainChannel.SUFFIX)) {
      return "application/toml";
    }
    return path.endsWith(ToolchainChannel.DIGEST) || path.endsWith(ToolchainChannel.SIGNATURE)
        ? "text/plain; charset=utf-8"
        : "application/octet-stream";
  }

  /// Returns the file of a component, which is fetched if it is not stored. An old file without a
  /// row may be swept before the row is there, so it is fetched again.
  private SiteFile stored(ComponentFile component) throws IOException {
    Optional<SiteFile> before = files.files().find(component.sha256());
    boolean stays =
        files
            .find(SiteFileCollection.TOOLCHAINS, component.path())
            .filter(row -> row.sha256().equals(component.sha256()))
            .isPresent();
    if (before.isPresent() && (stays || SiteFileService.isRecent(before.get(), clock.instant()))) {
      return before.get();
    }
    try (SiteFileUpload upload = files.files().begin(SiteFileStore.UNKNOWN_LENGTH)) {
      source.copy(component.path(), upload);
      return upload.commit(component.sha256());
    }
  }

  private SiteFile stored(Bytes content) throws IOException {
    try (SiteFileUpload upload = files.files().begin(content.length())) {
      upload.write(content.array(), 0, content.length());
      return upload.commit(Sha256.of(content));
    }
  }

  /// Removes a channel, and the files that no other channel has.
  ///
  /// @return the number of removed rows
  /// @throws ProblemException `unknown` if there is no such channel
  public int remove(ChannelSelection selection, String by, String reason) {
    admissions.lock();
    try {
      return store.serially(WriteScope.SITE, () -> removed(selection, by, reason));
    } finally {
      admissions.unlock();
    }
  }

  private int removed(ChannelSelection selection, String by, String reason) {
    ToolchainChannel channel =
        find(selection)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNKNOWN,
                        "cannot remove %s: it was not admitted".formatted(selection.channel())));
    List<Write> writes = new ArrayList<>(drops(channel.row().path(), Set.of()));
    int rows = writes.size();
    writes.add(notice(by, "toolchain %s removed: %s".formatted(selection.channel(), reason)));
    store.commit(Batch.synced(writes));
    return rows;
  }

  /// Returns the paths of a channel, from its stored manifest.
  private Set<String> paths(ToolchainChannel channel) {
    String path = channel.row().path();
    Set<String> paths =
        new HashSet<>(
            List.of(path, path + ToolchainChannel.DIGEST, path + ToolchainChannel.SIGNATURE));
    try (InputStream in =
        files
            .open(channel.row())
            .orElseThrow(() -> new IOException("the file of '%s' is missing".formatted(path)))
            .open(0)) {
      paths.addAll(
          ChannelManifestReader.read(Bytes.of(in.readAllBytes()))
              .files(channel.selection())
              .keySet());
    } catch (IOException e) {
      throw unread(e);
    }
    return paths;
  }

  /// Hashes all files again.
  ///
  /// @return for each path whether its file has its SHA-256
  public Map<String, Boolean> check() {
    Map<String, Boolean> result = new HashMap<>();
    Map<Sha256, Boolean> known = new HashMap<>();
    for (SiteFileRow row : files.list(SiteFileCollection.TOOLCHAINS, "", MAX_ROWS)) {
      boolean whole = known.computeIfAbsent(row.sha256(), _ -> isWhole(row));
      result.put(row.path(), whole);
    }
    return result;
  }

  private boolean isWhole(SiteFileRow row) {
    try {
      Optional<SiteFile> file = files.open(row);
      if (file.isEmpty()) {
        return false;
      }
      try (InputStream in = file.get().open(0)) {
        return Sha256.digestOf(in).equals(row.sha256());
      }
    } catch (IOException _) {
      return false;
    }
  }
}
