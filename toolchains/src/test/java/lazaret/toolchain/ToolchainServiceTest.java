package lazaret.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.toolchain.ToolchainService.Order;
import lazaret.toolchain.ToolchainSettings.Followed;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainServiceTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);
  private static final OpenPgpSigner SIGNER =
      OpenPgpSigner.ed25519(Instant.parse("2026-01-01T00:00:00Z"));
  private static final LocalDate DATE = LocalDate.parse("2026-04-16");
  private static final SyntheticChannel CHANNEL = SyntheticChannel.of("1.95.0", DATE, SIGNER);
  private static final ChannelSelection SELECTION =
      ChannelSelection.parse("1.95.0 targets=x86_64-unknown-linux-gnu profile=minimal");

  @TempDir Path folder;

  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedSource source = new ScriptedSource();
  private SiteFileService files;
  private ToolchainService service;

  /// A source that has files and records what it is asked for.
  private static final class ScriptedSource implements ToolchainSource {
    private final Map<String, Bytes> files = new HashMap<>();
    private final List<String> copied = new ArrayList<>();

    /// A part of the paths whose requests end in an error of the program.
    private String broken = "none";

    /// The work of another node before a large file arrives.
    private Runnable meanwhile = () -> {};

    @Override
    public Bytes document(String path, int maxBytes) {
      if (path.contains(broken)) {
        throw new IllegalStateException("an error of this test");
      }
      Bytes file = files.get(path);
      if (file == null || file.length() > maxBytes) {
        throw new ProblemException(
            ErrorCode.UPSTREAM_UNAVAILABLE, "cannot fetch '%s': none".formatted(path));
      }
      return file;
    }

    @Override
    public void copy(String path, SiteFileUpload upload) throws IOException {
      copied.add(path);
      meanwhile.run();
      Bytes file = document(path, Integer.MAX_VALUE);
      upload.write(file.array(), 0, file.length());
    }

    @Override
    public void close() {}
  }

  ToolchainServiceTest() throws IOException {
    // Replaced before each test, when the folder is known.
    this.files = new SiteFileService(store, FolderSiteFileStore.open(Path.of("unused")));
    this.service = service(files);
  }

  private ToolchainService service(SiteFileService of) {
    return service(of, source);
  }

  private ToolchainService service(SiteFileService of, ScriptedSource from) {
    return new ToolchainService(store, of, from, () -> PinnedKeys.read(SIGNER.publicKey()), CLOCK);
  }

  @BeforeEach
  void open() throws IOException {
    files = new SiteFileService(store, FolderSiteFileStore.open(folder.resolve("files")));
    service = service(files);
    source.files.putAll(CHANNEL.files());
  }

  private ToolchainChannel admit() {
    return service.admit(new Order(SELECTION, "ada", null));
  }

  private List<String> paths() {
    return files.list(SiteFileCollection.TOOLCHAINS, "", 100).stream()
        .map(row -> row.path())
        .toList();
  }

  private List<String> notices() {
    return store.ledger(0).map(entry -> ((Notice) entry.event()).detail()).toList();
  }

  @Test
  void admitsTheManifestAsItIsAndTheSelectedFiles() throws IOException {
    ToolchainChannel channel = admit();

    assertThat(channel.date()).isEqualTo(DATE);
    assertThat(channel.files()).isEqualTo(3);
    assertThat(paths())
        .containsExactly(
            CHANNEL.path("cargo", "x86_64-unknown-linux-gnu"),
            CHANNEL.path("rust-std", "x86_64-unknown-linux-gnu"),
            CHANNEL.path("rustc", "x86_64-unknown-linux-gnu"),
            CHANNEL.manifestPath(),
            CHANNEL.manifestPath() + ".asc",
            CHANNEL.manifestPath() + ".sha256",
            "keys/" + SIGNER.fingerprint());
    for (var row : files.list(SiteFileCollection.TOOLCHAINS, "dist/", 100)) {
      try (var in = files.open(row).orElseThrow().open(0)) {
        assertThat(Bytes.of(in.readAllBytes())).isEqualTo(CHANNEL.files().get(row.path()));
      }
    }
    assertThat(service.channels()).containsExactly(channel);
    assertThat(service.check()).hasSize(7).doesNotContainValue(false);
    assertThat(notices())
        .singleElement()
        .asString()
        .contains(SELECTION.text(), "with 3 files", SIGNER.fingerprint());
  }

  @Test
  void storedFilesAreNotFetchedAgain() {
    admit();
    source.copied.clear();

    admit();

    assertThat(source.copied).isEmpty();
  }

  @Test
  void fileThatTheManifestDoesNotNameIsRefusedAndNothingIsServed() {
    source.files.put(
        CHANNEL.path("rustc", "x86_64-unknown-linux-gnu"), Bytes.utf8("another compiler"));

    assertThatThrownBy(this::admit)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the SHA-256");
    assertThat(paths()).isEmpty();
    assertThat(notices()).isEmpty();
  }

  @Test
  void manifestOfAnotherKeyIsRefused() {
    source.files.putAll(
        SyntheticChannel.of(
                "1.95.0", DATE, OpenPgpSigner.ed25519(Instant.parse("2026-01-02T00:00:00Z")))
            .files());

    assertThatThrownBy(this::admit)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("cannot accept the signature: expected a key of");
    assertThat(source.copied).isEmpty();
  }

  @Test
  void manifestWithAnotherDigestIsRefused() {
    source.files.put(CHANNEL.manifestPath() + ".sha256", Bytes.utf8("0".repeat(64)));

    assertThatThrownBy(this::admit)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the SHA-256 " + "0".repeat(64));
  }

  @Test
  void dateGoesBackWithAReasonAlone() {
    admit();
    source.files.putAll(SyntheticChannel.of("1.95.0", DATE.minusDays(1), SIGNER).files());

    assertThatThrownBy(this::admit)
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE))
        .hasMessageContaining("2026-04-15");

    ToolchainChannel back = service.admit(new Order(SELECTION, "ada", "a defect of the newer one"));
    assertThat(back.date()).isEqualTo(DATE.minusDays(1));
    assertThat(notices().getLast()).endsWith("goes back: a defect of the newer one");
  }

  @Test
  void newerDateThatAnotherNodeAdmitsDuringAFetchStays() {
    ScriptedSource newer = new ScriptedSource();
    newer.files.putAll(SyntheticChannel.of("1.95.0", DATE.plusDays(1), SIGNER).files());
    ToolchainService other = service(files, newer);
    source.meanwhile =
        () -> {
          source.meanwhile = () -> {};
          ToolchainChannel _ = other.admit(new Order(SELECTION, "bob", null));
        };

    assertThatThrownBy(this::admit)
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STALE));
    assertThat(service.channels())
        .singleElement()
        .extracting(ToolchainChannel::date)
        .isEqualTo(DATE.plusDays(1));
  }

  @Test
  void removalKeepsTheFilesOfOtherChannels() {
    admit();
    // The manifest of `stable` names the same files.
    CHANNEL
        .files()
        .forEach(
            (path, file) -> source.files.put(path.replace("1.95.0.toml", "stable.toml"), file));
    ChannelSelection stable =
        ChannelSelection.parse("stable targets=x86_64-unknown-linux-gnu components=rust-src");
    ToolchainChannel _ = service.admit(new Order(stable, "ada", null));

    assertThat(service.remove(stable, "ada", "not used")).isEqualTo(4);

    assertThat(service.channels()).singleElement().extracting("selection").isEqualTo(SELECTION);
    assertThat(service.check()).hasSize(7).doesNotContainValue(false);
    assertThatThrownBy(() -> service.remove(stable, "ada", "again"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it was not admitted");
    assertThat(service.remove(SELECTION, "ada", "not used")).isEqualTo(6);
    assertThat(service.channels()).isEmpty();
  }

  @Test
  void newerManifestRemovesTheRowsOfTheFormerOne() {
    admit();
    SyntheticChannel newer = SyntheticChannel.of("1.95.0", DATE.plusDays(1), SIGNER);
    source.files.putAll(newer.files());

    ToolchainChannel _ = admit();

    assertThat(paths())
        .hasSize(7)
        .contains(newer.path("rustc", "x86_64-unknown-linux-gnu"))
        .noneMatch(path -> path.startsWith("dist/" + DATE));
    assertThat(service.check()).hasSize(7).doesNotContainValue(false);
  }

  @Test
  void signedManifestOfAnotherChannelIsRefused() {
    CHANNEL
        .files()
        .forEach(
            (path, file) -> source.files.put(path.replace("1.95.0.toml", "1.96.0.toml"), file));
    ChannelSelection other =
        ChannelSelection.parse("1.96.0 targets=x86_64-unknown-linux-gnu profile=minimal");

    assertThatThrownBy(() -> service.admit(new Order(other, "ada", null)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the channel 1.96.0, found the version '1.95.0'");
    assertThat(source.copied).isEmpty();
  }

  @Test
  void damagedFilesAreFound() throws IOException {
    var row = admit().row();
    files.files().delete(row.sha256());

    assertThat(service.check()).containsEntry(row.path(), false);
  }

  @Test
  void refresherProposesOrAdmits() throws InterruptedException {
    var manual = new ToolchainRefresher(service, List.of(new Followed(SELECTION, false)), CLOCK);
    assertThat(manual.refresh()).isTrue();
    assertThat(service.channels()).isEmpty();
    assertThat(manual.proposals()).singleElement().extracting("selection").isEqualTo(SELECTION);

    var automatic = new ToolchainRefresher(service, List.of(new Followed(SELECTION, true)), CLOCK);
    assertThat(automatic.refresh()).isTrue();
    assertThat(service.channels()).hasSize(1);
    assertThat(automatic.proposals()).isEmpty();
    assertThat(manual.proposals()).as("another node admitted it").isEmpty();

    assertThat(manual.look(Leader.ALONE)).isEqualTo(ToolchainRefresher.INTERVAL);
    assertThat(manual.proposals()).isEmpty();
  }

  /// A component is added to the configuration, and its lists are put in another order.
  @Test
  void refresherProposesAnotherSelectionUntilItIsStored() {
    ChannelSelection more =
        ChannelSelection.parse(
            "1.95.0 targets=x86_64-unknown-linux-gnu profile=minimal components=cargo+rustc");
    var refresher = new ToolchainRefresher(service, List.of(new Followed(more, false)), CLOCK);
    var _ = admit();

    assertThat(refresher.refresh()).isTrue();

    var proposal = refresher.proposals().getFirst();
    assertThat(proposal.selection()).isEqualTo(more);
    assertThat(proposal.newer()).isFalse();

    ChannelSelection ordered =
        ChannelSelection.parse(
            "1.95.0 targets=x86_64-unknown-linux-gnu profile=minimal components=rustc+cargo");
    var _ = service.admit(new Order(ordered, "ada", null));
    assertThat(refresher.proposals()).isEmpty();
    assertThat(refresher.refresh()).isTrue();
    assertThat(refresher.proposals()).isEmpty();
  }

  @Test
  void nodeThatIsNotTheLeaderProposesAndAdmitsNothing() {
    var manual = new ToolchainRefresher(service, List.of(new Followed(SELECTION, false)), CLOCK);
    var automatic = new ToolchainRefresher(service, List.of(new Followed(SELECTION, true)), CLOCK);

    manual.propose();
    automatic.propose();

    assertThat(service.channels()).isEmpty();
    assertThat(manual.proposals()).singleElement().extracting("selection").isEqualTo(SELECTION);
    assertThat(automatic.proposals()).isEmpty();
  }

  @Test
  void refresherGoesOnAfterAFailure() {
    Followed missing = Followed.parse("beta targets=x86_64-unknown-linux-gnu automatic");
    var refresher =
        new ToolchainRefresher(service, List.of(missing, new Followed(SELECTION, true)), CLOCK);

    assertThat(refresher.refresh()).isFalse();

    assertThat(service.channels()).hasSize(1);
  }

  /// The manifest of a channel is foreign data: an error in it must not prevent the others.
  @Test
  void refresherGoesOnAfterAnErrorOfTheProgram() {
    source.broken = "channel-rust-beta";
    Followed beta = Followed.parse("beta targets=x86_64-unknown-linux-gnu automatic");
    var refresher =
        new ToolchainRefresher(service, List.of(beta, new Followed(SELECTION, true)), CLOCK);

    assertThat(refresher.refresh()).isFalse();

    assertThat(service.channels())
        .singleElement()
        .extracting(ToolchainChannel::selection)
        .isEqualTo(SELECTION);
    assertThat(refresher.proposals()).isEmpty();
  }
}
