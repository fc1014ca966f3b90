package lazaret.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.site.BundledCollection;
import lazaret.site.BundledCollection.Change;
import lazaret.site.BundledCollection.Received;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.toolchain.signature.PinnedKey;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainCollectionTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String TARGET = "x86_64-unknown-linux-gnu";
  private static final LocalDate DATE = LocalDate.parse("2026-04-16");
  private static final OpenPgpSigner SIGNER = OpenPgpSigner.ed25519(NOW.minusSeconds(1));
  private static final SyntheticChannel CHANNEL = SyntheticChannel.of("1.95.0", DATE, SIGNER);
  private static final PinnedKey KEY = PinnedKeys.read(SIGNER.publicKey()).keys().getFirst();
  private static final String BUNDLE = "bundle:outside";
  private static final ChannelSelection SELECTION =
      ChannelSelection.parse("1.95.0 targets=" + TARGET + " profile=minimal");
  private static final SitePins PINS = new SitePins(Set.of(KEY.packetSha256()), List.of());

  private final List<SiteFileRow> rows = new ArrayList<>();
  private final SiteFileStore store;
  private final SiteFileService files;
  private final BundledCollection toolchains;

  ToolchainCollectionTest(@TempDir Path folder) throws IOException {
    store = FolderSiteFileStore.open(folder.resolve("files"));
    files = new SiteFileService(new InMemoryStore(), store);
    InstantSource clock = InstantSource.fixed(NOW);
    toolchains =
        new ToolchainCollection(
            new ToolchainService(
                files.store(),
                files,
                new UnusedSource(),
                () -> PinnedKeys.read(SIGNER.publicKey()),
                clock),
            clock);
  }

  /// A source of which nothing is requested.
  private static final class UnusedSource implements ToolchainSource {
    @Override
    public Bytes document(String path, int maxBytes) {
      throw new IllegalStateException(path);
    }

    @Override
    public void copy(String path, SiteFileUpload upload) {
      throw new IllegalStateException(path);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void admit() throws IOException {
    for (String component : List.of("cargo", "rustc", "rust-std")) {
      add(CHANNEL.path(component, TARGET), "1.95.0");
    }
    String manifest = CHANNEL.manifestPath();
    add(manifest + ".sha256", "1.95.0");
    add(manifest + ".asc", "1.95.0");
    add("keys/" + KEY.fingerprint(), KEY.packet(), null);
    add(manifest, ToolchainChannel.text(SELECTION, DATE, 3, 9));
  }

  private void add(String path, String reference) throws IOException {
    add(path, Optional.ofNullable(CHANNEL.files().get(path)).orElseThrow(), reference);
  }

  private void add(String path, Bytes content, @Nullable String reference) throws IOException {
    try (SiteFileUpload upload = store.begin(content.length())) {
      upload.write(content.array(), 0, content.length());
      SiteFile file = upload.commit(null);
      rows.add(
          new SiteFileRow(
              SiteFileCollection.TOOLCHAINS,
              path,
              file.sha256(),
              file.length(),
              "application/octet-stream",
              NOW,
              "ada",
              BUNDLE,
              reference));
    }
  }

  private void receive(SitePins pins) throws IOException {
    assertThat(toolchains.received(bundle(rows, pins))).isEmpty();
  }

  private Received bundle(List<SiteFileRow> stated, SitePins pins) {
    return new Received(stated, List.of(), store, pins, "outside");
  }

  private Change change(List<SiteFileRow> stated) {
    return toolchains.change(bundle(stated, PINS), List.of());
  }

  /// Stores a row, as this gate or a bundle of a stream does.
  private void put(SiteFileRow row, String origin, @Nullable String reference) {
    SiteFileRow stored =
        new SiteFileRow(
            row.collection(),
            row.path(),
            row.sha256(),
            row.length(),
            row.mediaType(),
            row.admitted(),
            row.by(),
            origin,
            reference);
    var _ = files.store().commit(Batch.synced(List.of(files.put(stored))));
  }

  /// Stores the channel with the manifest of an origin, and the components of an earlier bundle.
  private void putChannel(String origin) {
    for (SiteFileRow row : rows) {
      boolean component = row.path().startsWith("dist/" + DATE);
      put(row, component ? BUNDLE : origin, row.reference());
    }
  }

  private static List<String> paths(List<SiteFileRow> rows) {
    return rows.stream().map(SiteFileRow::path).toList();
  }

  /// The channel `stable` of the bundle was of the same release, and has moved on.
  @Test
  void filesOfAnOwnChannelStayIfTheBundleStatesThemNoMore() {
    putChannel(SiteFileRow.UPSTREAM);

    assertThat(change(List.of()).kept()).containsExactlyInAnyOrderElementsOf(paths(rows));
  }

  @Test
  void filesStayIfTheManifestOfAnOwnChannelIsMissing() throws IOException {
    putChannel(SiteFileRow.UPSTREAM);
    store.delete(rows.getLast().sha256());

    assertThat(change(List.of()).kept()).containsExactlyInAnyOrderElementsOf(paths(rows));
  }

  @Test
  void filesOfAChannelOfTheStreamDoNotStay() {
    putChannel(BUNDLE);

    assertThat(change(List.of()).kept()).isEmpty();
    putChannel(SiteFileRow.UPSTREAM);
    assertThat(change(rows).kept()).as("the bundle states the manifest").isEmpty();
  }

  @Test
  void channelFromElsewhereIsNotReplacedByAnOlderOne() {
    SiteFileRow manifest = rows.getLast();
    String newer = ToolchainChannel.text(SELECTION, DATE.plusDays(1), 3, 9);
    for (String origin : List.of(SiteFileRow.UPSTREAM, "bundle:other")) {
      put(manifest, origin, newer);

      assertThatThrownBy(() -> receive(PINS))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected a date from 2026-04-17 on, which this gate has")
          .hasMessageContaining("found 2026-04-16; remove the newer one here");
      assertThatThrownBy(() -> change(rows)).isInstanceOf(MalformedException.class);
    }
  }

  /// The order of its bundles decides: a person outside may have gone back.
  @Test
  void channelOfTheStreamMayGoBack() throws IOException {
    put(rows.getLast(), BUNDLE, ToolchainChannel.text(SELECTION, DATE.plusDays(1), 3, 9));

    receive(PINS);

    assertThat(change(rows).kept()).isEmpty();
  }

  @Test
  void toolchainOfAKeyOfTheRootIsAccepted() throws IOException {
    receive(PINS);
    assertThat(toolchains.rows(rows, 1)).isEmpty();
  }

  @Test
  void keyInTheBundleAloneIsNotEnough() {
    assertThatThrownBy(() -> receive(SitePins.NONE)).isInstanceOf(MalformedException.class);
    SitePins other = new SitePins(Set.of(Sha256.of(Bytes.EMPTY)), List.of());
    assertThatThrownBy(() -> receive(other)).isInstanceOf(MalformedException.class);
  }

  @Test
  void keyUnderAnotherFingerprintIsRefused() throws IOException {
    add("keys/" + "0".repeat(40), KEY.packet(), null);
    assertThatThrownBy(() -> receive(PINS)).hasMessageContaining("it has the key");
  }

  @Test
  void missingBytesAreFound() throws IOException {
    store.delete(rows.getLast().sha256());
    assertThatThrownBy(() -> receive(PINS)).hasMessageContaining("its bytes are missing");
  }
}
